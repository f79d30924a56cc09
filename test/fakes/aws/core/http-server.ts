import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { WireRequest } from "../wire/message.ts";
import { control } from "./control.ts";
import type { Dispatcher } from "./dispatch.ts";

export interface Listening {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** What an API answers to a call: `GET /hello` → the answer. */
export type ApiAnswers = Map<string, { status: number; body?: string; headers?: Record<string, string> }>;

/**
 * Serves the fake on the loopback interface; port 0 takes a free one. A request with the host name of an API is a call of that API,
 * which answers as `answers` says; an unknown one answers as API Gateway answers for an unknown route.
 */
export function serve(dispatcher: Dispatcher, answers: ApiAnswers, port = 0): Promise<Listening> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (/^\w+\.execute-api\./.test(request.headers.host ?? "")) {
      const found = answers.get(`${request.method} ${request.url}`);
      const { status, body = "", headers = {} } = found ?? { status: 404, body: '{"message":"Not Found"}' };
      response.writeHead(status, headers).end(body);
      return;
    }
    const wire = await receive(request);
    const own = control(dispatcher, wire);
    const outcome = own === undefined ? dispatcher.dispatch(wire) : { response: own, cut: false, delayMs: 0 };
    if (outcome.delayMs > 0) await new Promise((done) => setTimeout(done, outcome.delayMs));
    if (outcome.cut) {
      request.socket.destroy();
      return;
    }
    response.writeHead(outcome.response.status, outcome.response.headers);
    response.end(outcome.response.body);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A bug of the fake, not an answer of AWS: say so where the test's output is.
      console.error(error);
      response.writeHead(599).end(String(error));
    });
  });
  return listen(server, port);
}

/** Starts a server on the loopback interface. */
export async function listen(server: Server, port = 0): Promise<Listening> {
  // Idle keep-alive sockets that Node closes just as a client reuses them look like faults nobody injected.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return { url: `http://127.0.0.1:${bound}`, port: bound, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}

/** Reads a whole request. The path stays as it was sent: its parts may be encoded slashes. */
export async function receive(request: IncomingMessage): Promise<WireRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const [path = "/", search = ""] = (request.url ?? "/").split("?");
  const query: Record<string, string | string[]> = {};
  const params = new URLSearchParams(search);
  for (const key of new Set(params.keys())) {
    const values = params.getAll(key);
    query[key] = values.length === 1 ? (values[0] ?? "") : values;
  }
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(",") : value;
  }
  return { method: request.method ?? "GET", path, query, headers, body: Buffer.concat(chunks) };
}
