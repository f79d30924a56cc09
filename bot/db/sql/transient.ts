/** Which database errors pass by themselves: a restarting server, a cut connection, two transactions in each other's way. */

import { systemClock } from "../../../src/model/clock.ts";
import { retry } from "../../../src/model/retry.ts";

/** Classes and codes of https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SQL_STATES = new Set([
  "57P01", // admin_shutdown
  "57P02", // crash_shutdown
  "57P03", // cannot_connect_now: starting up, recovering
  "53300", // too_many_connections
  "40001", // serialization_failure
  "40P01", // deadlock_detected
  "25006", // read_only_sql_transaction: a standby being promoted
]);
const CONNECTION_EXCEPTION = /^08/;
const SOCKET = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOENT", // a Unix socket that is not there yet
]);
/** What the driver says without a code. */
const WORDS =
  /connection terminated|connection ended|not queryable|timeout exceeded when trying to connect|query read timeout/i;

/** True when the same statement may succeed in a moment. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isTransient);
  const { code } = error as Error & { readonly code?: unknown };
  if (typeof code === "string")
    return SQL_STATES.has(code) || CONNECTION_EXCEPTION.test(code) || SOCKET.has(code);
  return WORDS.test(error.message);
}

/** True when the connection itself must not be used again. */
export function breaksConnection(error: unknown): boolean {
  if (!isTransient(error)) return false;
  const { code } = error as Error & { readonly code?: unknown };
  return code !== "40001" && code !== "40P01" && code !== "25006";
}

interface TransientOptions {
  /** Give up after this long; the last error is thrown. */
  readonly forMs: number;
  readonly onRetry?: ((error: unknown) => void) | undefined;
}

/** Does the work again while its errors are transient: after about 50 ms, then doubling to 1 s. */
export function retryTransient<T>(work: () => Promise<T>, { forMs, onRetry }: TransientOptions): Promise<T> {
  return retry(work, {
    clock: systemClock,
    retryIf: (error) => (isTransient(error) ? "retry" : "stop"),
    backoff: { firstMs: 50, longestMs: 1000, jitter: "equal" },
    deadlineMs: forMs,
    onRetry,
  });
}
