/** Values of the spec that are undefined because a variable of `process.env` is not set. Pure. */
import { GatewrightError } from "../../model/errors.ts";
import { about } from "../locations.ts";
import type { WrittenEntry } from "../draft.ts";
import { pathText } from "../shown.ts";

type Unset = Pick<WrittenEntry, "type" | "group" | "name" | "lost" | "unset" | "at">;

/** AWS would get something that nobody asked for: each such value is a mistake, named with its variables. */
export function unsetErrors(entry: Unset): readonly GatewrightError[] {
  return (entry.unset ?? []).map(({ path, inText, variables }) => {
    const [field, ...inside] = path;
    const words = field === "properties" ? inside : path;
    const unset = variables.map((one) => `process.env.${one}`).join(", ");
    const verb = variables.length === 1 ? "is" : "are";
    const [first = ""] = variables;
    return about(
      new GatewrightError(
        "VARIABLE_UNSET",
        `${labelOf(entry)}: ${pathText(words)} ${inText ? 'contains "undefined"' : "is undefined"}: ${unset} ${verb} not set`,
        {
          hint: `Set ${first} in \`env\` of the stage's settings, or give it a default: process.env.${first} ?? "…".`,
          at: entry.at,
        },
      ),
      words,
    );
  });
}

const FUNCTION_VARIABLE = /^properties\.(?:Configuration\.)?Environment\.Variables\.(\w+)$/;

/** Variables of a function that are undefined for a reason of their own: it would run without them. */
export function undefinedVariables(entry: Unset): readonly GatewrightError[] {
  const told = new Set(entry.unset?.map(({ path }) => path.join(".")));
  return (entry.lost ?? []).flatMap((path) => {
    const [, key] = FUNCTION_VARIABLE.exec(path) ?? [];
    if (key === undefined || told.has(path)) return [];
    return about(
      new GatewrightError(
        "VARIABLE_UNSET",
        `${labelOf(entry)}: Environment.Variables.${key} is undefined, so the function gets no such variable`,
        { hint: `Leave ${key} out, or give it a value.`, at: entry.at },
      ),
      ["Environment", "Variables", key],
    );
  });
}

/**
 * The errors without those of entries that an unset variable spoils: what is wrong with them shows once it is set. An entry is known by
 * its place, as an object: its errors have the same one, and other entries that the same line of a loop makes have another.
 */
export function withoutSpoiled(
  errors: readonly GatewrightError[],
  written: readonly Unset[],
): readonly GatewrightError[] {
  const spoiled = new Set(written.filter(({ unset = [] }) => unset.length > 0).map(({ at }) => at));
  return errors.filter(({ at }) => at === undefined || !spoiled.has(at));
}

function labelOf({ group, type, name }: Unset): string {
  return [group, type, name].filter((part) => typeof part === "string").join("::");
}
