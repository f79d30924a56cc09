/**
 * Names, symbols, emoji and colours of changes and steps, for comments, the terminal, pages and logs. Always show a
 * symbol with its word or with a {@link legend}: not everybody can tell colours and shapes apart.
 */
import type { StepOutcome } from "../model/apply.ts";
import type { Action, Change } from "../model/plan.ts";
import { grouped } from "../text/words.ts";

/** The kinds of change that people see. A redeployment breaks nothing, so it is not shown as a replacement. */
export type Kind = Action | "redeploy";

export type Color = "red" | "orange" | "yellow" | "blue" | "green" | "gray";

interface KindWords {
  /** `deleted` */
  readonly done: string;
  /** `deleting` */
  readonly doing: string;
  /** One column wide; the same in the terminal, in logs and on pages. */
  readonly symbol: string;
  /** For comments, which have no colours. Always next to the word. */
  readonly emoji: string;
  readonly color: Color;
}

/** The order of every table and list: most dangerous first. */
export const KINDS = ["delete", "replace", "update", "redeploy", "create", "no-op"] as const satisfies Kind[];

export const VOCABULARY = {
  delete: { done: "deleted", doing: "deleting", symbol: "-", emoji: "🔴", color: "red" },
  replace: { done: "replaced", doing: "replacing", symbol: "±", emoji: "🟠", color: "orange" },
  update: { done: "updated", doing: "updating", symbol: "~", emoji: "🟡", color: "yellow" },
  redeploy: { done: "redeployed", doing: "redeploying", symbol: "»", emoji: "🔵", color: "blue" },
  create: { done: "created", doing: "creating", symbol: "+", emoji: "🟢", color: "green" },
  "no-op": { done: "unchanged", doing: "checking", symbol: "=", emoji: "⚪", color: "gray" },
} as const satisfies Readonly<Record<Kind, KindWords>>;

/** The order of counts: most dangerous last, as in `2 to create, 1 to delete`. */
export const COUNTED_KINDS: readonly Exclude<Kind, "no-op">[] = KINDS.filter(
  (kind) => kind !== "no-op",
).reverse();

export function kindOf(change: Change): Kind {
  return change.redeploy === true ? "redeploy" : change.action;
}

/** Changes other than no-ops, most dangerous first, and in plan order within a kind. */
export function sortedChanges(changes: readonly Change[]): readonly Change[] {
  return KINDS.filter((kind) => kind !== "no-op").flatMap((kind) =>
    changes.filter((change) => kindOf(change) === kind),
  );
}

export type KindCounts = Readonly<Record<Kind, number>>;

/** The number of changes of each kind. A plan's own `counts` are by action: there, a redeployment is a replacement. */
export function countKinds(kinds: readonly Kind[]): KindCounts {
  const counts = { delete: 0, replace: 0, update: 0, redeploy: 0, create: 0, "no-op": 0 };
  for (const kind of kinds) counts[kind] += 1;
  return counts;
}

/** The kinds that occur, without `no-op`, for programs. */
export function occurring(counts: KindCounts): Readonly<Record<string, number>> {
  return Object.fromEntries(
    COUNTED_KINDS.filter((kind) => counts[kind] > 0).map((kind) => [kind, counts[kind]]),
  );
}

/** `2 to create, 1 to update, 1 to delete`; empty if nothing changes. */
export function countsInWords(counts: KindCounts): string {
  return COUNTED_KINDS.flatMap((kind) =>
    counts[kind] === 0 ? [] : [`${grouped(counts[kind])} to ${kind}`],
  ).join(", ");
}

/** The same, computed from changes. */
export function changesInWords(changes: readonly Change[]): string {
  return countsInWords(countKinds(changes.map(kindOf)));
}

/** `2 created, 1 updated, 1 deleted`; empty if nothing was done. */
export function doneInWords(counts: KindCounts): string {
  return COUNTED_KINDS.flatMap((kind) =>
    counts[kind] === 0 ? [] : [`${grouped(counts[kind])} ${VOCABULARY[kind].done}`],
  ).join(", ");
}

/** `+ create  ~ update`, for places that show symbols without words. */
export function legend(kinds: readonly Kind[] = COUNTED_KINDS): readonly { symbol: string; word: Kind }[] {
  return kinds.map((kind) => ({ symbol: VOCABULARY[kind].symbol, word: kind }));
}

/** A step's state; `unfinished`: its run ended before the step did. */
export type StepState = StepOutcome | "running" | "waiting" | "unfinished";

interface StateWords {
  readonly word: string;
  /** For the terminal, one column wide. */
  readonly symbol: string;
  readonly emoji: string;
}

/** The order of results: failures first. */
export const STEP_STATES = [
  "failed",
  "running",
  "unfinished",
  "cancelled",
  "skipped",
  "waiting",
  "succeeded",
] as const satisfies StepState[];

export const STEP_VOCABULARY = {
  failed: { word: "failed", symbol: "✗", emoji: "❌" },
  running: { word: "running", symbol: "…", emoji: "⏳" },
  unfinished: { word: "unfinished", symbol: "?", emoji: "❔" },
  cancelled: { word: "cancelled", symbol: "■", emoji: "⏹️" },
  skipped: { word: "skipped", symbol: "↷", emoji: "⏭️" },
  waiting: { word: "waiting", symbol: "·", emoji: "⬜" },
  succeeded: { word: "done", symbol: "✓", emoji: "✅" },
} as const satisfies Readonly<Record<StepState, StateWords>>;
