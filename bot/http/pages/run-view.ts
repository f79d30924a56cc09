/** What a run's page shows, worked out from the stored run and its events. Pure. */
import type { ApplyEvent } from "../../../src/model/apply.ts";
import type { Change, Plan, Problem } from "../../../src/model/plan.ts";
import type { Run, RunEvent } from "../../../src/model/run.ts";
import { isEnded } from "../../../src/model/run-states.ts";
import { viewPlan } from "../../../src/report/plan-view.ts";
import { countStates, type Step, stepsOf } from "../../../src/report/steps.ts";
import type { StepState } from "../../../src/report/vocabulary.ts";

export interface StepView extends Omit<Step, "change"> {
  /** Its place in the plan: what its elements are called on the page. */
  readonly index: number;
  readonly change: Change;
}

export interface RunView {
  readonly run: Run;
  readonly plan?: Plan | undefined;
  /** Changes that are carried out, in plan order. Of a plan or drift check: all that would be. */
  readonly steps: readonly StepView[];
  /** Resources that are as the spec says. */
  readonly unchanged: readonly Change[];
  /** Problems that keep the plan from being applied. */
  readonly blocking: readonly Problem[];
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
  return event.kind === "step-started" || event.kind === "step-finished";
}

/** Each with its place in the plan. What an apply did beyond its plan has none: the log names it. */
function planned(plan: Plan | undefined, steps: readonly Step[]): readonly StepView[] {
  const places = new Map(plan?.changes.map((change, index) => [change.key, { change, index }]));
  return steps.flatMap((step) => {
    const place = places.get(step.change.key);
    return place === undefined ? [] : [{ ...step, ...place }];
  });
}
