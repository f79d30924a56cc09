/** What a route is given and what it answers: data, so that only server.ts touches sockets. */
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";

export interface Call {
  readonly url: URL;
  /** What the path's `:name` segments hold, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly request: IncomingMessage;
  /** Aborted when the client has gone or the server closes. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
  /** Server-sent events instead of a body; resolves when there is nothing more to tell. */
  readonly stream?: (send: Send) => Promise<void>;
}

/** Writes to a stream, waiting while the client is slow. */
export type Send = (text: string) => Promise<void>;

export type Handler = (call: Call) => Answer | Promise<Answer>;

export interface Route {
  readonly method: "GET" | "POST";
  /** `/runs/:id` */
  readonly path: string;
  readonly handle: Handler;
}

/** Plain text; what machines and `curl` get. */
export function plain(status: number, body: string, headers: OutgoingHttpHeaders = {}): Answer {
  return {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
    body: body.endsWith("\n") ? body : `${body}\n`,
  };
}

export function json(status: number, value: unknown, headers: OutgoingHttpHeaders = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: `${JSON.stringify(value)}\n`,
  };
}

/** Sends the browser on. Cookies are the reason why it takes headers. */
export function redirect(location: string, headers: OutgoingHttpHeaders = {}): Answer {
  return { status: 303, headers: { location, "cache-control": "no-store", ...headers } };
}

/** Ends a request with an answer from anywhere below a handler. */
export class Stop extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`answered ${answer.status}`);
    this.answer = answer;
  }
}
