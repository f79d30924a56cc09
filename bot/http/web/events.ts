/** Server-sent events: sends heartbeats while idle, ends with the client or the server. */
import { streamSSE } from "hono/streaming";
import type { Log } from "../../services/services.ts";
import type { Call } from "./context.ts";
import { stackOf } from "../../../src/model/errors.ts";

export interface ServerSentEvent {
  readonly event: string;
  /** Sent back in `Last-Event-ID` on reconnect; without one the previous id stays. */
  readonly id?: number | undefined;
  readonly data: unknown;
}

/** Writes an event, waiting while the client is slow. */
export type Send = (event: ServerSentEvent) => Promise<void>;

/** Produces a stream's events. Resolves at the end; `signal` aborts when the client disconnects or the server closes. */
export type Producer = (send: Send, signal: AbortSignal) => Promise<void>;

/** Proxies close connections that are idle for a minute. */
const BEAT_MS = 15_000;
/** A client that reads nothing for this long is disconnected; it reconnects with its last event's id. */
const STUCK_MS = 60_000;
/** How long a browser waits before it reconnects. */
const RETRY_MS = 2_000;

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  // Without it nginx buffers events.
  "x-accel-buffering": "no",
  // A keep-alive connection would delay the server's shutdown.
  connection: "close",
} as const;

/** Responds with a stream. HEAD gets only the headers; `produce` does not run. */
export function events(call: Call, log: Log, produce: Producer): Response {
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
      await produce(
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
      const reason = stackOf(error);
      if (!ended.signal.aborted) log.warn({ path: call.req.path, error: reason }, "a stream failed");
    } finally {
      clearInterval(beat);
      closing.removeEventListener("abort", end);
    }
  });
  for (const [name, value] of Object.entries(HEADERS)) answer.headers.set(name, value);
  return answer;
}
