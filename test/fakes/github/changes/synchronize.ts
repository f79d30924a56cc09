import { ancestors, commitAt } from "../state/history.ts";
import { mergeTrees } from "../state/merge.ts";
import { writeCommit } from "../state/objects.ts";
import type { Actor, PullRequest, Repository } from "../state/types.ts";
import { type World, openPulls } from "../state/world.ts";
import { tellIssue } from "./issues.ts";
import { signatureOf } from "./signature.ts";

/** Keeps `refs/pull/N/head` and `refs/pull/N/merge`, the test merge that workflows check out. */
export function refreshPullRefs(world: World, issue: PullRequest): void {
  const { repository, number, pull } = issue;
  const { objects, refs } = repository;
  refs.set(`refs/pull/${number}/head`, pull.head.sha);
  const base = refs.get(`refs/heads/${pull.base.ref}`) ?? pull.base.sha;
  const merge = refs.get(`refs/pull/${number}/merge`);
  const [oldBase, oldHead] = merge ? commitAt(objects, merge).parents : [];
  if (oldBase === base && oldHead === pull.head.sha) return;
  const tree = mergeTrees(objects, base, pull.head.sha);
  if (tree === undefined) {
    refs.delete(`refs/pull/${number}/merge`);
    return;
  }
  const author = signatureOf(world, issue.author);
  const message = `Merge ${pull.head.sha} into ${base}`;
  const commit = { tree, parents: [base, pull.head.sha], author, committer: author, message };
  refs.set(`refs/pull/${number}/merge`, writeCommit(objects, commit));
}

function closed(world: World, by: Actor, issue: PullRequest): void {
  issue.closed = { at: world.now(), by: by.account, reason: null };
  tellIssue(world, "closed", by.account, issue);
}

/** The branch a pull request comes from moved or went away. */
function headMoved(
  world: World,
  by: Actor,
  issue: PullRequest,
  before: string,
  after: string | undefined,
): void {
  const { pull, repository } = issue;
  if (!after) {
    closed(world, by, issue);
    return;
  }
  const base = repository.refs.get(`refs/heads/${pull.base.ref}`);
  pull.head.sha = after;
  // `base.sha` does not follow the base branch: it moves when the head took the newer base in.
  if (base && ancestors(repository.objects, after).has(base)) pull.base.sha = base;
  issue.updatedAt = world.now();
  refreshPullRefs(world, issue);
  tellIssue(world, "synchronize", by.account, issue, { before, after });
}

/** GitHub calls a pull request merged when its head arrives in the base by a push, too. */
function baseMoved(world: World, by: Actor, issue: PullRequest, after: string | undefined): void {
  const { pull, repository } = issue;
  if (after && !ancestors(repository.objects, after).has(pull.head.sha)) return;
  if (after) pull.merged = { by: by.account, at: world.now(), commit: after };
  closed(world, by, issue);
}

/** What a push to a branch does to the open pull requests from it and into it. */
export function synchronizePulls(
  world: World,
  by: Actor,
  repository: Repository,
  branch: string,
  before: string,
): void {
  const after = repository.refs.get(`refs/heads/${branch}`);
  for (const issue of openPulls(world, repository, branch))
    if (issue.pull.head.repository === repository && issue.pull.head.ref === branch)
      headMoved(world, by, issue, before, after);
    else baseMoved(world, by, issue, after);
}
