import type { AwsError } from "./errors.ts";

export interface Page<T> {
  items: T[];
  next?: string;
}

/**
 * Cuts one page out of a list. The token is opaque to callers; it holds the offset, and a token
 * that this list did not make is refused with the error the service uses.
 */
export function page<T>(all: T[], size: number, token: string | undefined, invalid: () => AwsError): Page<T> {
  const start = token === undefined ? 0 : decode(token, invalid);
  const items = all.slice(start, start + size);
  const end = start + size;
  return end < all.length ? { items, next: encode(end) } : { items };
}

const encode = (offset: number): string => Buffer.from(`fake-page:${offset}`).toString("base64url");

function decode(token: string, invalid: () => AwsError): number {
  const match = /^fake-page:(\d+)$/.exec(Buffer.from(token, "base64url").toString());
  if (match?.[1] === undefined) throw invalid();
  return Number(match[1]);
}
