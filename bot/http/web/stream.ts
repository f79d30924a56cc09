/** Server-sent events on an open response: beats while there is nothing to tell, ends with its client or the server. */
import type { ServerResponse } from "node:http";
import type { Send } from "./answer.ts";

/** Proxies close connections that are silent for a minute. */
const BEAT_MS = 15_000;
/** What a client that is too slow may leave unread before it is let go; it comes back with its last event's id. */
const MOST_UNREAD = 4 * 1024 * 1024;

/** Runs `tell` with a way to send; resolves when it is through or the stream has ended. */
export async function stream(
  response: ServerResponse,
  tell: (send: Send) => Promise<void>,
  ended: AbortSignal,
): Promise<void> {
  response.flushHeaders();
  const send: Send = async (text) => {
    if (ended.aborted || response.destroyed) return;
    if (response.writableLength > MOST_UNREAD) {
      response.destroy();
      return;
    }
    if (!response.write(text)) await drained(response, ended);
  };
  const beat = setInterval(() => void send(": still here\n\n"), BEAT_MS);
  try {
    await tell(send);
  } finally {
    clearInterval(beat);
    response.end();
  }
}

function drained(response: ServerResponse, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("drain", done);
      response.off("close", done);
      ended.removeEventListener("abort", done);
      resolve();
    };
    response.once("drain", done);
    response.once("close", done);
    ended.addEventListener("abort", done, { once: true });
  });
}

export interface ServerSentEvent {
  readonly event: string;
  /** What a client that comes back names in `Last-Event-ID`; without one the last id stays. */
  readonly id?: number | undefined;
  readonly data: unknown;
}

/** One event on the wire. JSON has no line breaks, so the data is one line. */
export function encodeEvent({ event, id, data }: ServerSentEvent): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

export const STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  // nginx would collect events otherwise.
  "x-accel-buffering": "no",
} as const;
