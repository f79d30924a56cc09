/** What a plan does, said as single facts: two plans that share a fact do that thing alike, whatever else they do. Pure. */
import { createHash } from "node:crypto";
import type { Change, Plan } from "../../../model/plan.ts";
import { canonicalJson, type JsonValue } from "../../../model/values.ts";

/** A property's values, as people see them or as they are. */
interface Values {
  readonly path: string;
  readonly before?: JsonValue | undefined;
  readonly after?: JsonValue | undefined;
  readonly replaces: boolean;
}

/**
 * The facts of one change; none of one that changes nothing. A redeployment is one fact, whatever it deploys: that is said by the
 * changes it serves.
 */
export function changeFacts(change: Change, properties: readonly Values[]): readonly string[] {
  const { key, action, id, reason, consequence, protection, adopts, redeploy, withParent } = change;
  if (action === "no-op") return [];
  if (redeploy === true) return [canonicalJson([key, "redeploy"])];
  const head = [id, reason, consequence, protection, adopts, withParent].map(plain);
  return [
    canonicalJson([key, action, ...head]),
    ...properties.map(({ path, before, after, replaces }) =>
      canonicalJson([key, action, path, plain(before), plain(after), replaces]),
    ),
  ];
}

/** What a plan does with the values that it does not show: `decided` has them for what is in the spec. */
export function plannedFacts(
  changes: readonly Change[],
  decided: ReadonlyMap<string, { readonly changes: readonly Values[] }>,
): ReadonlySet<string> {
  return new Set(
    changes.flatMap((change) => changeFacts(change, decided.get(change.key)?.changes ?? change.properties)),
  );
}

/** What whoever looks at the plan sees that it does; secrets and code are masked in it. */
export function shownFacts({ changes }: Pick<Plan, "changes">): ReadonlySet<string> {
  return new Set(changes.flatMap((change) => changeFacts(change, change.properties)));
}

/** 64 hex digits that stand for all that is seen of a plan. */
export function seenDigest(plan: Pick<Plan, "changes">): string {
  const facts = [...shownFacts(plan)].sort();
  return createHash("sha256").update(canonicalJson(facts)).digest("hex");
}

/** In a list, because JSON has no "undefined", and as it comes back from where plans are stored. */
function plain(value: unknown): JsonValue {
  if (typeof value === "string" || typeof value === "boolean") return [value];
  return value === undefined ? [] : [JSON.parse(JSON.stringify(value))];
}
