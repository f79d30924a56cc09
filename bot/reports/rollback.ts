/** The plan of a `/rollback`, in a comment of its own: it is not the plan of the pull request. */
import { alertBox } from "../../src/report/markdown/alert-box.ts";
import { planComment } from "../../src/report/markdown/plan/comment.ts";
import { hasChanges } from "../../src/model/plan.ts";
import { md, type Markdown } from "../../src/text/markdown.ts";
import type { Run } from "../../src/model/run.ts";
import { rollbackLine } from "../gates/reviewed-plans.ts";
import { commentKey } from "../services/idempotency-keys.ts";
import { originOf, type Services } from "../services/services.ts";
import { writeComment } from "./comments.ts";
import { stackPlan } from "./decide/stack-plan.ts";

const WHAT_FOLLOWS = alertBox("NOTE", [
  md`After a rollback AWS no longer has what the branch has: merges and other pull requests wait until somebody sends \`/release\`, usually once the fix is merged.`,
]);

/** One comment for each commit that stacks go back to. */
export async function reportRollbacks(services: Services, runs: readonly Run[]): Promise<void> {
  for (const some of Map.groupBy(runs, ({ sha }) => sha).values()) await reportOne(services, some);
}

async function reportOne(services: Services, runs: readonly Run[]): Promise<void> {
  const [first] = runs;
  if (first?.cause.by !== "command") return;
  const { repository, stage } = first.stack;
  const { pull } = first.cause;
  const key = `${commentKey(first.cause)}/${first.sha}`;
  const mark = rollbackLine(key);
  const body: Markdown = planComment({
    stage,
    stacks: runs.map(stackPlan),
    purpose: "rollback",
    origin: originOf(services, repository, first.sha, first.id),
  });
  const changes = runs.some(({ plan }) => plan !== undefined && hasChanges(plan));
  await writeComment(services, {
    repository,
    issue: pull,
    kind: "rollback-plan",
    key: `${pull}/${stage}/${key}`,
    isIt: (other) => other.includes(mark),
    body: changes ? md`${body}\n\n${WHAT_FOLLOWS}\n${mark}` : md`${body}\n${mark}`,
  });
}
