/** Environment variables of functions that the spec leaves undefined. Pure. */
import { GatewrightError } from "../../model/errors.ts";
import { about } from "../locations.ts";
import type { WrittenEntry } from "../draft.ts";

type Unset = Pick<WrittenEntry, "type" | "group" | "name" | "unset" | "unread" | "unreadHere" | "at">;

/**
 * The function would run without the variable, which nobody asked for: a mistake where the spec has read a variable for it that is not
 * set, a warning where the value is undefined for a reason of its own.
 */
export function unsetVariables(entry: Unset, which: "errors" | "warnings"): readonly GatewrightError[] {
  const { type, group, name, unset = [], at } = entry;
  const label = [group, type, name].filter((part) => typeof part === "string").join("::");
  const reads = readFor(entry);
  return unset.flatMap((key) => {
    const read = reads(key);
    if (read.length > 0 !== (which === "errors")) return [];
    const because =
      read.length === 0
        ? ""
        : `: ${read.map((one) => `process.env.${one}`).join(", ")} ${read.length === 1 ? "is" : "are"} not set`;
    return about(
      new GatewrightError(
        "VARIABLE_UNSET",
        `${label}: Environment.Variables.${key} is undefined, so the function gets no such variable${because}`,
        {
          hint: `Set ${read[0] ?? "the value where it comes from"} in \`env\` of the stage's settings, or give it a default: process.env.${read[0] ?? key} ?? "…".`,
          at,
        },
      ),
      ["Environment", "Variables", key],
    );
  });
}

/**
 * The variables that a key's value was probably read from: that of its name or of a name that contains it; otherwise those that were read
 * for these properties and belong to no other key. What was read for something else says nothing about it.
 */
function readFor({ unset = [], unread = [], unreadHere = [] }: Unset): (key: string) => readonly string[] {
  const named = (key: string): readonly string[] =>
    unread.includes(key) ? [key] : unread.filter((name) => isAlike(key, name));
  const taken = new Set(unset.flatMap(named));
  const left = unreadHere.filter((name) => !taken.has(name));
  return (key) => (named(key).length > 0 ? named(key) : left);
}

/** `TABLE` and `ORDERS_TABLE`, `tableName` and `TABLE_NAME` */
function isAlike(key: string, name: string): boolean {
  const [one, other] = [key, name].map((text) => text.replace(/[^A-Za-z0-9]/g, "").toUpperCase());
  if (one === undefined || other === undefined || Math.min(one.length, other.length) < 3) return false;
  return one.includes(other) || other.includes(one);
}
