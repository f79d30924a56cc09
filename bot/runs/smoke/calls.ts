/** Makes a stage's smoke calls after an apply: each again until it answers as expected or its time is over. */
import type { Output, SmokeCall } from "../../../src/model/apply.ts";
import type { Clock } from "../../../src/model/clock.ts";
import { own } from "../../../src/model/own.ts";
import { callsFor, type Expectation, type SmokeSettings } from "../../../src/settings/smoke.ts";
import { addressOf, type Endpoint, endpointsOf } from "./address.ts";
import { wrongIn } from "./judge.ts";
import type { Send } from "./send.ts";

export interface Smoking {
  readonly smoke: SmokeSettings;
  /** The stack's. */
  readonly directory: string;
  /** What the apply reported. */
  readonly outputs: readonly Output[];
  readonly via?: string | undefined;
  readonly clock: Clock;
  readonly send: Send;
  readonly signal: AbortSignal;
}

/** An integration of API Gateway has 30 seconds (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html). */
const MOST_MS = 30_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/** All at once: an API that was just made may need a while, and the stack waits for the slowest. Rejects only when the signal aborts. */
export function makeSmokeCalls(smoking: Smoking): Promise<readonly SmokeCall[]> {
  const endpoints = endpointsOf(smoking.outputs);
  const concerned = callsFor(smoking.smoke, smoking.directory);
  return Promise.all(concerned.map(([call, expected]) => makeCall(smoking, endpoints, call, expected)));
}

async function makeCall(
  { clock, send, via, signal }: Smoking,
  endpoints: readonly Endpoint[],
  call: string,
  expected: Expectation,
): Promise<SmokeCall> {
  const [method = "", path = ""] = call.split(" ");
  const started = clock.now();
  const url = addressOf(endpoints, path, expected.endpoint);
  if ("wrong" in url) return { call, passed: false, found: url.wrong, durationMs: 0 };
  const deadline = started + expected.timeout * 1000;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const sentAt = clock.now();
    const timeoutMs = Math.max(1, Math.min(MOST_MS, deadline - sentAt));
    const wrong = await send({ method, url, via, timeoutMs, signal }).then(
      (answer) =>
        wrongIn(method === "HEAD" ? { ...expected, text: undefined, json: undefined } : expected, answer),
      (error: unknown) => reasonOf(error),
    );
    signal.throwIfAborted();
    const now = clock.now();
    const common = { call, url: url.href };
    if (wrong === undefined)
      return { ...common, passed: true, found: `answered ${expected.status}`, durationMs: now - sentAt };
    if (now + pause >= deadline) return { ...common, passed: false, found: wrong, durationMs: now - started };
    await clock.sleep(pause, signal);
    signal.throwIfAborted();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "its host has no address",
  EAI_AGAIN: "its host's address could not be looked up",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was cut",
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return own(REASONS, code) ?? error.message;
}
