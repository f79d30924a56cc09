/** Compares secrets that a request brings. */
import { timingSafeEqual } from "node:crypto";

/** In constant time: how much of a guess was right must not be measurable. */
export function isSameSecret(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
