/** What became of a reviewed plan that took several attempts: the dead ones' record and the last one's result. Pure. */
import type { ApplyResult } from "../../src/model/apply.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { RunError, RunEvent } from "../../src/model/run.ts";
import type { Verdict } from "./outcome.ts";

type ResourceResult = ApplyResult["results"][number];
type Change = Plan["changes"][number];

/** The last attempt's verdict, as that of the whole run. */
export function resumedVerdict(verdict: Verdict, reviewed: Plan, earlier: readonly RunEvent[]): Verdict {
  if (verdict.kind === "again") return verdict;
  const { result, error } = verdict.outcome;
  const whole =
    result === undefined
      ? interruptedResult(reviewed, earlier, error)
      : resumedResult(reviewed, earlier, result);
  return { kind: "over", outcome: { ...verdict.outcome, plan: reviewed, result: whole } };
}

/**
 * The result as if nothing had interrupted it: every change of the reviewed plan once, in its order. A change that the
 * last attempt no longer found was carried out before it, even where no process survived to record that.
 */
function resumedResult(reviewed: Plan, events: readonly RunEvent[], last: ApplyResult): ApplyResult {
  const recorded = recordOf(events);
  const rest = Map.groupBy(last.results, ({ key }) => ownerOf(key, reviewed));
  const ids = new Map(last.plan.changes.map(({ key, id }) => [key, id]));
  const changes = reviewed.changes.filter(({ action }) => action !== "no-op");
  const results = changes.map((change): ResourceResult => {
    const before = recorded.done.get(change.key);
    const after = rest.get(change.key);
    if (after !== undefined) return finishedLater(change, after, before);
    if (before !== undefined) return { ...before, action: change.action };
    const { key, type, name, action } = change;
    const id = action === "delete" ? undefined : ids.get(key);
    return {
      key,
      type,
      name,
      action,
      outcome: "succeeded",
      durationMs: 0,
      ...(id === undefined ? {} : { id }),
    };
  });
  return {
    ...last,
    plan: reviewed,
    results,
    durationMs: last.durationMs + recorded.durationMs,
  };
}

/** An attempt that could not go on, or was cancelled: what was done is still reported. */
function interruptedResult(
  reviewed: Plan,
  events: readonly RunEvent[],
  error: RunError | undefined,
): ApplyResult {
  const recorded = recordOf(events);
  const changes = reviewed.changes.filter(({ action }) => action !== "no-op");
  const first = changes.find(({ key }) => !recorded.done.has(key))?.key;
  const results = changes.map((change): ResourceResult => {
    const { key, type, name, action } = change;
    const open = { key, type, name, action, durationMs: 0 };
    if (error !== undefined && key === first) return { ...open, outcome: "failed", error };
    return (
      recorded.done.get(key) ??
      (error === undefined
        ? { ...open, outcome: "cancelled" }
        : { ...open, outcome: "skipped", because: first })
    );
  });
  return {
    plan: reviewed,
    succeeded: false,
    results,
    outputs: [],
    durationMs: recorded.durationMs,
    awsCalls: 0,
    cancelled: error === undefined,
  };
}

/** Changes that were carried out, and how long there was something to record. */
function recordOf(events: readonly RunEvent[]): {
  readonly done: ReadonlyMap<string, ResourceResult>;
  readonly durationMs: number;
} {
  const done = new Map<string, ResourceResult>();
  const times: number[] = [];
  for (const { event } of events) {
    if (event.kind === "log" || event.kind === "plan") continue;
    times.push(event.at);
    if (event.kind === "step-finished" && event.result.outcome === "succeeded")
      done.set(event.result.key, event.result);
  }
  return { done, durationMs: times.length === 0 ? 0 : Math.max(...times) - Math.min(...times) };
}

/** The old half of a replacement has its id behind the key. */
function ownerOf(key: string, { changes }: Plan): string {
  return changes.some((change) => change.key === key) ? key : key.replace(/#[^#]*$/, "");
}

/** What was a create when it was reviewed may have been an update, or only the old half's removal, when it was finished. */
function finishedLater(
  { key, type, name, action }: Change,
  all: readonly ResourceResult[],
  before: ResourceResult | undefined,
): ResourceResult {
  const worst =
    all.find(({ outcome }) => outcome === "failed") ?? all.find(({ outcome }) => outcome !== "succeeded");
  const [first] = all;
  const shown = worst ?? first;
  if (shown === undefined) throw new Error("a change without a result");
  const id = all.find((one) => one.id !== undefined)?.id ?? before?.id;
  return {
    ...shown,
    key,
    type,
    name,
    action,
    ...(id === undefined ? {} : { id }),
    durationMs: all.reduce((sum, { durationMs }) => sum + durationMs, before?.durationMs ?? 0),
  };
}
