/** What a plan shows of a decision. Secrets and generated passwords never leave the process. Pure. */
import { SENSITIVE } from "../../../text/yaml.ts";
import { isGenerated, isObject, type JsonObject, type JsonValue } from "../../../model/values.ts";
import type { PropertyChange } from "../../../resources/type.ts";
import { own } from "../../../model/own.ts";
import type { ShownPropertyChange } from "../../../model/plan.ts";

/** A value as a plan may show it. */
export function shown(value: JsonValue | undefined, sensitive: boolean): JsonValue | undefined {
  if (value === undefined) return undefined;
  if (sensitive) return SENSITIVE;
  if (isGenerated(value)) return "(generated)";
  if (Array.isArray(value)) return value.map((element) => shown(element, false) ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner, false) ?? null]));
}

/** `given`: the spec's properties, where what has AWS's default is to be told from what the spec says. */
export function showChange(
  change: PropertyChange,
  given?: { readonly preset?: readonly string[] | undefined; readonly properties: JsonObject },
): ShownPropertyChange {
  const before = shown(change.before, change.sensitive || change.hidesBefore === true);
  const after = shown(change.after, change.sensitive);
  return {
    path: change.path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    replaces: change.replaces,
    sensitive: change.sensitive,
    ...(given?.preset?.includes(change.path) === true && !isGiven(change.path, given.properties)
      ? { byDefault: true }
      : {}),
  };
}

function isGiven(path: string, properties: JsonObject): boolean {
  let value: JsonValue | undefined = properties;
  for (const segment of path.split(".")) value = isObject(value) ? own(value, segment) : undefined;
  return value !== undefined;
}
