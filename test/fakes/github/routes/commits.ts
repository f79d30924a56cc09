import { ok, onRepository, type Answer, type Call, type Operations } from "../http/call.ts";
import { GitHubError, found, invalid, notFound } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import { ancestors, changedFiles, commitAt, commitsBetween, mergeBase } from "../state/history.ts";
import { isPull } from "../state/world.ts";
import { entryAt } from "../state/files.ts";
import type { Repository } from "../state/types.ts";
import { changesOf, commitView, fileView } from "../views/git.ts";
import { pullCommits, pullView } from "../views/pull.ts";
import { repositoryPage, repositoryUrl } from "../views/repository.ts";
import { resolveRef } from "./lookup.ts";

function get(call: Call, repository: Repository): Answer {
  const ref = call.params.ref ?? "";
  const sha = resolveRef(repository, ref);
  if (!sha) throw invalid(`No commit found for SHA: ${ref}`);
  if (call.accept.includes(".sha"))
    return {
      status: 200,
      raw: { type: "application/vnd.github.sha; charset=utf-8", content: Buffer.from(sha) },
    };
  const files = changesOf(repository.objects, sha).map((change) =>
    fileView(call.world, repository, sha, change),
  );
  const sum = (key: string): number => files.reduce((total, file) => total + Number(file[key] ?? 0), 0);
  return ok({
    ...commitView(call.world, repository, sha),
    stats: { additions: sum("additions"), deletions: sum("deletions"), total: sum("changes") },
    files: files.slice(0, 300),
  });
}

function list(call: Call, repository: Repository): Answer {
  const { sha = repository.defaultBranch, path } = call.query;
  const start = resolveRef(repository, sha);
  if (!start)
    throw new GitHubError(
      repository.refs.size === 0 ? 409 : 404,
      repository.refs.size === 0 ? "Git Repository is empty." : "Not Found",
    );
  const { objects } = repository;
  const at = (commit: string | undefined): string | undefined =>
    commit && path ? entryAt(objects, commitAt(objects, commit).tree, path)?.sha : undefined;
  const shown = [...ancestors(objects, start)].filter(
    (commit) => !path || at(commit) !== at(commitAt(objects, commit).parents[0]),
  );
  return paged(call, shown, (commit) => commitView(call.world, repository, commit));
}

/** One side of a comparison: `branch`, or `owner:branch` of a fork. */
function sideOf(call: Call, repository: Repository, side: string): string {
  const [owner, ref] = side.includes(":") ? side.split(":") : [undefined, side];
  const where = owner
    ? call.world.repositories.find(
        (each) =>
          each.owner.login.toLowerCase() === owner.toLowerCase() &&
          (each === repository || each.parent === repository || repository.parent === each),
      )
    : repository;
  return found(where && ref ? resolveRef(where, ref) : undefined);
}

function compare(call: Call, repository: Repository): Answer {
  const [left = "", right = ""] = (call.params.basehead ?? "").split("...");
  const base = sideOf(call, repository, left);
  const head = sideOf(call, repository, right);
  const { objects } = repository;
  const origin = mergeBase(objects, base, head);
  if (!origin) throw notFound();
  const ahead = commitsBetween(objects, base, head);
  const behind = commitsBetween(objects, head, base).length;
  const status =
    behind === 0 ? (ahead.length === 0 ? "identical" : "ahead") : ahead.length === 0 ? "behind" : "diverged";
  const files = changedFiles(objects, commitAt(objects, origin).tree, commitAt(objects, head).tree);
  const page = `${repositoryPage(call.world, repository)}/compare/${left}...${right}`;
  const commits = paged(call, ahead, (sha) => commitView(call.world, repository, sha));
  return {
    ...commits,
    body: {
      url: `${repositoryUrl(call.world, repository)}/compare/${left}...${right}`,
      html_url: page,
      permalink_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      base_commit: commitView(call.world, repository, base),
      merge_base_commit: commitView(call.world, repository, origin),
      status,
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits: commits.body,
      // The files are on the first page only.
      files:
        Number(call.query.page ?? 1) > 1
          ? []
          : files.slice(0, 300).map((file) => fileView(call.world, repository, head, file)),
    },
  };
}

/** Commits, branches and how they differ. */
export const commits: Operations = {
  "repos/get-commit": onRepository("contents:read", get),
  "repos/list-commits": onRepository("contents:read", list),
  "repos/compare-commits-with-basehead": onRepository("contents:read", compare),
  "repos/list-pull-requests-associated-with-commit": onRepository(
    "pull_requests:read",
    (call, repository) => {
      const sha = call.params.commit_sha ?? "";
      const pulls = repository.issues.filter(isPull).filter((issue) => {
        const { merged, head } = issue.pull;
        return (
          merged?.commit === sha ||
          (merged ? ancestors(repository.objects, head.sha).has(sha) : pullCommits(issue).includes(sha))
        );
      });
      return paged(call, pulls, (pull) => pullView(call.world, pull));
    },
  ),
  "repos/get-branch": onRepository("contents:read", (call, repository) => {
    const name = call.params.branch ?? "";
    const sha = repository.refs.get(`refs/heads/${name}`);
    if (!sha) throw new GitHubError(404, "Branch not found");
    const url = `${repositoryUrl(call.world, repository)}/branches/${name}`;
    return ok({
      name,
      commit: commitView(call.world, repository, sha),
      _links: { self: url, html: `${repositoryPage(call.world, repository)}/tree/${name}` },
      protected: repository.protectedBranches.has(name),
      protection: {
        enabled: false,
        required_status_checks: { enforcement_level: "off", contexts: [], checks: [] },
      },
      protection_url: `${url}/protection`,
    });
  }),
  "repos/list-branches": onRepository("contents:read", (call, repository) => {
    const branches = [...repository.refs].filter(([ref]) => ref.startsWith("refs/heads/")).sort();
    return paged(call, branches, ([ref, sha]) => ({
      name: ref.slice("refs/heads/".length),
      commit: { sha, url: `${repositoryUrl(call.world, repository)}/commits/${sha}` },
      protected: repository.protectedBranches.has(ref.slice("refs/heads/".length)),
    }));
  }),
};
