/** Deletes and replacements, each told once: what is deleted with something else is counted there. Pure. */
import type { Change } from "../model/plan.ts";
import { replacedBy } from "./reason.ts";
import { kindOf, sortedChanges } from "./vocabulary.ts";

export interface Caution {
  readonly change: Change;
  /** What goes or is replaced with it. */
  readonly inside: readonly Change[];
}

/** Most dangerous first. What something is lost with has a caution of its own, also inside of another. */
export function cautionsOf(changes: readonly Change[]): readonly Caution[] {
  const dangerous = sortedChanges(changes).filter(
    (change) => kindOf(change) === "delete" || kindOf(change) === "replace",
  );
  const byKey = new Map(dangerous.map((change) => [change.key, change]));
  const rooted = dangerous.map((change) => ({ change, root: rootOf(change, byKey) }));
  const inside = Map.groupBy(
    rooted.filter(({ change, root }) => root !== change && change.protection === undefined),
    ({ root }) => root,
  );
  return dangerous
    .filter((change) => parentOf(change, byKey) === undefined || change.protection !== undefined)
    .map((change) => ({ change, inside: (inside.get(change) ?? []).map((one) => one.change) }));
}

/** The deletes that these cautions tell: a table need not repeat them. */
export function toldDeletes(cautions: readonly Caution[]): ReadonlySet<Change> {
  return new Set(
    cautions
      .flatMap(({ change, inside }) => [change, ...inside])
      .filter((change) => kindOf(change) === "delete"),
  );
}

function parentOf(change: Change, byKey: ReadonlyMap<string, Change>): Change | undefined {
  const taker =
    change.withParent === true
      ? change.after[0]
      : change.action === "replace"
        ? replacedBy(change)
        : undefined;
  return taker === undefined || taker === change.key ? undefined : byKey.get(taker);
}

function rootOf(change: Change, byKey: ReadonlyMap<string, Change>): Change {
  let root = change;
  // Bounded: a forged plan could contain a cycle.
  for (let hops = 0; hops < 20; hops += 1) {
    const parent = parentOf(root, byKey);
    if (parent === undefined) return root;
    root = parent;
  }
  return root;
}
