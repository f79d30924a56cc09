/**
 * Reads a request's body within limits: one request's, and all requests' together. From Node's request itself: Hono's
 * `bodyLimit` counts each request for itself, and converts the body to a web stream and back.
 */
import type { IncomingMessage } from "node:http";
import { HTTPException } from "hono/http-exception";

export interface BodyLimits {
  /** GitHub sends 25 MiB at most. */
  readonly mostBytes: number;
  /** Of all bodies that are being received: strangers can fill no more memory than this. */
  readonly mostBytesTogether: number;
}

export const BODY_LIMITS: BodyLimits = {
  mostBytes: 25 * 1024 * 1024,
  mostBytesTogether: 256 * 1024 * 1024,
};

export interface BodyReader {
  /** Throws an HTTPException with 413 or 503. */
  read(request: IncomingMessage): Promise<Buffer>;
}

/** Makes a reader; every server has one, so that the bodies of all its requests are counted together. */
export function createBodyReader(limits: BodyLimits = BODY_LIMITS): BodyReader {
  let together = 0;

  return {
    async read(request) {
      const announced = Number(request.headers["content-length"] ?? 0);
      if (announced > limits.mostBytes) throw tooLarge(limits);
      let own = 0;
      try {
        const chunks: Buffer[] = [];
        // Not destroyed on the way out: the answer goes over the same connection.
        for await (const chunk of request.iterator({ destroyOnReturn: false })) {
          if (!Buffer.isBuffer(chunk)) continue;
          own += chunk.length;
          together += chunk.length;
          if (own > limits.mostBytes) throw tooLarge(limits);
          if (together > limits.mostBytesTogether)
            throw refusal(503, "too much is being received at once; send it again", { "retry-after": "10" });
          chunks.push(chunk);
        }
        const [only] = chunks;
        return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
      } finally {
        together -= own;
      }
    },
  };
}

function tooLarge({ mostBytes }: BodyLimits): HTTPException {
  return refusal(413, `the body is larger than ${mostBytes / 1024 / 1024} MiB`);
}

/** The rest is not read: the connection ends with the answer. */
function refusal(
  status: 413 | 503,
  line: string,
  headers: Readonly<Record<string, string>> = {},
): HTTPException {
  const res = new Response(`${line}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", connection: "close", ...headers },
  });
  return new HTTPException(status, { res });
}
