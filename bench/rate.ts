/** An apply at AWS's real rate: the proxy refuses calls that come faster than API Gateway allows. */
import { failuresOf } from "../test/integration/harness.ts";
import { startAccount } from "./account.ts";
import type { Measured } from "./result.ts";
import { hundredTwenty } from "./stacks.ts";

const BURST = 40;
const PER_SECOND = 10;
/** Latency of a call, about as within an AWS region. */
const LATENCY_MS = 20;

export async function measureRate(): Promise<Measured[]> {
  const account = await startAccount({ budget: true, throttle: true, latencyMs: LATENCY_MS });
  try {
    const started = performance.now();
    const failures = failuresOf(await account.engine.apply(hundredTwenty()));
    const seconds = (performance.now() - started) / 1000;
    if (failures.length > 0) throw new Error(failures.join("\n"));
    const { calls } = account.proxy;
    // Only API Gateway's calls have this limit; counting all calls would make it easier to meet.
    const limited = calls.filter(({ service }) => service === "apigatewayv2").length;
    const throttled = calls.filter(({ status }) => status === 429).length;
    const what = "120 resources at 10 calls a second, burst 40: apply";
    return [
      { what: `${what}, throttled replies`, unit: "replies", limit: 0, measured: throttled, peer: 930 },
      {
        what: `${what}, wall; limit 1.15 × (${limited} API Gateway calls − ${BURST}) / ${PER_SECOND}`,
        unit: "s",
        limit: (1.15 * (limited - BURST)) / PER_SECOND,
        measured: seconds,
        peer: 134.9,
      },
      { what: `${what}, all calls`, unit: "calls", measured: calls.length, peer: 1511 },
    ];
  } finally {
    await account.close();
  }
}
