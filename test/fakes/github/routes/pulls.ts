import { closeIssue, editIssue, reopenIssue } from "../changes/issues.ts";
import { type MergeMethod, mergePull, openPull } from "../changes/pulls.ts";
import { refreshPullRefs } from "../changes/synchronize.ts";
import {
  actorOf,
  created,
  noContent,
  ok,
  onRepository,
  type Answer,
  type Call,
  type Operations,
} from "../http/call.ts";
import { GitHubError, invalid, invalidField, notFound } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import { has, isRecord, text } from "../json.ts";
import { mergeTrees } from "../state/merge.ts";
import { ancestors } from "../state/history.ts";
import { isPull } from "../state/world.ts";
import type { PullRequest, Repository } from "../state/types.ts";
import { commitView, fileView } from "../views/git.ts";
import { fullPullView, pullCommits, pullFiles, pullView } from "../views/pull.ts";
import { pullOf } from "./lookup.ts";

function listed(call: Call, repository: Repository): PullRequest[] {
  const { state = "open", head, base, sort = "created" } = call.query;
  const direction = call.query.direction ?? (sort === "created" ? "desc" : "asc");
  const shown = repository.issues
    .filter(isPull)
    .filter(
      ({ closed, pull }) =>
        (state === "all" || (state === "closed") === (closed !== undefined)) &&
        (!base || pull.base.ref === base) &&
        (!head || `${pull.head.repository.owner.login}:${pull.head.ref}` === head),
    );
  const key = (it: PullRequest): number => (sort === "updated" ? it.updatedAt : it.createdAt).getTime();
  const sign = direction === "asc" ? 1 : -1;
  return shown.sort((a, b) => sign * (key(a) - key(b) || a.number - b.number));
}

function create(call: Call, repository: Repository): Answer {
  const [owner, ref] = (text(call.body, "head") ?? "").includes(":")
    ? (text(call.body, "head") ?? "").split(":")
    : [repository.owner.login, text(call.body, "head")];
  const source = call.world.repositories.find(
    (each) =>
      each.owner.login.toLowerCase() === owner?.toLowerCase() &&
      (each === repository || each.parent === repository || each === repository.parent),
  );
  const [head = "", base = ""] = [ref, text(call.body, "base")];
  const from = source?.refs.get(`refs/heads/${head}`);
  const to = repository.refs.get(`refs/heads/${base}`);
  if (!source || !from) throw invalidField("PullRequest", "head", "invalid");
  if (!to) throw invalidField("PullRequest", "base", "invalid");
  if (ancestors(repository.objects, to).has(from))
    throw invalid("Validation Failed", [
      { resource: "PullRequest", code: "custom", message: `No commits between ${base} and ${head}` },
    ]);
  const open = repository.issues
    .filter(isPull)
    .some(
      ({ closed, pull }) =>
        !closed && pull.head.repository === source && pull.head.ref === head && pull.base.ref === base,
    );
  if (open)
    throw invalid("Validation Failed", [
      {
        resource: "PullRequest",
        code: "custom",
        message: `A pull request already exists for ${owner}:${head}.`,
      },
    ]);
  const pull = openPull(call.world, actorOf(call), repository, {
    title: text(call.body, "title") ?? head,
    body: text(call.body, "body"),
    head,
    base,
    headRepository: source,
    draft: isRecord(call.body) && call.body.draft === true,
  });
  return created(fullPullView(call.world, pull));
}

function get(call: Call, repository: Repository): Answer {
  const pull = pullOf(call, repository);
  // Asking for a pull request is what makes GitHub compute its test merge.
  if (!pull.closed) refreshPullRefs(call.world, pull);
  const view = fullPullView(call.world, pull);
  if (pull.pull.unknownReads > 0) pull.pull.unknownReads -= 1;
  return ok(view);
}

function update(call: Call, repository: Repository): Answer {
  const pull = pullOf(call, repository);
  const by = actorOf(call);
  editIssue(call.world, by, pull, {
    title: text(call.body, "title"),
    body: has(call.body, "body") ? (text(call.body, "body") ?? null) : undefined,
  });
  const base = text(call.body, "base");
  if (base) {
    const sha = repository.refs.get(`refs/heads/${base}`);
    if (!sha) throw invalidField("PullRequest", "base", "invalid");
    Object.assign(pull.pull.base, { ref: base, sha });
    refreshPullRefs(call.world, pull);
  }
  if (text(call.body, "state") === "closed") closeIssue(call.world, by, pull);
  if (text(call.body, "state") === "open") reopenIssue(call.world, by, pull);
  return ok(fullPullView(call.world, pull));
}

function merge(call: Call, repository: Repository): Answer {
  const issue = pullOf(call, repository);
  const { pull, closed } = issue;
  const base = repository.refs.get(`refs/heads/${pull.base.ref}`) ?? pull.base.sha;
  if (closed || pull.draft || mergeTrees(repository.objects, base, pull.head.sha) === undefined)
    throw new GitHubError(
      405,
      pull.draft ? "Pull Request is still a draft" : "Pull Request is not mergeable",
    );
  const expected = text(call.body, "sha");
  if (expected && expected !== pull.head.sha)
    throw new GitHubError(409, "Head branch was modified. Review and try the merge again.");
  const methods: readonly MergeMethod[] = ["merge", "squash", "rebase"];
  const method = methods.find((each) => each === text(call.body, "merge_method")) ?? "merge";
  const title = text(call.body, "commit_title");
  const message = text(call.body, "commit_message");
  const sha = mergePull(call.world, actorOf(call), issue, {
    method,
    ...(title ? { title } : {}),
    ...(message ? { message } : {}),
  });
  return ok({ sha, merged: true, message: "Pull Request successfully merged" });
}

/** Pull requests without their reviews. */
export const pulls: Operations = {
  "pulls/list": onRepository("pull_requests:read", (call, repository) =>
    paged(call, listed(call, repository), (pull) => pullView(call.world, pull)),
  ),
  "pulls/get": onRepository("pull_requests:read", get),
  "pulls/create": onRepository("pull_requests:write", create, "read"),
  "pulls/update": onRepository("pull_requests:write", update),
  "pulls/merge": onRepository("contents:write", merge),
  "pulls/check-if-merged": onRepository("pull_requests:read", (call, repository) => {
    if (!pullOf(call, repository).pull.merged) throw notFound();
    return noContent();
  }),
  "pulls/list-files": onRepository("pull_requests:read", (call, repository) => {
    const pull = pullOf(call, repository);
    return paged(call, pullFiles(pull).slice(0, call.world.limits.pullFiles), (file) =>
      fileView(call.world, repository, pull.pull.head.sha, file),
    );
  }),
  "pulls/list-commits": onRepository("pull_requests:read", (call, repository) =>
    // GitHub lists 250 commits at most.
    paged(call, pullCommits(pullOf(call, repository)).slice(0, 250), (sha) =>
      commitView(call.world, repository, sha),
    ),
  ),
};
