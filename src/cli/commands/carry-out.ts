/** Plan, show, ask, execute: the common part of apply, adopt and destroy. */
import { type ApplyOptions, applyStack, destroyStack } from "../../engine/apply-stack.ts";
import { planDestroy, planStack } from "../../engine/plan-stack.ts";
import { fail } from "../../model/errors.ts";
import { hasChanges, isApplicable, isNamed } from "../../model/plan.ts";
import { plural } from "../../text/words.ts";
import { cancelOnInterrupt, CANCELLED_EXIT } from "./cancel.ts";
import type { Context } from "../context.ts";
import { during } from "./progress.ts";
import { progressOf, showPlan, showResult } from "./show.ts";

interface Verb {
  readonly name: "apply" | "destroy";
  readonly plan: typeof planStack;
  readonly carryOut: typeof applyStack;
}

export const APPLY: Verb = { name: "apply", plan: planStack, carryOut: applyStack };
export const DESTROY: Verb = { name: "destroy", plan: planDestroy, carryOut: destroyStack };

/** Executes the command and returns the exit code. */
export async function carryOut(context: Context, verb: Verb): Promise<number> {
  const { io, invocation } = context;
  if (invocation.yes) return execute(context, verb, invocation.planId, true);
  if (!io.interactive) {
    fail(
      "CONFIRMATION_NEEDED",
      `gatewright ${invocation.command} asks before it changes AWS, but this is not a terminal`,
      {
        hint: "Add --yes, preferably with the --plan-id of a plan you have reviewed.",
      },
    );
  }
  const { stack, aws } = context;
  const { plan } = await during(
    io,
    () => planning(context),
    aws,
    () => verb.plan(stack, aws),
  );
  showPlan(context, plan);
  if (invocation.planId !== undefined && !isNamed(plan.digest, invocation.planId))
    return execute(context, verb, invocation.planId, false);
  if (!isApplicable(plan)) return 1;
  if (!hasChanges(plan)) return nothing(context);
  const answer = await io.ask(`Type "yes" to ${verb.name} this plan (${plan.id}): `);
  if (answer?.trim().toLowerCase() !== "yes") {
    io.note("Nothing was changed.");
    return 1;
  }
  // Plans again, and refuses if anything has changed since the question.
  return execute(context, verb, plan.digest, false);
}

function planning({ stack }: Context): string {
  return `Planning ${stack.directory} (stage ${stack.stage}, ${stack.region})`;
}

function nothing({ io, invocation }: Context): number {
  io.note(`Nothing to ${invocation.command === "destroy" ? "destroy" : "apply"}.`);
  return 0;
}

/** The test calls what is public: a matter of the bot, which sees it from outside. */
function noteSmoke({ io, smokeCalls }: Context): void {
  if (smokeCalls > 0)
    io.note(
      `Not run here: the stage's smoke test (${plural(smokeCalls, "call")}). The bot runs it after /apply.`,
    );
}

async function execute(
  context: Context,
  verb: Verb,
  planId: string | undefined,
  show: boolean,
): Promise<number> {
  const { io, stack, aws } = context;
  const interrupt = cancelOnInterrupt(io);
  let doing = planning(context);
  let progress: ReturnType<typeof progressOf> | undefined;
  const how: ApplyOptions = {
    planId,
    signal: interrupt.signal,
    onPlan: ({ plan }) => {
      if (show) showPlan(context, plan);
      progress = progressOf(context, plan);
      doing = verb.name === "destroy" ? "Destroying" : "Applying";
    },
    onEvent: (event) => progress?.(event),
  };
  try {
    const result = await during(
      io,
      () => doing,
      aws,
      () => verb.carryOut(stack, aws, how),
    );
    if (!hasChanges(result.plan)) return nothing(context);
    showResult(context, result);
    if (result.succeeded && verb.name === "apply") noteSmoke(context);
    if (result.succeeded) return 0;
    return result.cancelled ? CANCELLED_EXIT : 1;
  } finally {
    interrupt.stop();
  }
}
