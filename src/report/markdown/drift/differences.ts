/**
 * The changes of a plan as what differs in AWS now. A plan says what an apply would do, from AWS to the spec; a difference says
 * the same the other way round: what the spec has → what AWS has. Pure.
 */
import type { Change, ShownPropertyChange } from "../../../model/plan.ts";
import { replacedBy } from "../../reason.ts";
import { sortedChanges } from "../../vocabulary.ts";

export type DifferenceKind = "different" | "extra" | "missing";

export interface Difference {
  readonly kind: DifferenceKind;
  /** As planned. */
  readonly planned: Change;
  /** With the spec's values before and AWS's after. */
  readonly turned: Change;
}

/** Most dangerous to take back first. What is replaced only because something else is does not differ itself. */
export function differencesOf(changes: readonly Change[]): readonly Difference[] {
  return sortedChanges(changes)
    .filter((change) => replacedBy(change) === undefined)
    .map((planned) => ({ kind: kindOf(planned), planned, turned: turnedRound(planned) }));
}

function kindOf({ action, redeploy }: Change): DifferenceKind {
  if (redeploy === true) return "different";
  if (action === "create") return "missing";
  return action === "delete" ? "extra" : "different";
}

/** Where built code or an image came from is left out: what AWS runs came from elsewhere. */
function turnedRound({ code: _code, image: _image, codeSize, ...change }: Change): Change {
  return {
    ...change,
    action: "update",
    properties: change.properties.map(swapped),
    ...(codeSize === undefined ? {} : { codeSize: { before: codeSize.after, after: codeSize.before } }),
  };
}

function swapped({ before, after, ...property }: ShownPropertyChange): ShownPropertyChange {
  return {
    ...property,
    // In AWS it is no default any more, and nothing is replaced by looking.
    byDefault: false,
    replaces: false,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  };
}

/** `1 different, 2 missing` */
export function differencesInWords(differences: readonly Difference[]): string {
  return (["different", "extra", "missing"] as const)
    .map((kind) => ({ kind, count: differences.filter((one) => one.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`)
    .join(", ");
}
