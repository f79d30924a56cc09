/**
 * A proxy in front of moto that adds the lists it lacks. moto stores authorizers, models and route responses but cannot
 * list them, and has no deployments. The proxy builds lists of the former from single reads, returns empty lists of deployments, and
 * forwards everything else unchanged, to an account of its choice.
 */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator } from "./process.ts";
import { startMoto } from "./moto.ts";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const UNLISTED = /^(\/v2\/apis\/[^/?]+\/(?:authorizers|models|routes\/[^/?]+\/routeresponses))(\?|$)/;
const DEPLOYMENTS = /^\/v2\/apis\/[^/?]+\/deployments(\?|$)/;

export interface MotoWithLists extends Emulator {
  /** Goes on in another account. To empty moto takes it seconds: it reads all policies that AWS owns again, for all partitions. */
  empty(): Promise<void>;
}

/** https://docs.getmoto.org/en/latest/docs/multi_account.html */
const ACCOUNT = "x-moto-account-id";

export async function startMotoWithLists(): Promise<MotoWithLists> {
  const moto = await startMoto();
  let account = 100_000_000_000;
  /** `/v2/apis/ID/models` → ids of what was made there. */
  const made = new Map<string, Set<string>>();

  const list = async (folder: string, headers: IncomingHttpHeaders): Promise<Answer> => {
    const items: unknown[] = [];
    for (const id of made.get(folder) ?? []) {
      const path = `${folder}/${id}`;
      const one = await forward(moto.port, { method: "GET", path, headers }, Buffer.alloc(0));
      if (one.status === 200) items.push(JSON.parse(one.body.toString()));
    }
    return json({ items });
  };

  const answer = async (incoming: IncomingMessage, body: Buffer): Promise<Answer> => {
    const { method = "GET", url: path = "/" } = incoming;
    const headers = { ...incoming.headers, [ACCOUNT]: String(account) };
    const folder = UNLISTED.exec(path)?.[1];
    if (method === "GET" && folder !== undefined) return list(folder, headers);
    if (method === "GET" && DEPLOYMENTS.test(path)) return json({ items: [] });
    const reply = await forward(moto.port, { method, path, headers }, body);
    if (method === "POST" && folder !== undefined && reply.status < 300) {
      const { authorizerId, modelId, routeResponseId } = JSON.parse(reply.body.toString()) as Record<
        string,
        string
      >;
      const id = authorizerId ?? modelId ?? routeResponseId ?? "";
      made.set(folder, (made.get(folder) ?? new Set()).add(id));
    }
    return reply;
  };

  const server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      answer(incoming, Buffer.concat(chunks)).then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        () => incoming.socket.destroy(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...moto,
    port,
    url: `http://127.0.0.1:${port}`,
    empty: async () => {
      account += 1;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await moto.stop();
    },
  };
}

function json(value: unknown): Answer {
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(value)),
  };
}

function forward(
  port: number,
  { method, path, headers }: { method: string; path: string; headers: IncomingHttpHeaders },
  body: Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const upstream = request({ host: "127.0.0.1", port, method, path, headers }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.on("end", () =>
        resolve({ status: reply.statusCode ?? 502, headers: reply.headers, body: Buffer.concat(chunks) }),
      );
    });
    upstream.once("error", reject);
    upstream.end(body);
  });
}
