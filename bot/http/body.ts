/**
 * Reads a request's body within limits: per request, and for all requests together. Reads Node's request directly: Hono's
 * `bodyLimit` only counts each request separately, and converts the body to a web stream and back.
 */
import type { IncomingMessage } from "node:http";
import { HTTPException } from "hono/http-exception";

export interface BodyLimits {
  /** GitHub sends at most 25 MiB. */
  readonly mostBytes: number;
  /** All bodies in flight together: caps the memory that unauthenticated senders can use. */
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

/** Creates a reader. Use one per server, so that all its requests count toward the shared limit. */
export function createBodyReader(limits: BodyLimits = BODY_LIMITS): BodyReader {
  let together = 0;

  return {
    async read(request) {
      const announced = Number(request.headers["content-length"] ?? 0);
      if (announced > limits.mostBytes) throw tooLarge(limits);
      let own = 0;
      try {
        const chunks: Buffer[] = [];
        // Do not destroy the request on return: the response uses the same connection.
        for await (const chunk of request.iterator({ destroyOnReturn: false })) {
          if (!Buffer.isBuffer(chunk)) continue;
          own += chunk.length;
          together += chunk.length;
          if (own > limits.mostBytes) throw tooLarge(limits);
          if (together > limits.mostBytesTogether)
            throw refusal(503, "too many requests in flight; try again", { "retry-after": "10" });
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

/** The rest of the body is not read: the connection closes after the response. */
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
