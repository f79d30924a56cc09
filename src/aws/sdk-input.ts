/** Turns a state (JSON) into the input of an SDK call. */
import { hasMarker } from "../model/reference-marker.ts";
import { isGenerated, isTemplate, isUnknown, type JsonObject, type JsonValue } from "../model/values.ts";

/**
 * The state, or the given keys of it, as an SDK input. The schemas have checked the shape. This checks that no unresolved
 * marker is left, because AWS would accept it as a value. Finding one is a bug.
 */
export function sdkInput<Input>(state: JsonObject, keys?: readonly string[]): Input {
  const picked = keys === undefined ? state : pick(state, keys);
  const place = findUnfinished(picked, "");
  if (place !== undefined) throw new Error(`bug: ${place} is not known yet, but was about to be sent to AWS`);
  return picked as unknown as Input;
}

function pick(state: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(state).filter(([key]) => keys.includes(key)));
}

/** The path of the first value that is still a reference, unknown, or a password that has not been generated. */
function findUnfinished(value: JsonValue | undefined, path: string): string | undefined {
  if (typeof value === "string") return hasMarker(value) ? path : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  if (isUnknown(value) || isTemplate(value) || isGenerated(value)) return path || "the value itself";
  for (const [key, inner] of Object.entries(value)) {
    const place = findUnfinished(inner, path === "" ? key : `${path}.${key}`);
    if (place !== undefined) return place;
  }
  return undefined;
}
