/** The id of a group of runs, derived from their cause, so that a webhook handled again after a crash finds the same group. Pure. */
import { createHash } from "node:crypto";

/** A UUID of version 8 (custom). */
export function groupId(...asked: readonly (string | number)[]): string {
  const hex = createHash("sha256").update(JSON.stringify(asked)).digest("hex");
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4] ?? "8";
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
