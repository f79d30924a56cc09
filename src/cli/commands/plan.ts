/** `gatewright plan` */
import { planToShow } from "../../engine/plan-stack.ts";
import { hasChanges, isApplicable } from "../../model/plan.ts";
import type { Context } from "../context.ts";
import { during } from "./progress.ts";
import { showPlan } from "./show.ts";

export async function run(context: Context): Promise<number> {
  const { io, stack, aws, invocation } = context;
  const what = `Planning ${stack.directory} (stage ${stack.stage}, ${stack.region})`;
  const { plan } = await during(
    io,
    () => what,
    aws,
    () => planToShow(stack, aws),
  );
  showPlan(context, plan);
  if (!isApplicable(plan)) return 1;
  return invocation.detailedExitcode && hasChanges(plan) ? 2 : 0;
}
