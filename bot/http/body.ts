/**
 * Reads a request's body within limits: per request, and for all requests together. Reads Node's request directly: Hono's
 * `bodyLimit` only counts each request separately, and converts the body to a web stream and back.
 */
import type { IncomingMessage } from "node:http";
import { HTTPException } from "hono/http-exception";
import { untilAborted } from "../../src/model/clock.ts";

interface BodyLimits {
  /** GitHub sends at most 25 MiB. */
  readonly mostBytes: number;
  /** All bodies in flight together: caps the memory that unauthenticated senders can use. */
  readonly mostBytesTogether: number;
  /** GitHub waits ten seconds for the answer to a webhook: a body that takes longer is of no use. */
  readonly longestMs: number;
}

const BODY_LIMITS: BodyLimits = {
  mostBytes: 25 * 1024 * 1024,
  mostBytesTogether: 256 * 1024 * 1024,
  longestMs: 10_000,
};

export interface BodyReader {
  /** Throws an HTTPException with 408, 413 or 503. */
  read(request: IncomingMessage): Promise<Buffer>;
}

interface Reading {
  bytes: number;
  readonly refused: AbortController;
}

/**
 * Creates a reader. Use one per server, so that all its requests count toward the shared limit. When there is no room left,
 * the oldest unfinished bodies are given up, not the newest: a real webhook is sent in a moment, and whoever holds room with
 * half-sent bodies has held it for longer.
 */
export function createBodyReader(given: Partial<BodyLimits> = {}): BodyReader {
  const limits: BodyLimits = { ...BODY_LIMITS, ...given };
  // In the order of their beginning.
  const readings = new Set<Reading>();
  let together = 0;
  const giveBack = (reading: Reading): void => {
    together -= reading.bytes;
    reading.bytes = 0;
    readings.delete(reading);
  };
  const makeRoom = (): void => {
    for (const oldest of readings) {
      if (together <= limits.mostBytesTogether) return;
      giveBack(oldest);
      oldest.refused.abort(refusal(503, "too many requests in flight; try again", { "retry-after": "10" }));
    }
  };

  const receive = async (request: IncomingMessage, reading: Reading): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    // Do not destroy the request on return: the response uses the same connection.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) continue;
      reading.refused.signal.throwIfAborted();
      reading.bytes += chunk.length;
      together += chunk.length;
      if (reading.bytes > limits.mostBytes) throw tooLarge(limits);
      makeRoom();
      reading.refused.signal.throwIfAborted();
      chunks.push(chunk);
    }
    const [only] = chunks;
    return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  };

  return {
    async read(request) {
      const announced = Number(request.headers["content-length"] ?? 0);
      if (announced > limits.mostBytes) throw tooLarge(limits);
      const reading: Reading = { bytes: 0, refused: new AbortController() };
      const { refused } = reading;
      readings.add(reading);
      const late = setTimeout(
        () => refused.abort(refusal(408, `the body did not arrive within ${limits.longestMs / 1000} s`)),
        limits.longestMs,
      );
      try {
        return await untilAborted(receive(request, reading), refused.signal);
      } finally {
        clearTimeout(late);
        giveBack(reading);
      }
    },
  };
}

function tooLarge({ mostBytes }: BodyLimits): HTTPException {
  return refusal(413, `the body is larger than ${mostBytes / 1024 / 1024} MiB`);
}

/** The rest of the body is not read: the connection closes after the response. */
function refusal(
  status: 408 | 413 | 503,
  line: string,
  headers: Readonly<Record<string, string>> = {},
): HTTPException {
  const res = new Response(`${line}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", connection: "close", ...headers },
  });
  return new HTTPException(status, { res });
}
