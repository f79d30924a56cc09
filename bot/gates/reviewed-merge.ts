/** The plans that a merge is compared with: those of the merged heads that were reviewed and are not used up. */
import { isNamed } from "../../src/model/plan.ts";
import { pullsOf, type Run, type RunSummary } from "../../src/model/run.ts";
import type { StageSettings } from "../../src/settings/schema.ts";
import type { ReviewedPlan } from "../services/store.ts";
import type { Target } from "../stacks/targets.ts";
import { readPull } from "./facts/pull.ts";
import { reviewedPlans } from "./reviewed-plans.ts";
import type { RepositoryContext } from "../services/services.ts";

/** Means "no plan was reviewed": differs from every plan's id, so that only an empty plan passes. */
export const UNREVIEWED = "unreviewed";

/**
 * The digests for each directory of the stage, those of the newest pull request first. Empty where every review is used up; a directory
 * that nobody has planned at the merged heads is missing.
 */
export async function reviewedOfMerge(
  context: RepositoryContext,
  targets: readonly Target[],
  pulls: readonly number[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const reviewed = await Promise.all(
    pulls.map(async (number) => ({ number, plans: await plansOfHead(context, targets, number) })),
  );
  const found = targets.map(async ({ stack }): Promise<readonly [string, readonly string[]] | undefined> => {
    const shown = reviewed.flatMap(({ number, plans }) => {
      const plan = plans.get(stack.directory);
      return plan === undefined ? [] : [{ number, digest: plan.digest }];
    });
    if (shown.length === 0) return undefined;
    const applied = await context.services.store.listRuns({ stack, states: ["succeeded"], limit: 100 });
    return [stack.directory, shown.filter((plan) => !isUsedUp(plan, applied)).map(({ digest }) => digest)];
  });
  return new Map((await Promise.all(found)).filter((entry) => entry !== undefined));
}

/**
 * The digests that a run's plan is compared with; undefined where it is compared with none. A merge may be queued before the plan of the
 * approved head is made: it looks again. Where none was ever made (merged at once, the bot was down when it was approved), `digestOf`
 * plans that head now.
 */
export async function reviewedNow(
  context: RepositoryContext,
  { stack, cause, planId, orPlanIds = [] }: Run,
  stage: StageSettings,
  digestOf: (sha: string) => Promise<string>,
): Promise<readonly string[] | undefined> {
  if (planId === undefined) return undefined;
  if (planId !== UNREVIEWED) return [planId, ...orPlanIds];
  const { services, request, repository } = context;
  const pulls = pullsOf(cause);
  const found = (await reviewedOfMerge(context, [{ stack, stage }], pulls)).get(stack.directory);
  if (found !== undefined) return found.length > 0 ? found : [UNREVIEWED];
  const [newest] = pulls;
  // Without the gate nobody need have looked at the head at all.
  if (!services.keepsRecords || newest === undefined || !stage.gates.includes("approved"))
    return [UNREVIEWED];
  const { headSha } = await readPull(request, repository, newest);
  return [await digestOf(headSha)];
}

/** The plans of the merged head: by the bot's own record, or by a comment where there is none. */
export async function plansOfHead(
  context: RepositoryContext,
  targets: readonly Target[],
  number: number,
): Promise<ReadonlyMap<string, ReviewedPlan>> {
  const { headSha } = await readPull(context.request, context.repository, number);
  const shown = await reviewedPlans(context, targets, number, { purpose: "apply", sha: headSha });
  return new Map([...shown].filter(([, { sha }]) => sha === headSha));
}

/** A review is used up by its apply: what was undone since is not done again without somebody who looks at it. Pure. */
export function isUsedUp(
  { number, digest }: { readonly number: number; readonly digest: string },
  applied: readonly RunSummary[],
): boolean {
  return applied.some(
    (run) =>
      run.kind === "apply" &&
      [run.planId ?? "", ...(run.orPlanIds ?? [])].some((name) => isNamed(digest, name)) &&
      pullsOf(run.cause).includes(number) &&
      COUNTED.some((action) => (run.counts?.[action] ?? 0) > 0),
  );
}

const COUNTED = ["create", "update", "replace", "delete"] as const;
