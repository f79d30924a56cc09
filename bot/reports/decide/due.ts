/** Which parts of a group's report are due: each is written once per change of its content. Pure. */
import { isEnded } from "../../../src/model/run-states.ts";
import { isRollback, type RunSummary } from "../../../src/model/run.ts";

export interface Part {
  readonly kind:
    | "check"
    | "head"
    | "deployment"
    | "answer"
    | "applied-plans"
    | "failed-merge"
    | "reaction"
    | "next";
  /** What it is recorded by; a run's own part carries the run's id. */
  readonly name: string;
  /** Recorded with it: how many runs of the group had ended. */
  readonly version: number;
  readonly runId?: string | undefined;
}

/** The parts of a group's report after its last run has ended, in this order. */
const AT_THE_END: Readonly<Record<RunSummary["kind"], readonly Part["kind"][]>> = {
  plan: ["answer", "head", "reaction", "next"],
  drift: ["answer", "reaction"],
  apply: ["answer", "head", "applied-plans", "failed-merge", "reaction", "next"],
  destroy: ["answer", "reaction"],
};

/** A preview is nobody's reviewed plan, and no stage waits for it. */
const OF_A_PREVIEW: readonly Part["kind"][] = ["answer", "reaction", "next"];

const AFTER_A_ROLLBACK: readonly Part["kind"][] = ["answer", "reaction"];

/** `reported` is the record: part → how many runs had ended when it was written. */
export function dueParts(
  runs: readonly RunSummary[],
  reported: ReadonlyMap<string, number>,
): readonly Part[] {
  const [first] = runs;
  const ended = runs.filter(({ state }) => isEnded(state));
  const waiting = runs.filter(({ state }) => state === "waiting").length;
  // What was asked on a page is answered there.
  if (first === undefined || first.cause.by === "page") return [];
  // A merge that waits for a hold says so once: it may wait for days.
  const waits: readonly Part[] = waiting === 0 ? [] : [{ kind: "answer", name: "waiting", version: waiting }];
  if (ended.length === 0) return waits.filter(({ name, version }) => (reported.get(name) ?? 0) < version);
  const isPreview = first.cause.by === "preview";
  const own = ended.flatMap(({ id, kind }): readonly Part[] => [
    { kind: "check", name: `check/${id}`, version: 1, runId: id },
    ...(kind === "apply" || isPreview
      ? [{ kind: "deployment", name: `deployment/${id}`, version: 1, runId: id } as const]
      : []),
  ]);
  const isOver = ended.length === runs.length;
  // Plans and drift are answered together, seconds later; an apply's comment follows each of its runs.
  const early: readonly Part["kind"][] = first.kind === "apply" || first.kind === "destroy" ? ["answer"] : [];
  // A rollback is of another commit than the pull request's head, and what it undid stays undone until somebody goes on.
  const goesBack = isRollback(first.cause);
  const end = isPreview ? OF_A_PREVIEW : goesBack ? AFTER_A_ROLLBACK : AT_THE_END[first.kind];
  const shared = (isOver ? end : early).map((kind): Part => ({ kind, name: kind, version: ended.length }));
  return [...own, ...waits, ...shared].filter(({ name, version }) => (reported.get(name) ?? 0) < version);
}
