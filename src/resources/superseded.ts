/** The mark of what a create-first replacement leaves behind, for types of which two may have one name. */
import type { JsonObject } from "../model/values.ts";
import { tagsIn } from "./live-values.ts";

/** Set on the old resource before the new one is made, so that after a crash the two can be distinguished; holds its id. */
export const SUPERSEDED_TAG = "gc-superseded";

export function supersededByTag({ Tags }: JsonObject): { superseded?: true } {
  return Object.hasOwn(tagsIn(Tags), SUPERSEDED_TAG) ? { superseded: true } : {};
}
