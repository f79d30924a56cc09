/** Whom a hold keeps out. Pure. */
import { type Hold, isRollback, pullsOf, type RunCause } from "../../src/model/run.ts";

/** Whether the hold keeps a run of this cause from writing: everybody's but those of the pull request itself, or further rollbacks. */
export function isHeldFrom(hold: Hold, cause: RunCause): boolean {
  if (hold.closedAt !== undefined) return false;
  // Of what was taken back, also those of its own pull request: its merge would bring the same again.
  if (hold.rollback === true) return !isRollback(cause);
  return !pullsOf(cause).includes(hold.pull);
}
