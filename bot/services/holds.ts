/** Whom a hold keeps out. Pure. */
import { type Hold, pullsOf, type RunCause } from "../../src/model/run.ts";

/** Whether the hold keeps a run of this cause from writing: everybody's but those of the pull request itself. */
export function isHeldFrom(hold: Hold, cause: RunCause): boolean {
  if (hold.closedAt !== undefined) return false;
  return !pullsOf(cause).includes(hold.pull);
}
