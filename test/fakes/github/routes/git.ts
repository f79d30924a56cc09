import { moveRef } from "../changes/push.ts";
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
import { GitHubError, found, invalid } from "../http/errors.ts";
import { isRecord, type JsonObject, text, texts } from "../json.ts";
import { listTree, writeListing } from "../state/files.ts";
import { ancestors } from "../state/history.ts";
import { type Mode, type TreeEntry, writeBlob, writeCommit } from "../state/objects.ts";
import type { Repository } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { signatureOf } from "../changes/signature.ts";
import { nodeId } from "../views/common.ts";
import { gitCommitView } from "../views/git.ts";
import { repositoryUrl } from "../views/repository.ts";
import { base64Lines } from "./encoding.ts";
import { resolveRef } from "./lookup.ts";

const modes: readonly Mode[] = ["100644", "100755", "120000", "040000", "160000"];

function entryView(world: World, repository: Repository, path: string, { mode, sha }: TreeEntry): JsonObject {
  const url = `${repositoryUrl(world, repository)}/git`;
  if (mode === "160000") return { path, mode, type: "commit", sha };
  if (mode === "040000") return { path, mode, type: "tree", sha, url: `${url}/trees/${sha}` };
  const size = repository.objects.blobs.get(sha)?.length ?? 0;
  return { path, mode, type: "blob", size, sha, url: `${url}/blobs/${sha}` };
}

/** A tree with its folders in it, in git's order: a folder, then what is in it. */
function walk(repository: Repository, tree: string, prefix: string, out: [string, TreeEntry][]): void {
  for (const [name, entry] of repository.objects.trees.get(tree) ?? []) {
    out.push([prefix + name, entry]);
    if (entry.mode === "040000") walk(repository, entry.sha, `${prefix}${name}/`, out);
  }
}

function treeView(world: World, repository: Repository, sha: string, recursive: boolean): JsonObject {
  const entries: [string, TreeEntry][] = [];
  if (recursive) walk(repository, sha, "", entries);
  else entries.push(...(repository.objects.trees.get(sha) ?? []));
  const most = world.limits.treeEntries;
  return {
    sha,
    url: `${repositoryUrl(world, repository)}/git/trees/${sha}`,
    tree: entries.slice(0, most).map(([path, entry]) => entryView(world, repository, path, entry)),
    truncated: entries.length > most,
  };
}

function getTree(call: Call, repository: Repository): Answer {
  const { objects } = repository;
  const wanted = call.params.tree_sha ?? "";
  const commit = resolveRef(repository, wanted);
  const sha = objects.trees.has(wanted) ? wanted : found(objects.commits.get(found(commit))).tree;
  // Any value asks for it, `0` and `false` included: so GitHub documents it.
  return ok(treeView(call.world, repository, sha, call.query.recursive !== undefined));
}

function createTree(call: Call, repository: Repository): Answer {
  const { objects } = repository;
  const base = text(call.body, "base_tree");
  const root = base ? (objects.commits.get(base)?.tree ?? base) : "";
  const listing = listTree(objects, root);
  const entries = isRecord(call.body) && Array.isArray(call.body.tree) ? call.body.tree : [];
  for (const entry of entries.filter(isRecord)) {
    const path = text(entry, "path") ?? "";
    const mode = modes.find((each) => each === entry.mode) ?? "100644";
    const content = text(entry, "content");
    const sha = content === undefined ? text(entry, "sha") : writeBlob(objects, Buffer.from(content));
    if (sha === undefined) listing.delete(path);
    else if (mode === "040000")
      for (const [inner, it] of listTree(objects, sha)) listing.set(`${path}/${inner}`, it);
    else listing.set(path, { mode, sha });
  }
  return created(treeView(call.world, repository, writeListing(objects, listing), false));
}

function refView(world: World, repository: Repository, ref: string): JsonObject {
  const url = `${repositoryUrl(world, repository)}/git`;
  const sha = found(repository.refs.get(ref));
  return {
    ref,
    node_id: nodeId("Ref", ref),
    url: `${url}/${ref}`,
    object: { type: "commit", sha, url: `${url}/commits/${sha}` },
  };
}

function updateRef(call: Call, repository: Repository): Answer {
  const ref = `refs/${call.params.ref}`;
  const before = repository.refs.get(ref);
  const sha = text(call.body, "sha") ?? "";
  if (!before) throw invalid("Reference does not exist");
  if (!repository.objects.commits.has(sha)) throw invalid("Object does not exist");
  const force = isRecord(call.body) && call.body.force === true;
  if (!force && !ancestors(repository.objects, sha).has(before))
    throw invalid("Update is not a fast forward");
  moveRef(call.world, actorOf(call), repository, ref, sha);
  return ok(refView(call.world, repository, ref));
}

function createRef(call: Call, repository: Repository): Answer {
  const ref = text(call.body, "ref") ?? "";
  const sha = text(call.body, "sha") ?? "";
  if (!/^refs\/[^/]+\/./.test(ref))
    throw invalid("Reference name must start with 'refs/' and have at least two slashes");
  if (repository.refs.has(ref)) throw invalid("Reference already exists");
  if (!repository.objects.commits.has(sha)) throw invalid("Object does not exist");
  moveRef(call.world, actorOf(call), repository, ref, sha);
  return created(refView(call.world, repository, ref));
}

function createCommit(call: Call, repository: Repository): Answer {
  const author = signatureOf(call.world, actorOf(call).account);
  const sha = writeCommit(repository.objects, {
    tree: text(call.body, "tree") ?? "",
    parents: texts(call.body, "parents"),
    author,
    committer: author,
    message: text(call.body, "message") ?? "",
  });
  return created(gitCommitView(call.world, repository, sha));
}

/** Git's objects and references. */
export const git: Operations = {
  "git/get-tree": onRepository("contents:read", getTree),
  "git/create-tree": onRepository("contents:write", createTree),
  "git/get-blob": onRepository("contents:read", (call, repository) => {
    const sha = call.params.file_sha ?? "";
    const content = found(repository.objects.blobs.get(sha));
    if (call.accept.includes(".raw"))
      return { status: 200, raw: { type: "application/vnd.github.raw", content } };
    if (content.length > 100 * 1024 * 1024)
      throw new GitHubError(403, "The requested blob is too large to fetch via the API.");
    return ok({
      sha,
      node_id: nodeId("Blob", sha),
      size: content.length,
      url: `${repositoryUrl(call.world, repository)}/git/blobs/${sha}`,
      content: base64Lines(content),
      encoding: "base64",
    });
  }),
  "git/create-blob": onRepository("contents:write", (call, repository) => {
    const encoding = text(call.body, "encoding") === "base64" ? "base64" : "utf8";
    const sha = writeBlob(repository.objects, Buffer.from(text(call.body, "content") ?? "", encoding));
    return created({ sha, url: `${repositoryUrl(call.world, repository)}/git/blobs/${sha}` });
  }),
  "git/get-commit": onRepository("contents:read", (call, repository) => {
    const sha = call.params.commit_sha ?? "";
    if (!repository.objects.commits.has(sha)) throw found(undefined);
    return ok(gitCommitView(call.world, repository, sha));
  }),
  "git/create-commit": onRepository("contents:write", createCommit),
  "git/get-ref": onRepository("contents:read", (call, repository) =>
    ok(refView(call.world, repository, `refs/${call.params.ref}`)),
  ),
  "git/list-matching-refs": onRepository("contents:read", (call, repository) => {
    const prefix = `refs/${call.params.ref}`;
    const refs = [...repository.refs.keys()].filter((ref) => ref.startsWith(prefix)).sort();
    return ok(refs.map((ref) => refView(call.world, repository, ref)));
  }),
  "git/create-ref": onRepository("contents:write", createRef),
  "git/update-ref": onRepository("contents:write", updateRef),
  "git/delete-ref": onRepository("contents:write", (call, repository) => {
    if (!repository.refs.has(`refs/${call.params.ref}`)) throw invalid("Reference does not exist");
    moveRef(call.world, actorOf(call), repository, `refs/${call.params.ref}`, undefined);
    return noContent();
  }),
};
