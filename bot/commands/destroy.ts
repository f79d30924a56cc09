/** `/destroy` shows a plan of what would be deleted; `/destroy PLAN-ID` confirms exactly that plan. */
import { md } from "../../src/text/markdown.ts";
import { randomUUID } from "node:crypto";
import { planComment } from "../../src/report/markdown/plan/comment.ts";
import { isPlanned, type StackPlan } from "../../src/report/report.ts";
import { userErrors } from "../../src/model/errors.ts";
import { planRemoval } from "../runs/carry-out.ts";
import { writeComment } from "../reports/comments.ts";
import { fewEnough } from "../stacks/targets.ts";
import { commentKey } from "../services/idempotency-keys.ts";
import { removalLine } from "../gates/reviewed-plans.ts";
import type { Run } from "../../src/model/run.ts";
import type { CommandContext, CommandHandler, CommandOutcome } from "./asked/context.ts";
import { queueRuns, targetsOf } from "./queue-runs.ts";
import { checkBase, checkPullRequest } from "./asked/check-pull-request.ts";
import { requireWriter } from "./asked/require-writer.ts";
import { originOf } from "../services/services.ts";

async function ask(context: CommandContext): Promise<CommandOutcome> {
  const { services, repository, pull, cause, text } = context;
  const targets = fewEnough(await targetsOf(context));
  const stage = targets[0]?.stack.stage ?? "";
  const stacks: StackPlan[] = [];
  for (const { stack, gone } of targets) {
    const run: Run = {
      id: randomUUID(),
      group: randomUUID(),
      text,
      stack,
      kind: "destroy",
      cause,
      sha: pull.headSha,
      goneFrom: gone,
      adopt: [],
      state: "running",
      createdAt: new Date(services.clock.now()),
      attempts: 1,
      cancelRequested: false,
    };
    try {
      stacks.push({ directory: stack.directory, plan: await planRemoval(services, run) });
    } catch (error) {
      const errors = userErrors(error);
      if (errors === undefined) throw error;
      stacks.push({ directory: stack.directory, errors });
    }
  }
  const mark = removalLine(commentKey(cause));
  const body = planComment({
    stage,
    stacks,
    purpose: "destroy",
    origin: originOf(services, repository, pull.headSha),
  });
  await writeComment(services, {
    repository,
    issue: pull.number,
    kind: "destroy-plan",
    key: `${pull.number}/${stage}/${commentKey(cause)}`,
    isIt: (other) => other.includes(mark),
    body: md`${body}\n${mark}`,
  });
  for (const [index, { stack }] of targets.entries()) {
    const shown = stacks[index];
    if (shown !== undefined && isPlanned(shown))
      await services.store.setReviewedPlan(
        stack,
        pull.number,
        { digest: shown.plan.digest, sha: pull.headSha },
        "destroy",
      );
  }
  return "done";
}

export const destroy: CommandHandler = async (context) => {
  const refused =
    (await requireWriter(context)) ?? (await checkPullRequest(context)) ?? (await checkBase(context));
  if (refused !== undefined) return refused;
  return context.command.planId === undefined ? ask(context) : queueRuns(context, "destroy");
};
