import { Agent, request as send } from "node:http";
import type { WireRequest } from "../aws/wire/message.ts";

export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

export interface Upstream {
  /** `target` is the URL as it was sent, for a request that was not changed. */
  forward(request: WireRequest, target?: string): Promise<Answer>;
  close(): void;
}

/** Headers that belong to one connection, not to the message. */
const HOP = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "expect",
  "proxy-connection",
]);

/** Sends requests on as they came. Signatures are not renewed: emulators do not check them. */
export function createUpstream(url: string): Upstream {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true });
  return {
    close: () => agent.destroy(),
    forward: (request, sent) =>
      new Promise((resolve, reject) => {
        const body = Buffer.from(request.body ?? "");
        const headers: Record<string, string> = { "content-length": String(body.length) };
        for (const [name, value] of Object.entries(request.headers)) {
          if (value !== undefined && !HOP.has(name)) headers[name] = value;
        }
        const options = {
          agent,
          hostname,
          port,
          method: request.method,
          path: sent ?? target(request),
          headers,
        };
        const out = send(options, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const kept = Object.entries(response.headersDistinct).flatMap(([name, values]) =>
              HOP.has(name) || values === undefined ? [] : [[name, values]],
            );
            resolve({
              status: response.statusCode ?? 502,
              headers: Object.fromEntries(kept),
              body: Buffer.concat(chunks),
            });
          });
        });
        out.on("error", reject);
        out.end(body);
      }),
  };
}

function target(request: WireRequest): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(request.query)) {
    for (const each of Array.isArray(value) ? value : [value]) query.append(key, each ?? "");
  }
  const text = query.toString();
  return text === "" ? request.path : `${request.path}?${text}`;
}
