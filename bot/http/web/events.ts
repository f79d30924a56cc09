/** Server-sent events: beats while there is nothing to say, ends with its client or the server. */
import { streamSSE } from "hono/streaming";
import type { Log } from "../../services/services.ts";
import type { Call } from "./context.ts";

export interface ServerSentEvent {
  readonly event: string;
  /** What a client that comes back names in `Last-Event-ID`; without one the last id stays. */
  readonly id?: number | undefined;
  readonly data: unknown;
}

/** Writes an event, waiting while the client is slow. */
export type Send = (event: ServerSentEvent) => Promise<void>;

/** Resolves when there is nothing more to say; `signal` is aborted when nobody listens or the server closes. */
export type Tell = (send: Send, signal: AbortSignal) => Promise<void>;

/** Proxies close connections that are silent for a minute. */
const BEAT_MS = 15_000;
/** A client that takes nothing for so long is let go; it comes back with its last event's id. */
const STUCK_MS = 60_000;
/** How long a browser waits before it comes back. */
const RETRY_MS = 2_000;

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  // nginx would collect events otherwise.
  "x-accel-buffering": "no",
  // Kept alive, a stream's connection would hold up a server that closes.
  connection: "close",
} as const;

/** Answers with a stream. HEAD gets its headers; `tell` is not run then. */
export function events(call: Call, log: Log, tell: Tell): Response {
  if (call.req.method === "HEAD") return call.body(null, 200, HEADERS);
  const { closing, outgoing } = call.env;
  const answer = streamSSE(call, async (stream) => {
    const ended = new AbortController();
    const end = (): void => ended.abort();
    stream.onAbort(end);
    closing.addEventListener("abort", end);
    if (closing.aborted) end();
    let writing = 0;
    const write = async (how: () => Promise<unknown>): Promise<void> => {
      if (ended.signal.aborted) return;
      writing += 1;
      const stuck = setTimeout(() => outgoing.destroy(), STUCK_MS);
      await how();
      clearTimeout(stuck);
      writing -= 1;
    };
    const beat = setInterval(() => {
      if (writing === 0) void write(() => stream.write(": still here\n\n"));
    }, BEAT_MS);
    try {
      await write(() => stream.write(`retry: ${RETRY_MS}\n\n`));
      await tell(
        ({ event, id, data }) =>
          write(() =>
            stream.writeSSE({
              event,
              data: JSON.stringify(data),
              ...(id === undefined ? {} : { id: String(id) }),
            }),
          ),
        ended.signal,
      );
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (!ended.signal.aborted) log.warn({ path: call.req.path, error: reason }, "a stream broke off");
    } finally {
      clearInterval(beat);
      closing.removeEventListener("abort", end);
    }
  });
  for (const [name, value] of Object.entries(HEADERS)) answer.headers.set(name, value);
  return answer;
}
