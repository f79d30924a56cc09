/** Drift: what AWS has differs from what the base branch's spec says, and this plan would change it back. Pure. */
import { canonicalJson } from "../../model/values.ts";
import { isOwnershipKey } from "../../aws/tags.ts";
import type { Decisions } from "./decision.ts";
import type { Problem } from "../../model/plan.ts";

/**
 * A change of this plan is drift where it undoes what neither the base branch nor this one wrote: the property also
 * differs from the base branch's spec. (Without the second condition a pull request that was applied before its merge
 * would be drift against its own base.)
 */
export function driftProblems(decisions: Decisions, base: Decisions): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [key, decision] of decisions.byKey) {
    const before = base.byKey.get(key);
    if (before === undefined || decision.action === "create" || before.action === "create") continue;
    const drifted = decision.changes.filter(
      (change) =>
        !isFirstMark(change) &&
        before.changes.some(
          (other) =>
            other.path === change.path &&
            canonicalJson(other.after ?? null) === canonicalJson(change.after ?? null),
        ),
    );
    if (drifted.length === 0) continue;
    const paths = drifted.map(({ path }) => path).join(", ");
    problems.push({
      severity: "warning",
      code: "DRIFT",
      message: `${key} was changed outside Gatewright: ${paths}`,
      hint: "Apply to restore the spec, or write the change into the spec to keep it.",
      key,
      at: decision.resource.at,
    });
  }
  return problems;
}

/** A tag that marks the resource as ours, which an older version or a terminal did not write: nobody changed anything. */
function isFirstMark({ path, before }: { readonly path: string; readonly before?: unknown }): boolean {
  return before === undefined && isOwnershipKey(path.replace(/.*\./s, ""));
}
