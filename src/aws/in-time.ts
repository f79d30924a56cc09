/** Ends requests that AWS does not answer, and those of a run that was stopped. */
import { AsyncLocalStorage } from "node:async_hooks";
import { untilAborted, within } from "../model/clock.ts";

/** Milliseconds. */
export interface TimeLimits {
  /** For a connection. Default: 10,000. */
  readonly connectMs?: number | undefined;
  /** For the answer to a call that reads. Default: 30,000. */
  readonly readMs?: number | undefined;
  /** For the answer to a call that writes, not counting the time that a large body takes. Default: 60,000. */
  readonly writeMs?: number | undefined;
}

/** The name of the error for a call that AWS did not answer, several times in a row. */
const NO_ANSWER = "NoAnswer";

/** A call that AWS leaves without an answer so often is not sent again: it would take minutes to fail. */
const MOST_SILENCES = 3;
const CONNECT_MS = 10_000;
const READ_MS = 30_000;
const WRITE_MS = 60_000;
/** A slow connection still sends so much: a function's code may have 67 MB. */
const BYTES_PER_MS = 200;

const READS = /^(Get|List|Describe|Lookup|Head|AssumeRole)/;

/** What the SDK's own HTTP handler is made with. */
export function handlerOptions({ connectMs = CONNECT_MS }: TimeLimits): object {
  return { connectionTimeout: connectMs };
}

interface Sending {
  readonly operation: string;
  /** Of the request's body. */
  readonly bytes: number;
  readonly limits: TimeLimits;
  readonly signal: AbortSignal | undefined;
}

/**
 * One call with all its attempts: gives the function that makes an attempt. It ends as soon as the signal aborts (with its
 * reason) or the time is up, whatever the SDK waits for: a connection, credentials, the answer, the rest of its body.
 */
export function callInTime(): <Value>(sending: Sending, attempt: () => Promise<Value>) => Promise<Value> {
  let silences = 0;
  return async (sending, attempt) => {
    const { operation, bytes, limits, signal } = sending;
    signal?.throwIfAborted();
    const { readMs = READ_MS, writeMs = WRITE_MS } = limits;
    const milliseconds = READS.test(operation) ? readMs : writeMs + bytes / BYTES_PER_MS;
    const late = new AbortController();
    const timer = setTimeout(() => {
      silences += 1;
      late.abort(silence(milliseconds, silences));
    }, milliseconds);
    const over = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
    try {
      return await untilAborted(under.run(over, attempt), over);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** `TimeoutError` is the name that the SDK tries again for. */
function silence(milliseconds: number, times: number): Error {
  const often = times === 1 ? "" : `, ${times} times`;
  const error = new Error(`no answer within ${Math.round(milliseconds / 100) / 10} s${often}`);
  error.name = times < MOST_SILENCES ? "TimeoutError" : NO_ANSWER;
  return error;
}

/** The signal of the attempt under way: the SDK hands its HTTP handler none of ours. */
const under = new AsyncLocalStorage<AbortSignal>();

/** Credentials that do not come end the call too: a provider may ask a service, or start a program. */
export function limitCredentials(client: object, { readMs = READ_MS }: TimeLimits): void {
  const config: unknown = Reflect.get(client, "config");
  if (typeof config !== "object" || config === null) return;
  const provide: unknown = Reflect.get(config, "credentials");
  if (typeof provide !== "function") return;
  const milliseconds = MOST_SILENCES * readMs;
  const limited = (...given: unknown[]): Promise<unknown> =>
    within(milliseconds, Promise.resolve(Reflect.apply(provide, config, given)), () =>
      noCredentials(milliseconds),
    );
  Reflect.set(config, "credentials", limited);
}

function noCredentials(milliseconds: number): Error {
  const error = new Error(`credentials did not arrive within ${milliseconds / 1000} s`);
  error.name = NO_ANSWER;
  return error;
}

interface Handler {
  handle(request: unknown, options?: object): Promise<unknown>;
}

/** Lets an attempt that has ended close its connection. Changes the client's own handler. */
export function closeWhenOver(client: object): void {
  const handler = handlerOf(client);
  if (handler === undefined) return;
  const handle = handler.handle.bind(handler);
  handler.handle = (request, options = {}) => {
    const abortSignal = under.getStore();
    return handle(request, abortSignal === undefined ? options : { ...options, abortSignal });
  };
}

function handlerOf(client: object): Handler | undefined {
  const config: unknown = Reflect.get(client, "config");
  const handler: unknown =
    typeof config === "object" && config !== null ? Reflect.get(config, "requestHandler") : undefined;
  return isHandler(handler) ? handler : undefined;
}

function isHandler(value: unknown): value is Handler {
  return (
    typeof value === "object" && value !== null && "handle" in value && typeof value.handle === "function"
  );
}
