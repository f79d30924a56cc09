/** The next step where a fact could not be read. Pure. */
import type { Asked, Facts } from "./facts/facts.ts";

export function readAgain({ unread }: Pick<Facts, "unread">, what: Asked): string {
  return unread?.[what] ?? "Send the command again in a minute.";
}
