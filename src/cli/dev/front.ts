/**
 * An address for each API on this machine. The local AWS knows APIs by their host name, which does not resolve: a front passes requests
 * on with that name, WebSockets too.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { fail } from "../../model/errors.ts";

export interface Front {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Passes requests on to this API from now on: `http://abc123.execute-api.localhost:4566`. */
  aim(origin: string): void;
  close(): Promise<void>;
}

/**
 * @param onAnswered told after each answer, and of everything that comes over a WebSocket
 * @throws DEV_PORT_TAKEN
 */
export async function openFront(
  port: number,
  origin: string,
  onAnswered: () => void = () => undefined,
): Promise<Front> {
  let target = new URL(origin);
  /** Those of WebSockets, which the server does not close. */
  const upgraded = new Set<Duplex>();
  const pass = (asked: IncomingMessage, answer: ServerResponse): void => {
    const sent = request(
      {
        host: "127.0.0.1",
        port: target.port,
        method: asked.method,
        path: asked.url,
        headers: { ...asked.headers, host: target.host },
      },
      (given) => {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
        given.once("end", onAnswered);
      },
    );
    sent.once("error", (error) => {
      if (!answer.headersSent) answer.writeHead(502, { "content-type": "text/plain" });
      answer.end(`The local AWS does not answer: ${error.message}\n`);
    });
    asked.pipe(sent);
  };
  const upgrade = (asked: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const sent = connect(Number(target.port), "127.0.0.1", () => {
      const headers = Object.entries({ ...asked.headers, host: target.host }).flatMap(([name, value]) =>
        [value ?? []].flat().map((one) => `${name}: ${one}`),
      );
      sent.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
      sent.write(head);
      socket.pipe(sent).pipe(socket);
    });
    sent.on("data", onAnswered).once("close", onAnswered);
    sent.once("error", () => socket.destroy());
    socket.once("error", () => sent.destroy());
    upgraded.add(socket);
    socket.once("close", () => {
      upgraded.delete(socket);
      sent.destroy();
    });
  };
  const server = createServer(pass).on("upgrade", upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    fail("DEV_PORT_TAKEN", `port ${port} of this machine is taken or not allowed (${error.code})`, {
      hint: "Give another one: gatewright dev --port 8080.",
    });
  });
  const address = server.address();
  const listening = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${listening}`,
    aim: (next) => {
      target = new URL(next);
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of upgraded) socket.destroy();
      }),
  };
}
