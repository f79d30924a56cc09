/** A plan prepared for display in comments, terminal and pages. Pure. */
import type { Change, Plan, Problem } from "../model/plan.ts";
import { isForeign } from "./reason.ts";
import { countKinds, countsInWords, type KindCounts, kindOf, sortedChanges } from "./vocabulary.ts";

export interface PlanView {
  /** Changes other than no-ops, most dangerous first. */
  readonly changes: readonly Change[];
  /** Resources that already match the spec, without foreign ones. */
  readonly unchanged: readonly Change[];
  readonly counts: KindCounts;
  /** `2 to create, 1 to delete`; empty if nothing changes. */
  readonly summary: string;
  /** Problems that block the apply. */
  readonly blocking: readonly Problem[];
  readonly warnings: readonly Problem[];
}

export function viewPlan({ changes, problems }: Pick<Plan, "changes" | "problems">): PlanView {
  const counts = countKinds(changes.map(kindOf));
  return {
    changes: sortedChanges(changes),
    unchanged: changes.filter((change) => change.action === "no-op" && !isForeign(change)),
    counts,
    summary: countsInWords(counts),
    blocking: problems.filter(({ severity }) => severity === "error"),
    warnings: problems.filter(({ severity }) => severity === "warning"),
  };
}
