import type { JsonObject } from "../json.ts";
import { changedFiles, commitAt, commitsBetween, mergeBase } from "../state/history.ts";
import { mergeTrees } from "../state/merge.ts";
import type { PullRequest, Repository, Review } from "../state/types.ts";
import { account, type World } from "../state/world.ts";
import { userView } from "./account.ts";
import { nodeId, time, timeOrNull } from "./common.ts";
import { fileView } from "./git.ts";
import { association, issueView } from "./issue.ts";
import { repositoryPage, repositoryUrl, repositoryView } from "./repository.ts";

function side(world: World, repository: Repository, ref: string, sha: string): JsonObject {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: userView(world, repository.owner),
    repo: repositoryView(world, repository),
  };
}

/** The files a pull request changes: from where it left the base to its head. */
export function pullFiles({ pull, repository }: PullRequest) {
  const { objects } = repository;
  const from = mergeBase(objects, pull.base.sha, pull.head.sha);
  const tree = from ? commitAt(objects, from).tree : undefined;
  return changedFiles(objects, tree, commitAt(objects, pull.head.sha).tree);
}

/** The commits a pull request brings, oldest first. */
export function pullCommits({ pull, repository }: PullRequest): string[] {
  return commitsBetween(repository.objects, pull.base.sha, pull.head.sha);
}

/** `pull-request-simple`: as lists have it. */
export function pullView(world: World, issue: PullRequest): JsonObject {
  const { pull, repository, number } = issue;
  const url = `${repositoryUrl(world, repository)}/pulls/${number}`;
  const page = `${repositoryPage(world, repository)}/pull/${number}`;
  const issueUrl = `${repositoryUrl(world, repository)}/issues/${number}`;
  const statuses = `${repositoryUrl(world, repository)}/statuses/${pull.head.sha}`;
  const { state, user, labels, assignee, assignees } = issueView(world, issue);
  return {
    url,
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueUrl,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${repositoryUrl(world, repository)}/pulls/comments{/number}`,
    comments_url: `${issueUrl}/comments`,
    statuses_url: statuses,
    number,
    state,
    locked: false,
    active_lock_reason: null,
    title: issue.title,
    user,
    body: issue.body,
    labels,
    milestone: null,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: timeOrNull(issue.closed?.at),
    merged_at: timeOrNull(pull.merged?.at),
    merge_commit_sha: pull.merged?.commit ?? repository.refs.get(`refs/pull/${number}/merge`) ?? null,
    assignee,
    assignees,
    requested_reviewers: [...pull.requestedReviewers].map((login) => userView(world, account(world, login))),
    requested_teams: [],
    head: side(world, pull.head.repository, pull.head.ref, pull.head.sha),
    base: side(world, repository, pull.base.ref, pull.base.sha),
    draft: pull.draft,
    author_association: association(world, repository, issue.author),
    auto_merge: null,
    _links: {
      self: { href: url },
      html: { href: page },
      issue: { href: issueUrl },
      comments: { href: `${issueUrl}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${repositoryUrl(world, repository)}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
  };
}

/** Whether GitHub could merge it: `null` while it computes, and once it is merged or closed. */
function mergeability({ pull, repository, closed }: PullRequest): {
  mergeable: boolean | null;
  state: string;
} {
  if (closed || pull.unknownReads > 0) return { mergeable: null, state: "unknown" };
  // `base.sha` stays what it was at the last push to the head: the branch itself says where the base is now.
  const base = repository.refs.get(`refs/heads/${pull.base.ref}`) ?? pull.base.sha;
  if (mergeTrees(repository.objects, base, pull.head.sha) === undefined)
    return { mergeable: false, state: "dirty" };
  return { mergeable: true, state: pull.draft ? "draft" : "clean" };
}

/** `pull-request`: one of them, with what lists leave out. */
export function fullPullView(world: World, issue: PullRequest): JsonObject {
  const { pull, repository } = issue;
  const { mergeable, state } = mergeability(issue);
  const files = pullFiles(issue).map((change) => fileView(world, repository, pull.head.sha, change));
  const sum = (key: string): number => files.reduce((total, file) => total + Number(file[key] ?? 0), 0);
  return {
    ...pullView(world, issue),
    merged: pull.merged !== undefined,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: state,
    merged_by: pull.merged ? userView(world, pull.merged.by) : null,
    comments: issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: pullCommits(issue).length,
    additions: sum("additions"),
    deletions: sum("deletions"),
    changed_files: files.length,
  };
}

/** `pull-request-review`. */
export function reviewView(world: World, issue: PullRequest, review: Review): JsonObject {
  const page = `${repositoryPage(world, issue.repository)}/pull/${issue.number}#pullrequestreview-${review.id}`;
  const url = `${repositoryUrl(world, issue.repository)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: nodeId("PullRequestReview", review.id),
    user: userView(world, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: url,
    _links: { html: { href: page }, pull_request: { href: url } },
    ...(review.submittedAt ? { submitted_at: time(review.submittedAt) } : {}),
    commit_id: review.commit,
    author_association: association(world, issue.repository, review.author),
  };
}
