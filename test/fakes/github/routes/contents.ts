import { pushFiles } from "../changes/push.ts";
import { actorOf, ok, onRepository, type Answer, type Call, type Operations } from "../http/call.ts";
import { GitHubError, found, notFound } from "../http/errors.ts";
import { text } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { entryAt } from "../state/files.ts";
import { commitAt } from "../state/history.ts";
import type { TreeEntry } from "../state/objects.ts";
import type { Repository } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { gitCommitView } from "../views/git.ts";
import { repositoryPage, repositoryUrl } from "../views/repository.ts";
import { base64Lines } from "./encoding.ts";
import { resolveRef } from "./lookup.ts";

const megabyte = 1024 * 1024;
const kinds = {
  "040000": "dir",
  "120000": "symlink",
  "160000": "submodule",
  "100644": "file",
  "100755": "file",
};

/** What all kinds of content have in common. */
function common(
  world: World,
  repository: Repository,
  ref: string,
  path: string,
  entry: TreeEntry,
): JsonObject {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const folder = entry.mode === "040000";
  const url = `${repositoryUrl(world, repository)}/contents/${encoded}?ref=${ref}`;
  const git = `${repositoryUrl(world, repository)}/git/${folder ? "trees" : "blobs"}/${entry.sha}`;
  const page = `${repositoryPage(world, repository)}/${folder ? "tree" : "blob"}/${ref}/${encoded}`;
  const plain = kinds[entry.mode] === "file" || kinds[entry.mode] === "symlink";
  return {
    name: path.split("/").at(-1) ?? "",
    path,
    sha: entry.sha,
    size: plain ? (repository.objects.blobs.get(entry.sha)?.length ?? 0) : 0,
    url,
    html_url: page,
    git_url: entry.mode === "160000" ? null : git,
    download_url: plain ? `${repositoryPage(world, repository)}/raw/${ref}/${encoded}` : null,
    type: kinds[entry.mode],
    _links: { self: url, git: entry.mode === "160000" ? null : git, html: page },
  };
}

/** Where a symlink leads, when that is a file of this commit. */
function target(repository: Repository, tree: string, path: string, entry: TreeEntry): TreeEntry | undefined {
  const link = repository.objects.blobs.get(entry.sha)?.toString() ?? "";
  if (link.startsWith("/")) return undefined;
  const parts = path.split("/").slice(0, -1);
  for (const part of link.split("/"))
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== ".") parts.push(part);
  const end = entryAt(repository.objects, tree, parts.join("/"));
  return end && kinds[end.mode] === "file" ? end : undefined;
}

function file(call: Call, repository: Repository, view: JsonObject, entry: TreeEntry): Answer {
  const content = repository.objects.blobs.get(entry.sha) ?? Buffer.alloc(0);
  if (call.accept.includes(".raw"))
    return { status: 200, raw: { type: "application/vnd.github.raw; charset=utf-8", content } };
  if (content.length > 100 * megabyte)
    throw new GitHubError(
      403,
      "This API returns blobs up to 100 MB in size. The requested blob is too large.",
      {
        errors: [{ resource: "Blob", field: "data", code: "too_large" }],
      },
    );
  // Above one megabyte the answer names the file but does not hold it.
  const large = content.length > megabyte;
  const held = { content: large ? "" : base64Lines(content), encoding: large ? "none" : "base64" };
  return ok({ ...view, size: content.length, type: "file", ...held });
}

function get(call: Call, repository: Repository): Answer {
  const ref = call.query.ref ?? repository.defaultBranch;
  const sha = resolveRef(repository, ref);
  if (!sha)
    throw new GitHubError(
      404,
      call.query.ref ? `No commit found for the ref ${ref}` : "This repository is empty.",
    );
  const { tree } = commitAt(repository.objects, sha);
  const path = (call.params.path ?? "").replaceAll(/^\/+|\/+$/g, "");
  const entry = found(entryAt(repository.objects, tree, path));
  const view = common(call.world, repository, ref, path, entry);
  if (entry.mode === "040000") {
    const entries = [...(repository.objects.trees.get(entry.sha) ?? [])].slice(0, 1000);
    return ok(
      entries.map(([name, inner]) => ({
        ...common(call.world, repository, ref, path ? `${path}/${name}` : name, inner),
        // In a folder's list a submodule is called a file: so that old programs go on working, says GitHub.
        ...(inner.mode === "160000" ? { type: "file" } : {}),
      })),
    );
  }
  if (entry.mode === "160000") return ok({ ...view, submodule_git_url: null });
  if (entry.mode !== "120000") return file(call, repository, view, entry);
  const end = target(repository, tree, path, entry);
  if (end) return file(call, repository, view, end);
  return ok({ ...view, target: repository.objects.blobs.get(entry.sha)?.toString() ?? "" });
}

function put(call: Call, repository: Repository): Answer {
  const branch = text(call.body, "branch") ?? repository.defaultBranch;
  const head = repository.refs.get(`refs/heads/${branch}`);
  if (text(call.body, "branch") && !head) throw notFound();
  const path = call.params.path ?? "";
  const old = head ? entryAt(repository.objects, commitAt(repository.objects, head).tree, path) : undefined;
  const expected = text(call.body, "sha");
  if (old && !expected) throw new GitHubError(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  if (old && expected !== old.sha) throw new GitHubError(409, `${path} does not match ${expected}`);
  const content = Buffer.from(text(call.body, "content") ?? "", "base64");
  const commit = pushFiles(call.world, actorOf(call), repository, branch, {
    files: { [path]: content },
    message: text(call.body, "message"),
  });
  const entry = found(entryAt(repository.objects, commitAt(repository.objects, commit).tree, path));
  return {
    status: old ? 200 : 201,
    body: {
      content: common(call.world, repository, branch, path, entry),
      commit: gitCommitView(call.world, repository, commit),
    },
  };
}

/** Files by their path. */
export const contents: Operations = {
  "repos/get-content": onRepository("contents:read", get),
  "repos/create-or-update-file-contents": onRepository("contents:write", put),
};
