/** The bot's HTTP server: a table of routes on node:http, with limits, and an end that loses nothing. */
import { createServer as createNodeServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { GatewrightError } from "../../src/model/errors.ts";
import type { Log } from "../services/services.ts";
import { type Answer, plain, type Route, Stop } from "./web/answer.ts";
import { match } from "./router.ts";
import { stream } from "./web/stream.ts";

export interface ServerOptions {
  readonly routes: readonly Route[];
  readonly log: Log;
  /** Told of every answer; for metrics. */
  readonly onAnswer?: (route: string, method: string, status: number, seconds: number) => void;
  /** Pages for what no route answers. */
  readonly notFound?: (url: URL) => Answer;
}

export interface HttpServer {
  /** Resolves with the port: the one that was asked for, or a free one for 0. */
  listen(port: number, host?: string): Promise<number>;
  /**
   * Takes no new connection, lets requests under way end (streams are told to come back elsewhere), and cuts what is
   * left after `graceMs`. May be called any number of times.
   */
  close(graceMs?: number): Promise<void>;
}

/** What the system says of a port that cannot be had, as the bot's owner needs it. */
function noPlace(error: Error, port: number, host: string): Error {
  const taken = /EADDRINUSE/.test(error.message);
  return new GatewrightError(
    "PORT_UNAVAILABLE",
    taken
      ? `port ${port} of ${host} is in use`
      : `cannot listen at port ${port} of ${host}: ${error.message}`,
    {
      hint: taken
        ? "Another bot may be running already; end it, or set PORT to a free one."
        : "Set HOST to an address of this machine, and PORT to a port that this user may open.",
      cause: error,
    },
  );
}

const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
} as const;

/** Makes the server; it listens when told to. */
export function createServer(options: ServerOptions): HttpServer {
  // One controller a request instead of AbortSignal.any(): that alone was a tenth of a webhook's time.
  const live: Live = { requests: new Set(), closing: false };
  const server = createNodeServer(
    {
      // A webhook of 25 MiB comes within this; slow senders give up their connection.
      requestTimeout: 30_000,
      headersTimeout: 10_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      void serve(options, live, request, response);
    },
  );
  server.maxRequestsPerSocket = 0;
  let closed: Promise<void> | undefined;

  return {
    listen: (port, host = "0.0.0.0") =>
      new Promise((resolve, reject) => {
        const refused = (error: Error): void => reject(noPlace(error, port, host));
        server.once("error", refused);
        server.listen(port, host, () => {
          server.removeListener("error", refused);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close: (graceMs = 10_000) => {
      closed ??= new Promise((resolve) => {
        live.closing = true;
        for (const request of live.requests) request.abort();
        if (!server.listening) return resolve();
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      });
      return closed;
    },
  };
}

/** The requests under way, each told when there is nobody left to answer or the server closes. */
interface Live {
  readonly requests: Set<AbortController>;
  closing: boolean;
}

async function serve(
  options: ServerOptions,
  live: Live,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const ended = new AbortController();
  if (live.closing) ended.abort();
  live.requests.add(ended);
  response.once("close", () => {
    live.requests.delete(ended);
    if (!response.writableFinished) ended.abort();
  });
  const method = request.method ?? "GET";
  let route = "(none)";
  let answer: Answer;
  try {
    const url = addressOf(request);
    const found = url === undefined ? undefined : match(options.routes, method, url.pathname);
    if (url === undefined) answer = plain(400, "the path is not readable");
    else if (found?.kind === "route") {
      route = found.route.path;
      answer = await found.handle({ url, params: found.params, request, signal: ended.signal });
    } else if (found?.kind === "method") {
      answer = plain(405, `${method} is not answered here`, { allow: found.allow.join(", ") });
    } else answer = options.notFound?.(url) ?? plain(404, "nothing is here");
  } catch (error) {
    if (response.destroyed) return;
    answer = failed(options, error, method, route);
  }
  options.onAnswer?.(route, method, answer.status, (performance.now() - started) / 1000);
  try {
    await write(answer, request, response, ended.signal);
  } catch (error) {
    if (!response.destroyed) options.log.warn({ route, error: message(error) }, "an answer broke off");
    response.destroy();
  }
}

async function write(
  answer: Answer,
  request: IncomingMessage,
  response: ServerResponse,
  ended: AbortSignal,
): Promise<void> {
  // A body that nobody read would be taken for the next request's start: node cuts the connection, we say so.
  const unread = !request.complete && request.method !== "GET" && request.method !== "HEAD";
  // A stream's connection ends with it: kept alive, it would hold up a server that closes.
  const last = unread || ended.aborted || answer.stream !== undefined;
  response.writeHead(answer.status, {
    ...SECURITY_HEADERS,
    ...answer.headers,
    ...(last ? { connection: "close" } : {}),
  });
  if (request.method === "HEAD") response.end();
  else if (answer.stream !== undefined) await stream(response, answer.stream, ended);
  else response.end(answer.body);
}

function failed(options: ServerOptions, error: unknown, method: string, route: string): Answer {
  if (error instanceof Stop) return error.answer;
  options.log.error({ method, route, error: message(error) }, "a request failed");
  return plain(500, "something went wrong here; the bot's log says what", { "cache-control": "no-store" });
}

function message(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Only path and query are the client's word; the host name is never used. */
function addressOf({ url }: IncomingMessage): URL | undefined {
  // "//host/path" would be read as another host's.
  if (url === undefined || !url.startsWith("/") || url.startsWith("//")) return undefined;
  return URL.parse(url, "http://bot.invalid") ?? undefined;
}
