/** Drift: one issue per stack, opened when AWS and the branch it is deployed from differ, updated, closed when they agree again. */
import { hasChanges, type Plan } from "../../src/model/plan.ts";
import { hiddenName, hiddenNameIn } from "../../src/text/hidden.ts";
import type { Markdown } from "../../src/text/markdown.ts";
import { driftIssue, type DriftReport, driftTitle } from "../../src/report/markdown/drift/issue.ts";
import { closeIssue, keepIssue, openedAt } from "../../src/github/issues.ts";
import { issuePlace } from "./github/own-issue.ts";
import { remembered } from "../services/posted.ts";
import { originOf, type Services } from "../services/services.ts";
import type { Remembered } from "../../src/github/remembered.ts";
import { stackKey, type Run, type StackRef } from "../../src/model/run.ts";

const EVERY: Readonly<Record<string, number>> = { hourly: 3_600_000, daily: 86_400_000, weekly: 604_800_000 };

/** The hour, day or week (UTC) that a schedule is in: each asks for one drift run. Undefined without a schedule. Pure. */
export function slotOf(schedule: string, now: number): string | undefined {
  const every = EVERY[schedule];
  return every === undefined ? undefined : `${schedule} ${Math.floor(now / every)}`;
}

const DRIFT = "drift";

/** The stack that a drift issue's body names; undefined if it is none of the repository. Pure. */
export function driftedStack(
  repositoryId: number,
  body: string,
): { readonly stage: string; readonly directory: string } | undefined {
  const [, id, stage, directory] = /^(\d+)\/([^/\s]+)\/(.+)$/s.exec(hiddenNameIn(DRIFT, body) ?? "") ?? [];
  if (Number(id) !== repositoryId || stage === undefined || directory === undefined) return undefined;
  return { stage, directory };
}

function issueOf({ store }: Services, { repository, stage, directory }: StackRef): Remembered {
  const key = `${stage}/${directory}`;
  return remembered(store, { repositoryId: repository.id, kind: "drift-issue", key });
}

/** Closes the stack's issue after its own `/apply`: AWS is what the branch says. */
export async function closeAppliedDrift(services: Services, { stack, cause }: Run): Promise<void> {
  const issue = issueOf(services, stack);
  if (cause.by !== "command" || (await issue.get()) !== cause.pull) return;
  await closeIssue(await issuePlace(services, stack.repository), {
    remembered: issue,
    marker: markerOf(stack),
  });
}

function markerOf(stack: StackRef): Markdown {
  return hiddenName(DRIFT, stackKey(stack));
}

/** Reports the outcome of a drift run in the stack's issue: how AWS differs from the branch of its stage. */
export async function reportDrift(services: Services, run: Run, plan: Plan, branch: string): Promise<void> {
  const { repository, stage, directory } = run.stack;
  const issue = { remembered: issueOf(services, run.stack), marker: markerOf(run.stack) };
  const where = await issuePlace(services, repository);
  if (!hasChanges(plan)) return closeIssue(where, issue);
  // The issue is open for as long as AWS differs: closed when they agree, opened anew when they differ again.
  const since = (await openedAt(where, issue)) ?? services.clock.now();
  const report: DriftReport = {
    stage,
    directory,
    plan,
    origin: originOf(services, repository, run.sha),
    branch,
    since,
  };
  await keepIssue(where, issue, { title: driftTitle(report), body: driftIssue(report) });
  const number = await issue.remembered.get();
  // What the issue shows is what `/apply` on it is compared with.
  if (number !== undefined)
    await services.store.setReviewedPlan(run.stack, number, { digest: plan.digest, sha: run.sha });
}
