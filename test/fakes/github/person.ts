import { createComment, deleteComment, editComment, react } from "./changes/comments.ts";
import { rerequestRun, rerequestSuite } from "./changes/checks.ts";
import { closeIssue, editIssue, type NewIssue, openIssue, reopenIssue, setLabels } from "./changes/issues.ts";
import {
  addReview,
  dismissReview,
  type MergeMethod,
  mergePull,
  type NewPull,
  openPull,
  setDraft,
} from "./changes/pulls.ts";
import { type Files, moveRef, pushFiles } from "./changes/push.ts";
import type {
  Account,
  CheckRun,
  CheckSuite,
  Comment,
  Issue,
  PullRequest,
  Repository,
  Review,
} from "./state/types.ts";
import { secret, type World } from "./state/world.ts";

/** What somebody can do on GitHub's pages. Every deed sends the webhooks it would send there. */
export interface Person {
  readonly account: Account;
  /** A token of this person's, as an environment variable would hold it. */
  token(): string;
  comment(issue: Issue, body: string): Comment;
  edit(comment: Comment, body: string): void;
  deleteComment(comment: Comment): void;
  react(to: Comment | Issue, content: string): void;
  /** Commits files (`null` removes one) to a branch, made when there is none, and answers the commit. */
  push(
    repository: Repository,
    branch: string,
    files: Files,
    options?: { message?: string; from?: string },
  ): string;
  /** Points a branch at another commit, as a forced push does. */
  forcePush(repository: Repository, branch: string, sha: string): void;
  deleteBranch(repository: Repository, branch: string): void;
  openPullRequest(
    repository: Repository,
    pull: Partial<NewPull> & { readonly head: string; readonly title: string },
  ): PullRequest;
  openIssue(repository: Repository, issue: NewIssue): Issue;
  editIssue(issue: Issue, change: { title?: string; body?: string }): void;
  label(issue: Issue, labels: readonly string[]): void;
  close(issue: Issue): void;
  reopen(issue: Issue): void;
  setDraft(pull: PullRequest, draft: boolean): void;
  approve(pull: PullRequest, options?: { body?: string; commit?: string }): Review;
  requestChanges(pull: PullRequest, body?: string): Review;
  /** A review without a verdict. */
  review(pull: PullRequest, body: string): Review;
  dismiss(pull: PullRequest, review: Review): void;
  /** Merges, and answers the commit on the base branch. */
  merge(pull: PullRequest, method?: MergeMethod): string;
  /** “Re-run” of a check run, and “Re-run all” of a suite. */
  rerequest(repository: Repository, run: CheckRun): void;
  rerequestSuite(repository: Repository, suite: CheckSuite): void;
}

/** Everything a person does, bound to their account. */
export function personOf(world: World, account: Account, unknownReads: () => number): Person {
  const by = { account };
  return {
    account,
    token: () => {
      const token = secret("ghp_");
      world.tokens.set(token, { kind: "user", account });
      return token;
    },
    comment: (issue, body) => createComment(world, by, issue, body),
    edit: (comment, body) => editComment(world, by, comment, body),
    deleteComment: (comment) => deleteComment(world, by, comment),
    react: (to, content) => {
      react(world, by, to.reactions, content);
    },
    push: (repository, branch, files, options = {}) =>
      pushFiles(world, by, repository, branch, { files, ...options }),
    forcePush: (repository, branch, sha) => {
      if (!repository.objects.commits.has(sha)) throw new Error(`no commit ${sha}`);
      moveRef(world, by, repository, `refs/heads/${branch}`, sha);
    },
    deleteBranch: (repository, branch) => moveRef(world, by, repository, `refs/heads/${branch}`, undefined),
    openPullRequest: (repository, pull) => {
      const source = pull.headRepository ?? repository;
      if (!source.refs.has(`refs/heads/${pull.head}`))
        throw new Error(`no branch ${pull.head}: push it first`);
      return openPull(world, by, repository, { base: repository.defaultBranch, ...pull }, unknownReads());
    },
    openIssue: (repository, issue) => openIssue(world, by, repository, issue),
    editIssue: (issue, change) => editIssue(world, by, issue, change),
    label: (issue, labels) => setLabels(world, by, issue, labels),
    close: (issue) => closeIssue(world, by, issue),
    reopen: (issue) => reopenIssue(world, by, issue),
    setDraft: (pull, draft) => setDraft(world, by, pull, draft),
    approve: (pull, { body = "", commit } = {}) =>
      addReview(world, by, pull, { state: "APPROVED", body, commit }),
    requestChanges: (pull, body = "Please change this.") =>
      addReview(world, by, pull, { state: "CHANGES_REQUESTED", body }),
    review: (pull, body) => addReview(world, by, pull, { state: "COMMENTED", body }),
    dismiss: (pull, review) => dismissReview(world, by, pull, review),
    merge: (pull, method = "merge") => mergePull(world, by, pull, { method }),
    rerequestSuite: (repository, suite) => rerequestSuite(world, by, repository, suite),
    rerequest: (repository, run) => rerequestRun(world, by, repository, run),
  };
}
