/** A stack never goes back: what a merge applies is the head of its branch, or nothing. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { fail, userErrors } from "../../../src/model/errors.ts";
import type { Run } from "../../../src/model/run.ts";
import { shortSha } from "../../../src/text/sha.ts";
import { branchHead } from "../../stacks/branch.ts";

/**
 * The commit that has overtaken the run; undefined while it may go on. Commands pin the head of their pull request instead,
 * and plans write nothing. A run that began to write goes on: half of a commit is worse than all of it, and the newer one waits
 * behind it in the queue. Pure.
 */
export function overtakenBy(run: Pick<Run, "cause" | "kind" | "sha">, head: string): string | undefined {
  const follows = run.cause.by === "merge" && (run.kind === "apply" || run.kind === "destroy");
  return follows && head !== run.sha ? head : undefined;
}

/** Throws `OVERTAKEN` when the branch has moved past the run's commit. */
export async function checkNotOvertaken(request: GitHubRequest, run: Run, branch?: string): Promise<void> {
  if (run.cause.by !== "merge") return;
  const newer = overtakenBy(run, await branchHead(request, run.stack.repository, branch));
  if (newer === undefined) return;
  fail("OVERTAKEN", `overtaken by ${shortSha(newer)}`, {
    hint: `Nothing to do: the apply of ${shortSha(newer)} includes this commit.`,
  });
}

/** Whether a run threw because its commit was overtaken. Pure. */
export function isOvertaken(thrown: unknown): boolean {
  return userErrors(thrown)?.[0]?.code === "OVERTAKEN";
}
