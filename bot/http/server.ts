/** The bot's HTTP server: Hono on node:http, with limits and a graceful shutdown. */
import { createServer as createNodeServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { GatewrightError } from "../../src/model/errors.ts";
import { type AppOptions, createApp } from "./app.ts";

export type ServerOptions = AppOptions;

export interface HttpServer {
  /** Resolves with the port: the requested one, or a free one for 0. */
  listen(port: number, host?: string): Promise<number>;
  /**
   * Stops accepting connections, lets active requests finish (streams end and reconnect elsewhere), and closes what is
   * left after `graceMs`. Idempotent.
   */
  close(graceMs?: number): Promise<void>;
}

/** Creates the server; call `listen` to start it. */
export function createServer(options: ServerOptions): HttpServer {
  const closing = new AbortController();
  const underWay = new Set<ServerResponse>();
  const app = createApp(options);
  const answer = getRequestListener((request, { incoming, outgoing }) =>
    app.fetch(request, { incoming, outgoing, closing: closing.signal }),
  );
  const listener: RequestListener = (request, response) => {
    underWay.add(response);
    response.once("close", () => underWay.delete(response));
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", "same-origin");
    if (closing.signal.aborted) response.setHeader("connection", "close");
    // Accept only a path and query: an absolute URL is a proxy request for another server.
    if (/^\/(?!\/)/.test(request.url ?? "")) void answer(request, response);
    else response.writeHead(400, { "content-type": "text/plain" }).end("the request target must be a path\n");
  };
  const server = createNodeServer(
    {
      // Enough for a webhook of 25 MiB; slower senders are disconnected.
      requestTimeout: 30_000,
      headersTimeout: 10_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 16 * 1024,
    },
    listener,
  );
  server.maxRequestsPerSocket = 0;
  let closed: Promise<void> | undefined;

  return {
    listen: (port, host = "0.0.0.0") =>
      new Promise((resolve, reject) => {
        const refused = (error: Error): void => reject(cannotListen(error, port, host));
        server.once("error", refused);
        server.listen(port, host, () => {
          server.removeListener("error", refused);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close: (graceMs = 10_000) => {
      closed ??= new Promise((resolve) => {
        for (const response of underWay) if (!response.headersSent) response.setHeader("connection", "close");
        closing.abort();
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

/** Translates the system's error about a port into one with a next step. */
function cannotListen(error: Error, port: number, host: string): Error {
  const taken = /EADDRINUSE/.test(error.message);
  return new GatewrightError(
    "PORT_UNAVAILABLE",
    taken
      ? `port ${port} of ${host} is in use`
      : `cannot listen on port ${port} of ${host}: ${error.message}`,
    {
      hint: taken
        ? "Another bot may already be running; stop it, or set PORT to a free port."
        : "Set HOST to an address of this machine and PORT to a port this user may open.",
      cause: error,
    },
  );
}
