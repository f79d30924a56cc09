/** What a list shows of a run's plan, kept beside it. Pure. */
import type { Plan } from "../../src/model/plan.ts";
import type { RunSummary } from "../../src/model/run.ts";
import { countKinds, kindOf } from "../../src/report/vocabulary.ts";

/** How many changes of each kind the plan has. */
export function countsOf(plan: Plan | undefined): RunSummary["counts"] {
  return plan === undefined ? undefined : countKinds(plan.changes.map(kindOf));
}
