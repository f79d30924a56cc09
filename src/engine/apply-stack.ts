/** Carries a plan out, whether it makes a stack or deletes it. */
import type { ConnectedAws } from "../aws/connect.ts";
import type { ApplyEvent, ApplyResult } from "../model/apply.ts";
import { fail, GatewrightError } from "../model/errors.ts";
import { hasChanges, isApplicable, isNamed, shortId } from "../model/plan.ts";
import { callablesOf, outputsOf } from "./apply/outputs.ts";
import { walk } from "./apply/walk.ts";
import { makeWorld } from "./apply/world.ts";
import { hiddenEvent, hiddenOutputs, hiddenResult } from "./plan/secrets.ts";
import { planDestroy, planStack } from "./plan-stack.ts";
import type { Planning } from "./plan/planning.ts";
import type { StackOptions } from "./stack.ts";

export interface ApplyOptions {
  /**
   * Refuse any other plan than this: its digest; of several, any will do. An id of twelve digits is what a person may give who has
   * just seen the plan.
   */
  readonly planId?: string | readonly string[] | undefined;
  /** Asked where the plan has changes and is none of those: whether they may be made all the same. */
  readonly isReviewed?: ((planning: Planning) => Promise<boolean>) | undefined;
  /** Cancels between steps. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: ApplyEvent) => void) | undefined;
  /** The recomputed plan, before its first step. */
  readonly onPlan?: ((planning: Planning) => void) | undefined;
  /** Called right before every write; throw to stop (a lost lock). */
  readonly beforeWrite?: ((key: string) => Promise<void>) | undefined;
}

/** Plans again, compares digests, applies. Throws for what stops it before the first step; the result reports the rest. */
export async function applyStack(
  options: StackOptions,
  aws: ConnectedAws,
  how: ApplyOptions = {},
): Promise<ApplyResult> {
  return carryOutPlan(await planStack(options, aws), aws, how);
}

/** Removes everything of the stack that is ours, in reverse order. */
export async function destroyStack(
  options: StackOptions,
  aws: ConnectedAws,
  how: ApplyOptions = {},
): Promise<ApplyResult> {
  return carryOutPlan(await planDestroy(options, aws), aws, how);
}

async function carryOutPlan(planning: Planning, aws: ConnectedAws, how: ApplyOptions): Promise<ApplyResult> {
  const { plan } = planning;
  const started = aws.clock.now();
  how.onPlan?.(planning);
  // A plan without changes needs no review: there is nothing in it that a reviewer could have missed.
  const named = [how.planId ?? []].flat();
  const isOther = named.length > 0 && !named.some((name) => isNamed(plan.digest, name)) && hasChanges(plan);
  if (isOther && (await how.isReviewed?.(planning)) !== true) {
    const [asked = "", now] = [shortId(named[0] ?? ""), plan.id];
    throw new GatewrightError(
      "PLAN_STALE",
      asked === now
        ? `plan ${asked} is out of date; the current plan has the same id and other contents`
        : `plan ${asked} is out of date; the current plan is ${now}`,
      {
        hint: "The spec or AWS has changed since that plan was made. Review the new plan and apply it.",
      },
    );
  }
  if (!isApplicable(plan)) {
    const [first] = plan.problems.filter(({ severity }) => severity === "error");
    fail(first?.code ?? "PLAN_BLOCKED", first?.message ?? "the plan cannot be applied", {
      hint: first?.hint,
      at: first?.at,
      resource: first?.key,
    });
  }
  const world = makeWorld(aws, planning, how.signal);
  const { stored } = planning;
  const walked = await walk(world, {
    signal: how.signal,
    onEvent: (event) => how.onEvent?.(hiddenEvent(event, stored)),
    beforeWrite: how.beforeWrite ?? (async () => {}),
  });
  const results = walked.map((result) => hiddenResult(result, stored));
  return {
    plan,
    succeeded: results.every(({ outcome }) => outcome === "succeeded"),
    results,
    outputs: hiddenOutputs(outputsOf(world.live, planning.registry), stored),
    callables: callablesOf(world.live, planning.registry),
    durationMs: aws.clock.now() - started,
    awsCalls: aws.calls(),
    cancelled: results.some(({ outcome }) => outcome === "cancelled"),
  };
}
