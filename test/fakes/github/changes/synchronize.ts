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

/** What a push to a branch does to the pull requests from it; those into it only notice. */
export function synchronizePulls(
  world: World,
  by: Actor,
  repository: Repository,
  branch: string,
  before: string,
): void {
  for (const issue of openPulls(world, repository, branch)) {
    const { pull } = issue;
    if (pull.head.repository !== repository || pull.head.ref !== branch) continue;
    const after = repository.refs.get(`refs/heads/${branch}`);
    if (!after) {
      issue.closed = { at: world.now(), by: by.account, reason: null };
      tellIssue(world, "closed", by.account, issue);
      continue;
    }
    const base = issue.repository.refs.get(`refs/heads/${pull.base.ref}`);
    // GitHub calls a pull request merged when its head arrived in the base by another way.
    if (base && ancestors(issue.repository.objects, base).has(after)) continue;
    pull.head.sha = after;
    pull.base.sha = base ?? pull.base.sha;
    issue.updatedAt = world.now();
    refreshPullRefs(world, issue);
    tellIssue(world, "synchronize", by.account, issue, { before, after });
  }
}
