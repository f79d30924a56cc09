/** The pull request a command is about. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { statusOf } from "../../../src/github/errors.ts";
import { at, list, text, textOf } from "../../../src/github/json.ts";
import { allPages } from "../../../src/github/paging.ts";
import { type RepositoryRef, place } from "../../../src/model/repository.ts";

/** A pull request as the API has it now, not as an old payload had it. */
export interface PullFacts {
  readonly number: number;
  readonly author: string;
  readonly headSha: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly state: "open" | "closed";
  readonly merged: boolean;
  /** What its merge made of the base; while it is open, GitHub's own merge of it. */
  readonly mergeSha?: string | undefined;
  readonly draft: boolean;
  /** Undefined while GitHub still computes it. */
  readonly mergeable: boolean | undefined;
  readonly fork: boolean;
  readonly url: string;
  readonly labels: readonly string[];
  /** A drift issue stands in for a merged pull request: nobody can review it. */
  readonly isIssue?: true;
  /** Of a drift issue: when it was found that AWS differs. */
  readonly openedAt?: Date | undefined;
  /** Who merged it, or switched on that GitHub does so later. */
  readonly mergedBy?: string | undefined;
}

export async function readPull(
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: number,
): Promise<PullFacts> {
  const { data } = await request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    ...place(repository),
    pull_number: pull,
  });
  const mergeable = at(data, "mergeable");
  return {
    number: pull,
    author: text(at(data, "user", "login")),
    headSha: text(at(data, "head", "sha")),
    headRef: text(at(data, "head", "ref")),
    baseRef: text(at(data, "base", "ref")),
    baseSha: text(at(data, "base", "sha")),
    state: at(data, "state") === "open" ? "open" : "closed",
    merged: at(data, "merged") === true,
    mergeSha: textOf(at(data, "merge_commit_sha")),
    draft: at(data, "draft") === true,
    mergeable: typeof mergeable === "boolean" ? mergeable : undefined,
    // A deleted fork has no repository and still counts as a fork.
    fork: at(data, "head", "repo", "id") !== at(data, "base", "repo", "id"),
    url: text(at(data, "html_url")),
    labels: list(at(data, "labels")).map((label) => text(at(label, "name"))),
    mergedBy: textOf(at(data, "merged_by", "login")),
  };
}

/** GitHub's own account: who put a pull request into the queue is not in its merge, and must be a writer. */
export const MERGE_QUEUE = "github-merge-queue[bot]";

/** Who put it into the merge queue last: https://docs.github.com/en/rest/using-the-rest-api/issue-event-types#added_to_merge_queue. */
export async function whoQueued(
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: number,
): Promise<string | undefined> {
  try {
    const events = await allPages(request, "GET /repos/{owner}/{repo}/issues/{issue_number}/events", {
      ...place(repository),
      issue_number: pull,
    });
    const last = events.findLast((one) => at(one, "event") === "added_to_merge_queue");
    return textOf(at(last, "actor", "login"));
  } catch (error) {
    if (statusOf(error) === 403 || statusOf(error) === 404) return undefined;
    throw error;
  }
}
