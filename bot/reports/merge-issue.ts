/** A merge that could not be applied: one issue per stage, opened or updated, closed by the next apply that succeeds. */
import { joinMarkdown, md } from "../../src/text/markdown.ts";
import { hiddenName } from "../../src/text/hidden.ts";
import { COMMENT_BYTES } from "../../src/report/markdown/size-limit.ts";
import { shortened } from "../../src/text/shortened.ts";
import { commitLink, link, mention } from "../../src/text/link.ts";
import type { ErrorView } from "../../src/report/report.ts";
import { resultErrors } from "../../src/report/smoke.ts";
import { code, errorAnswer } from "./reply.ts";
import { closeIssue, keepIssue } from "../../src/github/issues.ts";
import { issuePlace } from "./github/own-issue.ts";
import { remembered } from "../services/posted.ts";
import { branchOf } from "../stacks/settings/branch-of.ts";
import { isBuildAwaited } from "../stacks/built.ts";
import { runUrl, type Services } from "../services/services.ts";
import type { Run } from "../../src/model/run.ts";

/** Updates the stage's issue when a group of applies has ended. */
export async function reportFailedMerge(services: Services, runs: readonly Run[]): Promise<void> {
  const [first] = runs;
  if (first === undefined) return;
  const { repository, stage } = first.stack;
  const issue = {
    remembered: remembered(services.store, {
      repositoryId: repository.id,
      kind: "failed-merge",
      key: stage,
    }),
    marker: hiddenName("failed-merge", stage),
  };
  // What waits for its build is applied when that ends.
  const failed = runs.filter(({ state, error }) => state === "failed" && !isBuildAwaited(error));
  if (failed.length === 0) {
    if (runs.every(({ state }) => state === "succeeded"))
      await closeIssue(await issuePlace(services, repository), issue);
    return;
  }
  if (first.cause.by !== "merge") return;
  const { pull, login } = first.cause;
  const name = await branchOf(services, first.stack);
  const branch = code(name);
  const where = pull === undefined ? md`the push of ${commitLink(first.sha)}` : md`#${pull}`;
  const resume =
    pull === undefined
      ? md`Fix the cause and push to ${branch}.`
      : md`Fix the cause, then comment ${code(`/plan -s ${stage}`)} on #${pull}, and apply that plan of ${branch} by its id.`;
  const details = failed.map((run) => {
    const url = runUrl(services, run.id);
    return md`### ${code(run.stack.directory)}${url === undefined ? md`` : md` (${link(md`run`, url)})`}\n\n${errorAnswer(errorsOf(run))}`;
  });
  await keepIssue(await issuePlace(services, repository), issue, {
    title: `The apply of ${stage} failed after a merge to ${name}`,
    body: joinMarkdown(
      [
        failed.every(({ result }) => result?.succeeded === true)
          ? md`After ${where} by ${mention(login)}, AWS has what ${branch} has, but the smoke test failed.`
          : md`After ${where} by ${mention(login)}, AWS differs from ${branch}.`,
        shortened(joinMarkdown(details, "\n\n"), COMMENT_BYTES - 1000),
        resume,
      ],
      "\n\n",
    ),
  });
}

function errorsOf(run: Run): readonly ErrorView[] {
  return run.error !== undefined ? [run.error] : resultErrors(run.result);
}
