/** Drift: one issue per stack, opened when AWS and the default branch differ, updated, closed when they agree again. */
import { hasChanges, type Plan } from "../../src/model/plan.ts";
import { planComment } from "../../src/report/markdown/plan/comment.ts";
import { closeIssue, keepIssue } from "../../src/github/issues.ts";
import { issuePlace } from "./own-issue.ts";
import { remembered } from "../services/posted.ts";
import type { Services } from "../services/services.ts";
import { stackKey, type Run } from "../../src/model/run.ts";

const EVERY: Readonly<Record<string, number>> = { hourly: 3_600_000, daily: 86_400_000, weekly: 604_800_000 };

/** The hour, day or week (UTC) that a schedule is in: each asks for one drift run. Undefined without a schedule. Pure. */
export function slotOf(schedule: string, now: number): string | undefined {
  const every = EVERY[schedule];
  return every === undefined ? undefined : `${schedule} ${Math.floor(now / every)}`;
}

/** Reports the outcome of a drift run in the stack's issue. */
export async function reportDrift(services: Services, run: Run, plan: Plan): Promise<void> {
  const { repository, stage, directory } = run.stack;
  const key = stackKey(run.stack);
  const issue = {
    remembered: remembered(services.store, {
      repositoryId: repository.id,
      kind: "drift-issue",
      key: `${stage}/${directory}`,
    }),
    marker: `<!-- gatewright:drift ${key} -->`,
  };
  const where = await issuePlace(services, repository);
  if (!hasChanges(plan)) return closeIssue(where, issue);
  await keepIssue(where, issue, {
    title: `Drift in ${stage}${directory === "." ? "" : ` (${directory})`}: AWS differs from ${repository.defaultBranch}`,
    body: planComment({
      stage,
      stacks: [{ directory, plan }],
      origin: {
        serverUrl: services.serverUrl,
        repository: `${repository.owner}/${repository.name}`,
        headSha: run.sha,
      },
    }),
  });
}
