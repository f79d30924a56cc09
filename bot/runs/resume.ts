/** Is a plan the rest of another one? Decides whether an interrupted apply may go on. Pure. */
import type { Plan } from "../../src/model/plan.ts";

/**
 * True when every change of `now` belongs to a resource that the reviewed plan changes too, and deletes nothing that the
 * reviewed plan keeps. What was done already is missing; what was half done may be an update instead of a create.
 */
export function isResumeOf(reviewed: Plan, now: Plan): boolean {
  const allowed = new Map(reviewed.changes.map((change) => [change.key, change.action]));
  return now.changes
    .filter(({ action }) => action !== "no-op")
    .every(({ key, action }) => {
      // The old half of a replacement has its id behind the key.
      const planned = allowed.get(key) ?? allowed.get(key.replace(/#[^#]*$/, ""));
      if (planned === undefined || planned === "no-op") return false;
      return action === "delete" ? planned === "delete" || planned === "replace" : planned !== "delete";
    });
}
