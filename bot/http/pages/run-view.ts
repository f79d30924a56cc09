/** What a run's page shows, worked out from the stored run and its events. Pure. */
import type { Change, Plan } from "../../../src/model/plan.ts";
import type { StepError } from "../../../src/model/apply.ts";
import type { Run, RunEvent } from "../../../src/model/run.ts";
import { hasEnded, type StepState } from "./words.ts";

export interface StepView {
  /** Its place in the plan: what its elements are called on the page. */
  readonly index: number;
  readonly change: Change;
  readonly state: StepState;
  readonly id?: string | undefined;
  readonly startedAt?: Date | undefined;
  readonly durationMs?: number | undefined;
  readonly error?: StepError | undefined;
  /** For skipped: the key of the failure it waited for. */
  readonly because?: string | undefined;
}

export interface RunView {
  readonly run: Run;
  readonly plan?: Plan | undefined;
  /** Changes that are carried out, in plan order. Of a plan or drift check: all that would be. */
  readonly steps: readonly StepView[];
  readonly unchanged: readonly Change[];
  /** False for plans and drift checks, whose changes are not carried out. */
  readonly writes: boolean;
  readonly counts: Readonly<Record<StepState, number>>;
  readonly events: readonly RunEvent[];
  /** Of the last event. */
  readonly sequence: number;
}

/** Events of an earlier attempt count too, when the plan still has their change. */
export function viewOf(run: Run, events: readonly RunEvent[]): RunView {
  const plan = run.result?.plan ?? run.plan;
  const writes = run.kind === "apply" || run.kind === "destroy";
  const known = progress(run, events);
  const changes = plan?.changes ?? [];
  const steps = changes.flatMap((change, index) =>
    change.action === "no-op" ? [] : [stepOf(run, writes, change, index, known.get(change.key))],
  );
  const counts = {
    waiting: 0,
    running: 0,
    succeeded: 0,
    failed: 0,
    skipped: 0,
    cancelled: 0,
    unfinished: 0,
  };
  for (const { state } of steps) counts[state] += 1;
  return {
    run,
    plan,
    steps,
    unchanged: changes.filter(({ action }) => action === "no-op"),
    writes,
    counts,
    events,
    sequence: events.at(-1)?.sequence ?? 0,
  };
}

type Progress = Omit<StepView, "index" | "change">;

/** By key: how far each change came. The stored result has the last word. */
function progress(run: Run, events: readonly RunEvent[]): ReadonlyMap<string, Progress> {
  const known = new Map<string, Progress>();
  for (const { event } of events) {
    if (event.kind === "step-started")
      known.set(event.key, { state: "running", startedAt: new Date(event.at) });
    if (event.kind === "step-finished") known.set(event.result.key, finished(event.result));
  }
  for (const result of run.result?.results ?? []) known.set(result.key, finished(result));
  return known;
}

type Finished = Extract<RunEvent["event"], { readonly kind: "step-finished" }>["result"];

function finished({ outcome, id, durationMs, error, because }: Finished): Progress {
  return { state: outcome, id, durationMs, error, because };
}

function stepOf(
  run: Run,
  writes: boolean,
  change: Change,
  index: number,
  known: Progress | undefined,
): StepView {
  const over = writes && hasEnded(run);
  const step = { index, change, ...known, id: known?.id ?? change.id };
  if (known === undefined) return { ...step, state: over ? "unfinished" : "waiting" };
  // Its process died, or the run was taken over: nobody knows whether AWS did it; the next plan looks.
  return { ...step, state: over && known.state === "running" ? "unfinished" : known.state };
}
