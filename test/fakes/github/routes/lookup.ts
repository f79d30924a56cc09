import { found, notFound } from "../http/errors.ts";
import type { Call } from "../http/call.ts";
import { isPull } from "../state/world.ts";
import type { CheckRun, Comment, Issue, PullRequest, Repository } from "../state/types.ts";

/** The issue or pull request a path names. */
export function issueOf(call: Call, repository: Repository): Issue {
  const number = Number(call.params.issue_number ?? call.params.pull_number);
  return found(repository.issues.find((issue) => issue.number === number));
}

/** The pull request a path names; an issue is none. */
export function pullOf(call: Call, repository: Repository): PullRequest {
  const issue = issueOf(call, repository);
  if (!isPull(issue)) throw notFound();
  return issue;
}

/** The comment a path names. */
export function commentOf(call: Call, repository: Repository): Comment {
  const id = Number(call.params.comment_id);
  return found(repository.issues.flatMap(({ comments }) => comments).find((comment) => comment.id === id));
}

/** The check run a path names. */
export function runOf(call: Call, repository: Repository): CheckRun {
  const id = Number(call.params.check_run_id);
  return found(repository.suites.flatMap(({ runs }) => runs).find((run) => run.id === id));
}

/** A branch, tag, `refs/…`, full or short commit id, as the commit it stands for. */
export function resolveRef(repository: Repository, ref: string): string | undefined {
  const { refs, objects } = repository;
  if (ref === "HEAD") return refs.get(`refs/heads/${repository.defaultBranch}`);
  for (const name of [`refs/heads/${ref}`, `refs/tags/${ref}`, `refs/${ref}`, ref]) {
    const sha = refs.get(name);
    if (sha) return sha;
  }
  if (!/^[0-9a-f]{7,40}$/i.test(ref)) return undefined;
  if (objects.commits.has(ref)) return ref;
  return [...objects.commits.keys()].find((sha) => sha.startsWith(ref.toLowerCase()));
}
