/** What of a property change may be seen: secrets and generated passwords never leave the process. Pure. */
import { isGenerated, isObject, type JsonValue } from "../../../model/values.ts";
import type { PropertyChange } from "../../../resources/type.ts";
import type { ShownPropertyChange } from "../../../model/plan.ts";

const MASK = "(sensitive)";

function shown(value: JsonValue | undefined, sensitive: boolean): JsonValue | undefined {
  if (value === undefined) return undefined;
  if (sensitive) return MASK;
  if (isGenerated(value)) return "(generated)";
  if (Array.isArray(value)) return value.map((element) => shown(element, false) ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner, false) ?? null]));
}

export function showChange(change: PropertyChange): ShownPropertyChange {
  const before = shown(change.before, change.sensitive);
  const after = shown(change.after, change.sensitive);
  return {
    path: change.path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    replaces: change.replaces,
    sensitive: change.sensitive,
  };
}
