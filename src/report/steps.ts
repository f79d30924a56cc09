/** The progress of each change of a plan, as comments, terminal and pages show it. Pure. */
import type { ApplyEvent, ApplyResult, ResourceResult, StepError, StepWaiting } from "../model/apply.ts";
import type { Change, Plan } from "../model/plan.ts";
import { type Kind, kindOf, STEP_STATES, type StepState } from "./vocabulary.ts";

export interface Step {
  readonly change: Pick<Change, "key" | "type" | "name" | "action">;
  readonly kind: Kind;
  readonly state: StepState;
  /** The id that AWS assigned, once known. */
  readonly id?: string | undefined;
  /** Milliseconds since 1970; only from events. */
  readonly startedAt?: number | undefined;
  readonly durationMs?: number | undefined;
  /** While it runs: what it waits for at AWS, since and until when. */
  readonly waiting?: Pick<StepWaiting, "awaiting" | "at" | "until"> | undefined;
  readonly error?: StepError | undefined;
  /** For a skipped step: the key of the failed step it depends on. */
  readonly because?: string | undefined;
}

interface Progress {
  /** In order; may include events of earlier attempts. */
  readonly events?: readonly ApplyEvent[] | undefined;
  /** The final results; they override the events. */
  readonly results?: readonly ResourceResult[] | undefined;
  /** True if the run has ended: a step without a result is then `unfinished`, not `running` or `waiting`. */
  readonly over?: boolean | undefined;
}

/** Every change other than a no-op, in plan order, with its progress. */
export function stepsOf(
  { changes }: Pick<Plan, "changes">,
  { events = [], results = [], over = false }: Progress,
): readonly Step[] {
  const known = new Map<string, Known>();
  for (const event of events) {
    if (event.kind === "step-started") known.set(event.key, { state: "running", startedAt: event.at });
    else if (event.kind === "step-waiting")
      known.set(event.key, {
        state: "running",
        startedAt: known.get(event.key)?.startedAt ?? event.at,
        ...waitOf(event),
      });
    else known.set(event.result.key, ended(event.result));
  }
  for (const result of results) known.set(result.key, ended(result));
  const planned = new Set(changes.map(({ key }) => key));
  return [
    ...changes
      .filter(({ action }) => action !== "no-op")
      .map((change) => stepOf(change, kindOf(change), known.get(change.key), over)),
    // Steps that are not in the plan: deleting the old resource that an interrupted replacement left behind.
    ...results
      .filter(({ key }) => !planned.has(key))
      .map((result) => stepOf(result, result.action, ended(result), over)),
  ];
}

type Known = Omit<Step, "change" | "kind">;

function waitOf({ awaiting, at, until }: StepWaiting): Pick<Known, "waiting"> {
  return { waiting: { awaiting, at, until } };
}

function ended({ outcome, id, durationMs, error, because }: ResourceResult): Known {
  return { state: outcome, id, durationMs, error, because };
}

function stepOf(
  change: Step["change"] & { readonly id?: string | undefined },
  kind: Kind,
  known: Known | undefined,
  over: boolean,
): Step {
  const state = known?.state ?? "waiting";
  return {
    change,
    kind,
    ...known,
    // A successful result without an id is a delete.
    id: known?.id ?? (state === "succeeded" ? undefined : change.id),
    state: over && (state === "waiting" || state === "running") ? "unfinished" : state,
  };
}

/** The steps of a finished apply. */
export function resultSteps({ plan, results }: Pick<ApplyResult, "plan" | "results">): readonly Step[] {
  return stepsOf(plan, { results, over: true });
}

/** Failures first, successes last, otherwise in plan order. */
export function attentionFirst(steps: readonly Step[]): readonly Step[] {
  return STEP_STATES.flatMap((state) => steps.filter((step) => step.state === state));
}

export function countStates(steps: readonly Step[]): Readonly<Record<StepState, number>> {
  const counts = {
    failed: 0,
    running: 0,
    unfinished: 0,
    cancelled: 0,
    skipped: 0,
    waiting: 0,
    succeeded: 0,
  };
  for (const { state } of steps) counts[state] += 1;
  return counts;
}
