/** Writes the plan comment if it is wanted, and reports why it could not be written. */
import { systemClock } from "../model/clock.ts";
import type { GatewrightError } from "../model/errors.ts";
import { userErrors } from "../model/errors.ts";
import type { GitHub } from "../github/client.ts";
import { tokenAuthor } from "../github/author.ts";
import { writeOwnComment } from "../github/comments.ts";
import { statusOf } from "../github/errors.ts";
import { currentHead, type RunFacts } from "../github/pull-request.ts";
import type { CommentMode } from "./inputs.ts";
import { hasChanges } from "../model/plan.ts";
import { planComment } from "../report/markdown/plan/comment.ts";
import { isPlanned, type PlanReport } from "../report/report.ts";
import { mayReplace, ownership } from "./own-comment.ts";
import type { Workflow } from "./log.ts";

interface CommentRequest {
  readonly workflow: Pick<Workflow, "notice" | "info">;
  readonly github: GitHub | undefined;
  readonly run: RunFacts;
  readonly mode: CommentMode;
  readonly report: PlanReport;
}

interface CommentOutcome {
  readonly url?: string | undefined;
  /** An error that fails the run. */
  readonly error?: GatewrightError | undefined;
}

/** Writes the comment if it is wanted. A missing write permission gives a notice and does not fail the run. */
export async function publishComment(request: CommentRequest): Promise<CommentOutcome> {
  const { workflow, github, run, mode, report } = request;
  const { pullRequest } = run;
  if (mode === "never" || pullRequest === undefined) return {};
  if (github === undefined) {
    noComment("COMMENT_NO_TOKEN", workflow, "there is no github-token");
    return {};
  }
  const { owner, repo } = run;
  try {
    const head = await currentHead(github, run, pullRequest.number);
    if (head !== undefined && head !== pullRequest.headSha) {
      noComment(
        "COMMENT_OVERTAKEN",
        workflow,
        `${head.slice(0, 7)} was pushed meanwhile, and the comment shows the newest commit`,
      );
      return {};
    }
    const written = await writeOwnComment(
      {
        request: github.request,
        clock: systemClock,
        owner,
        repo,
        issue: pullRequest.number,
        author: tokenAuthor(github),
      },
      {
        body: planComment(report),
        ...ownership(report),
        mayReplace: (shown) => mayReplace(github, run, report, shown),
        create: mode === "always" || isWorthTelling(report),
      },
    );
    if (written?.written === "kept")
      noComment(
        "COMMENT_OVERTAKEN",
        workflow,
        "the comment shows a plan with a newer commit of the base branch; this job planned with an older one",
      );
    else if (written !== undefined) workflow.info(`Plan comment ${written.written}: ${written.url}`);
    return { url: written?.url };
  } catch (error) {
    const status = statusOf(error);
    const [known] = userErrors(error) ?? [];
    if (known?.code === "GITHUB_LOCKED" || known?.code === "GITHUB_ARCHIVED") {
      const what = known.code === "GITHUB_LOCKED" ? "conversation is locked" : "repository is archived";
      noComment("COMMENT_REFUSED", workflow, `the ${what}`);
      return {};
    }
    // For a private repository, GitHub answers 404 instead of 403.
    if (status === 403 || status === 404) {
      if (pullRequest.fork)
        noComment("COMMENT_FORK", workflow, "the pull request comes from a fork, whose token is read-only");
      else
        noComment(
          "COMMENT_FORBIDDEN",
          workflow,
          "the token has no permission to write it; give the job `permissions: pull-requests: write`",
        );
      return {};
    }
    if (known === undefined) throw error;
    return { error: known };
  }
}

function noComment(code: string, workflow: Pick<Workflow, "notice">, why: string): void {
  workflow.notice(`The plan is in the job summary, not in a comment: ${why}.`, { title: code });
}

function isWorthTelling({ stacks }: PlanReport): boolean {
  return stacks.some(
    (stack) => !isPlanned(stack) || hasChanges(stack.plan) || stack.plan.problems.length > 0,
  );
}
