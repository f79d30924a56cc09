/** A planned run, for a plan comment. Pure. */
import type { StackPlan } from "../../../src/report/report.ts";
import type { Run } from "../../../src/model/run.ts";

export function stackPlan(run: Run): StackPlan {
  const { directory } = run.stack;
  if (run.plan !== undefined && run.error === undefined)
    return { directory, plan: run.plan, ...(run.goneFrom === undefined ? {} : { gone: true }) };
  const error = run.error ?? { code: "RUN_CANCELLED", message: "the plan was cancelled" };
  return { directory, errors: run.error?.mistakes ?? [error] };
}
