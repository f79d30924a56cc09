/** The fence of a run: whose attempt it is, and whether the run holds its stack. Pure. */
import type { Watched } from "../db/tables/attempts.ts";
import type { Run } from "../../src/model/run.ts";

/** The kinds that change AWS: they hold the stack's lock. */
export function isWriting({ kind }: Pick<Run, "kind">): boolean {
  return kind === "apply" || kind === "destroy";
}

/** Why an attempt may no longer write; undefined while it may. `run` is as the attempt began it. */
export function lostBy(
  run: Pick<Run, "kind" | "attempts">,
  now: Watched | undefined,
): "taken-over" | "unlocked" | undefined {
  if (now === undefined || now.attempts !== run.attempts || now.state !== "running") return "taken-over";
  return isWriting(run) && !now.holdsLock ? "unlocked" : undefined;
}
