import type { JsonObject } from "../json.ts";
import { type FileChange, changedFiles, commitAt } from "../state/history.ts";
import type { ObjectStore, Signature } from "../state/objects.ts";
import type { Account, Repository } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { userView } from "./account.ts";
import { nodeId, time } from "./common.ts";
import { lineCounts } from "./lines.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";

const unsigned = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };
const signatureView = ({ name, email, date }: Signature): JsonObject => ({ name, email, date: time(date) });

/** The account behind a commit's mail address. */
function accountOf(world: World, { email }: Signature): Account | undefined {
  return world.accounts.get(
    email
      .replace(/@users\.noreply\..*$/, "")
      .replace(/^\d+\+/, "")
      .toLowerCase(),
  );
}

/** `git-commit`: the object as git has it. */
export function gitCommitView(world: World, repository: Repository, sha: string): JsonObject {
  const commit = commitAt(repository.objects, sha);
  const url = `${repositoryUrl(world, repository)}/git`;
  return {
    sha,
    node_id: nodeId("Commit", sha),
    url: `${url}/commits/${sha}`,
    html_url: `${repositoryPage(world, repository)}/commit/${sha}`,
    author: signatureView(commit.author),
    committer: signatureView(commit.committer),
    tree: { sha: commit.tree, url: `${url}/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${url}/commits/${parent}`,
      html_url: `${repositoryPage(world, repository)}/commit/${parent}`,
    })),
    verification: unsigned,
  };
}

/** `commit` without its files, as lists have it. */
export function commitView(world: World, repository: Repository, sha: string): JsonObject {
  const commit = commitAt(repository.objects, sha);
  const url = repositoryUrl(world, repository);
  const user = (signature: Signature): JsonObject | null => {
    const who = accountOf(world, signature);
    return who ? userView(world, who) : null;
  };
  return {
    sha,
    node_id: nodeId("Commit", sha),
    commit: {
      author: signatureView(commit.author),
      committer: signatureView(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    url: `${url}/commits/${sha}`,
    html_url: `${repositoryPage(world, repository)}/commit/${sha}`,
    comments_url: `${url}/commits/${sha}/comments`,
    author: user(commit.author),
    committer: user(commit.committer),
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${url}/commits/${parent}`,
      html_url: `${repositoryPage(world, repository)}/commit/${parent}`,
    })),
  };
}

/** `diff-entry`: one changed file between two commits. */
export function fileView(world: World, repository: Repository, ref: string, change: FileChange): JsonObject {
  const { objects } = repository;
  const content = (sha: string | undefined): Buffer => objects.blobs.get(sha ?? "") ?? Buffer.alloc(0);
  const { additions, deletions } = lineCounts(content(change.before?.sha), content(change.after?.sha));
  const page = repositoryPage(world, repository);
  const path = change.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: (change.after ?? change.before)?.sha ?? null,
    filename: change.path,
    status: change.status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${page}/blob/${ref}/${path}`,
    raw_url: `${page}/raw/${ref}/${path}`,
    contents_url: `${repositoryUrl(world, repository)}/contents/${path}?ref=${ref}`,
    ...(change.previousPath ? { previous_filename: change.previousPath } : {}),
  };
}

/** What a commit changed against its first parent. */
export function changesOf(objects: ObjectStore, sha: string): FileChange[] {
  const commit = commitAt(objects, sha);
  const [parent] = commit.parents;
  return changedFiles(objects, parent ? commitAt(objects, parent).tree : undefined, commit.tree);
}
