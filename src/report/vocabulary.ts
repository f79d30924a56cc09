/**
 * What changes and steps are called, and their symbols, emoji and colours: in comments, at the terminal, on the pages,
 * in logs. Words always stand beside a symbol, or a {@link legend} does: colour and shape alone say nothing.
 */
import type { StepOutcome } from "../model/apply.ts";
import type { Action, Change } from "../model/plan.ts";
import { grouped } from "../text/words.ts";

/** What a change is called in front of people: deploying an API again breaks nothing, so it is not a replacement. */
export type Kind = Action | "redeploy";

export type Color = "red" | "orange" | "yellow" | "blue" | "green" | "gray";

export interface KindWords {
  /** `deleted` */
  readonly done: string;
  /** `deleting` */
  readonly doing: string;
  /** One column, the same at the terminal, in logs and on pages. */
  readonly symbol: string;
  /** Where there is no colour to give: comments. Always beside the word. */
  readonly emoji: string;
  readonly color: Color;
}

/** Most dangerous first: the order of every table and list. */
export const KINDS = ["delete", "replace", "update", "redeploy", "create", "no-op"] as const satisfies Kind[];

export const VOCABULARY: Readonly<Record<Kind, KindWords>> = {
  delete: { done: "deleted", doing: "deleting", symbol: "-", emoji: "🔴", color: "red" },
  replace: { done: "replaced", doing: "replacing", symbol: "±", emoji: "🟠", color: "orange" },
  update: { done: "updated", doing: "updating", symbol: "~", emoji: "🟡", color: "yellow" },
  redeploy: { done: "redeployed", doing: "redeploying", symbol: "»", emoji: "🔵", color: "blue" },
  create: { done: "created", doing: "creating", symbol: "+", emoji: "🟢", color: "green" },
  "no-op": { done: "unchanged", doing: "checking", symbol: "=", emoji: "⚪", color: "gray" },
};

/** Kinds in front of counts, the most dangerous last: `2 to create, 1 to delete`. */
export const COUNTED_KINDS: readonly Exclude<Kind, "no-op">[] = KINDS.filter(
  (kind) => kind !== "no-op",
).reverse();

export function kindOf(change: Change): Kind {
  return change.redeploy === true ? "redeploy" : change.action;
}

/** Changes that do something, most dangerous first; within a kind in plan order. */
export function sortedChanges(changes: readonly Change[]): readonly Change[] {
  return KINDS.filter((kind) => kind !== "no-op").flatMap((kind) =>
    changes.filter((change) => kindOf(change) === kind),
  );
}

export type KindCounts = Readonly<Record<Kind, number>>;

/** How many there are of each kind. A plan's own `counts` are by action: a redeploy is a replacement there. */
export function countKinds(kinds: readonly Kind[]): KindCounts {
  const counts = { delete: 0, replace: 0, update: 0, redeploy: 0, create: 0, "no-op": 0 };
  for (const kind of kinds) counts[kind] += 1;
  return counts;
}

/** Only the kinds that occur, without `no-op`: for programs. */
export function occurring(counts: KindCounts): Readonly<Record<string, number>> {
  return Object.fromEntries(
    COUNTED_KINDS.filter((kind) => counts[kind] > 0).map((kind) => [kind, counts[kind]]),
  );
}

/** `2 to create, 1 to update, 1 to delete`; empty when nothing changes. */
export function countsInWords(counts: KindCounts): string {
  return COUNTED_KINDS.flatMap((kind) =>
    counts[kind] === 0 ? [] : [`${grouped(counts[kind])} to ${kind}`],
  ).join(", ");
}

/** The same from the changes themselves. */
export function changesInWords(changes: readonly Change[]): string {
  return countsInWords(countKinds(changes.map(kindOf)));
}

/** `2 created, 1 updated, 1 deleted`; empty when nothing was done. */
export function doneInWords(counts: KindCounts): string {
  return COUNTED_KINDS.flatMap((kind) =>
    counts[kind] === 0 ? [] : [`${grouped(counts[kind])} ${VOCABULARY[kind].done}`],
  ).join(", ");
}

/** `+ create  ~ update`: for places that show symbols without words. */
export function legend(kinds: readonly Kind[] = COUNTED_KINDS): readonly { symbol: string; word: Kind }[] {
  return kinds.map((kind) => ({ symbol: VOCABULARY[kind].symbol, word: kind }));
}

/** Where a step stands; `unfinished`: its run ended before the step did. */
export type StepState = StepOutcome | "running" | "waiting" | "unfinished";

export interface StateWords {
  readonly word: string;
  /** For the terminal: one column. */
  readonly symbol: string;
  readonly emoji: string;
}

/** What needs attention first: the order of results. */
export const STEP_STATES = [
  "failed",
  "running",
  "unfinished",
  "cancelled",
  "skipped",
  "waiting",
  "succeeded",
] as const satisfies StepState[];

export const STEP_VOCABULARY: Readonly<Record<StepState, StateWords>> = {
  failed: { word: "failed", symbol: "✗", emoji: "❌" },
  running: { word: "running", symbol: "…", emoji: "⏳" },
  unfinished: { word: "unfinished", symbol: "?", emoji: "❔" },
  cancelled: { word: "cancelled", symbol: "■", emoji: "⏹️" },
  skipped: { word: "skipped", symbol: "↷", emoji: "⏭️" },
  waiting: { word: "waiting", symbol: "·", emoji: "⬜" },
  succeeded: { word: "done", symbol: "✓", emoji: "✅" },
};
