/** Reads a request's body within limits: one request's, and all requests' together. */
import type { IncomingMessage } from "node:http";
import { plain, Stop } from "./web/answer.ts";

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
  /** Throws Stop with 413 or 503. */
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
            throw new Stop(
              plain(503, "too much is being received at once; send it again", {
                connection: "close",
                "retry-after": "10",
              }),
            );
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

/** The rest is not read: the connection ends with the answer. */
function tooLarge({ mostBytes }: BodyLimits): Stop {
  return new Stop(
    plain(413, `the body is larger than ${mostBytes / 1024 / 1024} MiB`, { connection: "close" }),
  );
}
