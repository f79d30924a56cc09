/** What a run's page shows, derived from the stored run and its events. Pure. */
import type { ApplyEvent } from "../../../src/model/apply.ts";
import { type Change, isApplicable, type Plan, type Problem } from "../../../src/model/plan.ts";
import type { Run, RunEvent } from "../../../src/model/run.ts";
import { isEnded } from "../../../src/model/run-states.ts";
import { viewPlan } from "../../../src/report/plan-view.ts";
import { countStates, type Step, stepsOf } from "../../../src/report/steps.ts";
import type { StepState } from "../../../src/report/vocabulary.ts";

export interface StepView extends Omit<Step, "change"> {
  /** Its index in the plan, used in element ids. */
  readonly index: number;
  readonly change: Change;
}

export interface RunView {
  readonly run: Run;
  readonly plan?: Plan | undefined;
  /** Changes to carry out, in plan order. For a plan or drift check: all that it proposes. */
  readonly steps: readonly StepView[];
  /** Resources that match the spec. */
  readonly unchanged: readonly Change[];
  /** Problems that block the plan. */
  readonly blocking: readonly Problem[];
  /** False for plans and drift checks, whose changes are not carried out. */
  readonly writes: boolean;
  readonly counts: Readonly<Record<StepState, number>>;
  readonly events: readonly RunEvent[];
  /** The last event's sequence. */
  readonly sequence: number;
}

/** Events of an earlier attempt count too if the plan still contains their change. */
export function viewOf(stored: Run, events: readonly RunEvent[]): RunView {
  const plan = stored.result?.plan ?? stored.plan;
  const run = plan === undefined || isApplicable(plan) ? stored : { ...stored, blocked: true as const };
  const writes = run.kind === "apply" || run.kind === "destroy";
  const { unchanged, blocking } = viewPlan(plan ?? { changes: [], problems: [] });
  const steps = planned(
    plan,
    stepsOf(plan ?? { changes: [] }, {
      events: events.flatMap(({ event }) => (isStep(event) ? [event] : [])),
      results: run.result?.results,
      over: writes && isEnded(run.state),
    }),
  );
  return {
    run,
    plan,
    steps,
    unchanged,
    blocking,
    writes,
    counts: countStates(steps),
    events,
    sequence: events.at(-1)?.sequence ?? 0,
  };
}

function isStep(event: RunEvent["event"]): event is ApplyEvent {
  return event.kind === "step-started" || event.kind === "step-waiting" || event.kind === "step-finished";
}

/** Each with its index in the plan. Steps beyond the plan have none; the log shows them. */
function planned(plan: Plan | undefined, steps: readonly Step[]): readonly StepView[] {
  const places = new Map(plan?.changes.map((change, index) => [change.key, { change, index }]));
  return steps.flatMap((step) => {
    const place = places.get(step.change.key);
    return place === undefined ? [] : [{ ...step, ...place }];
  });
}
