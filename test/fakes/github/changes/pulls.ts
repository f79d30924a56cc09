import { mergeTrees } from "../state/merge.ts";
import { writeCommit } from "../state/objects.ts";
import type { Actor, Pull, PullRequest, Repository, Review } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { pullView, reviewView } from "../views/pull.ts";
import { addIssue, type NewIssue, tellIssue } from "./issues.ts";
import { moveRef } from "./push.ts";
import { signatureOf } from "./signature.ts";
import { refreshPullRefs } from "./synchronize.ts";

export interface NewPull extends NewIssue {
  readonly head: string;
  readonly base: string;
  readonly draft?: boolean | undefined;
  readonly headRepository?: Repository | undefined;
}

/** Opens a pull request. The caller has checked that both branches exist and differ. */
export function openPull(
  world: World,
  by: Actor,
  repository: Repository,
  it: NewPull,
  unknownReads = 0,
): PullRequest {
  const source = it.headRepository ?? repository;
  const pull: Pull = {
    id: world.nextId(),
    head: { repository: source, ref: it.head, sha: source.refs.get(`refs/heads/${it.head}`) ?? "" },
    base: { ref: it.base, sha: repository.refs.get(`refs/heads/${it.base}`) ?? "" },
    reviews: [],
    requestedReviewers: new Set(),
    draft: it.draft ?? false,
    unknownReads,
    merged: undefined,
  };
  const issue = addIssue(world, by, repository, it, pull);
  refreshPullRefs(world, issue);
  tellIssue(world, "opened", by.account, issue);
  return issue;
}

export type MergeMethod = "merge" | "squash" | "rebase";

/** Merges a pull request that can be merged; answers the commit on the base branch. */
export function mergePull(
  world: World,
  by: Actor,
  issue: PullRequest,
  options: { readonly method?: MergeMethod; readonly title?: string; readonly message?: string } = {},
): string {
  const { repository, pull, number } = issue;
  const { objects } = repository;
  const base = repository.refs.get(`refs/heads/${pull.base.ref}`) ?? pull.base.sha;
  const tree = mergeTrees(objects, base, pull.head.sha);
  if (tree === undefined) throw new Error(`pull request ${number} conflicts with ${pull.base.ref}`);
  const author = signatureOf(world, by.account);
  const merge = (options.method ?? "merge") === "merge";
  const owner = pull.head.repository.owner.login;
  const title = merge
    ? `Merge pull request #${number} from ${owner}/${pull.head.ref}`
    : `${issue.title} (#${number})`;
  const sha = writeCommit(objects, {
    tree,
    parents: merge ? [base, pull.head.sha] : [base],
    author,
    committer: author,
    message: `${options.title ?? title}\n\n${options.message ?? issue.title}`,
  });
  pull.merged = { by: by.account, at: world.now(), commit: sha };
  issue.closed = { at: world.now(), by: by.account, reason: null };
  issue.updatedAt = world.now();
  repository.refs.delete(`refs/pull/${number}/merge`);
  moveRef(world, by, repository, `refs/heads/${pull.base.ref}`, sha);
  tellIssue(world, "closed", by.account, issue);
  return sha;
}

/** Makes a draft of it, or ends that. */
export function setDraft(world: World, by: Actor, issue: PullRequest, draft: boolean): void {
  if (issue.pull.draft === draft) return;
  issue.pull.draft = draft;
  tellIssue(world, draft ? "converted_to_draft" : "ready_for_review", by.account, issue);
}

function tellReview(world: World, action: string, by: Actor, issue: PullRequest, review: Review): void {
  const view = reviewView(world, issue, review);
  world.emit({
    name: "pull_request_review",
    action,
    repository: issue.repository,
    sender: by.account,
    // The webhook writes a review's state in small letters, the API in capitals.
    payload: {
      review: { ...view, state: review.state.toLowerCase(), updated_at: view.submitted_at ?? null },
      pull_request: pullView(world, issue),
    },
  });
}

/** Adds a review of the head as it is, or of the commit given. */
export function addReview(
  world: World,
  by: Actor,
  issue: PullRequest,
  it: { readonly state: Review["state"]; readonly body?: string; readonly commit?: string | undefined },
): Review {
  const review: Review = {
    id: world.nextId(),
    author: by.account,
    commit: it.commit ?? issue.pull.head.sha,
    body: it.body ?? "",
    state: it.state,
    submittedAt: it.state === "PENDING" ? undefined : world.now(),
  };
  issue.pull.reviews.push(review);
  issue.pull.requestedReviewers.delete(by.account.login);
  if (it.state !== "PENDING") tellReview(world, "submitted", by, issue, review);
  return review;
}

/** Submits a pending review. */
export function submitReview(
  world: World,
  by: Actor,
  issue: PullRequest,
  review: Review,
  state: Review["state"],
): void {
  review.state = state;
  review.submittedAt = world.now();
  tellReview(world, "submitted", by, issue, review);
}

/** Takes an approval or a request for changes back. */
export function dismissReview(world: World, by: Actor, issue: PullRequest, review: Review): void {
  review.state = "DISMISSED";
  tellReview(world, "dismissed", by, issue, review);
}
