import { type FileInput, entryOf, listTree, writeListing } from "../state/files.ts";
import { ancestors, commitAt, commitsBetween } from "../state/history.ts";
import { type Signature, writeCommit } from "../state/objects.ts";
import type { Account, Actor, Repository } from "../state/types.ts";
import type { World } from "../state/world.ts";
import type { JsonObject } from "../json.ts";
import { time } from "../views/common.ts";
import { userView } from "../views/account.ts";
import { repositoryPage, repositoryView } from "../views/repository.ts";
import { changesOf } from "../views/git.ts";
import { requestSuites } from "./checks.ts";
import { signatureOf } from "./signature.ts";
import { synchronizePulls } from "./synchronize.ts";

const nothing = "0".repeat(40);

/** Files by path; `null` takes one away. */
export type Files = Readonly<Record<string, FileInput | null>>;

/** Makes a commit on top of `parent` (or the first one) without moving a branch. */
export function commitFiles(
  world: World,
  by: Account,
  repository: Repository,
  parent: string | undefined,
  it: { readonly files: Files; readonly message: string; readonly replaceAll?: boolean },
): string {
  const { objects } = repository;
  const listing =
    parent && !it.replaceAll ? listTree(objects, commitAt(objects, parent).tree) : listTree(objects, "");
  for (const [path, file] of Object.entries(it.files))
    if (file === null) listing.delete(path);
    else listing.set(path, entryOf(objects, file));
  const author = signatureOf(world, by);
  const parents = parent ? [parent] : [];
  const tree = writeListing(objects, listing);
  return writeCommit(objects, { tree, parents, author, committer: author, message: it.message });
}

function commitPayload(world: World, repository: Repository, sha: string): JsonObject {
  const commit = commitAt(repository.objects, sha);
  const person = ({ name, email, date }: Signature): JsonObject => ({
    name,
    email,
    username: name,
    date: time(date),
  });
  const files = changesOf(repository.objects, sha);
  const paths = (...kinds: string[]): string[] =>
    files.filter(({ status }) => kinds.includes(status)).map(({ path }) => path);
  return {
    id: sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: time(commit.author.date),
    url: `${repositoryPage(world, repository)}/commit/${sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    added: paths("added", "renamed"),
    removed: [
      ...paths("removed"),
      ...files.flatMap(({ previousPath }) => (previousPath === undefined ? [] : [previousPath])),
    ],
    modified: paths("modified"),
  };
}

/** A push has the repository in an older form: times as numbers, and a few words of its own. */
function pushedRepository(world: World, repository: Repository): JsonObject {
  const { owner, defaultBranch, createdAt, pushedAt } = repository;
  const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
  return {
    ...repositoryView(world, repository),
    owner: { ...userView(world, owner), name: owner.login, email: signatureOf(world, owner).email },
    created_at: seconds(createdAt),
    pushed_at: seconds(pushedAt),
    stargazers: 0,
    master_branch: defaultBranch,
    ...(owner.type === "Organization" ? { organization: owner.login } : {}),
  };
}

/** The payload of a push that moved `ref`; forty zeros stand for a ref that was not or is no more. */
export function pushPayload(
  world: World,
  by: Account,
  repository: Repository,
  ref: string,
  before: string,
  after: string,
): JsonObject {
  const { objects } = repository;
  const created = before === nothing;
  const deleted = after === nothing;
  const shas = deleted ? [] : commitsBetween(objects, created ? after : before, after);
  return {
    ref,
    before,
    after,
    base_ref: null,
    compare: `${repositoryPage(world, repository)}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    created,
    deleted,
    forced: !created && !deleted && !ancestors(objects, after).has(before),
    // GitHub sends 2,048 commits at most and says so nowhere else.
    commits: shas.slice(-2048).map((sha) => commitPayload(world, repository, sha)),
    head_commit: deleted ? null : commitPayload(world, repository, after),
    pusher: { name: by.login, email: signatureOf(world, by).email },
    repository: pushedRepository(world, repository),
  };
}

function activityKind(repository: Repository, before: string, after: string): string {
  if (before === nothing) return "branch_creation";
  if (after === nothing) return "branch_deletion";
  return ancestors(repository.objects, after).has(before) ? "push" : "force_push";
}

/** Points a branch or tag at a commit (`undefined`: deletes it) and tells everybody who should know. */
export function moveRef(
  world: World,
  by: Actor,
  repository: Repository,
  ref: string,
  to: string | undefined,
): void {
  const before = repository.refs.get(ref) ?? nothing;
  const after = to ?? nothing;
  if (before === after) return;
  if (to) repository.refs.set(ref, to);
  else repository.refs.delete(ref);
  repository.pushedAt = world.now();
  repository.activity.unshift({
    id: world.nextId(),
    ref,
    before,
    after,
    at: repository.pushedAt,
    actor: by.account,
    kind: activityKind(repository, before, after),
  });
  const branch = ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : undefined;
  if (before === nothing || after === nothing)
    world.emit({
      name: before === nothing ? "create" : "delete",
      repository,
      sender: by.account,
      payload: {
        ref: ref.replace(/^refs\/(heads|tags)\//, ""),
        ref_type: branch ? "branch" : "tag",
        pusher_type: "user",
        ...(before === nothing
          ? { master_branch: repository.defaultBranch, description: repository.description }
          : {}),
      },
    });
  world.emit({
    name: "push",
    repository,
    sender: by.account,
    payload: pushPayload(world, by.account, repository, ref, before, after),
  });
  if (!branch) return;
  if (to) requestSuites(world, by.account, repository, to);
  synchronizePulls(world, by, repository, branch, before);
}

/** Commits files to a branch and pushes it. A new branch starts at `from`, by default at the default branch. */
export function pushFiles(
  world: World,
  by: Actor,
  repository: Repository,
  branch: string,
  it: {
    readonly files: Files;
    readonly message?: string | undefined;
    readonly from?: string | undefined;
    readonly replaceAll?: boolean;
  },
): string {
  const start = it.from ?? repository.defaultBranch;
  const parent =
    repository.refs.get(`refs/heads/${branch}`) ?? repository.refs.get(`refs/heads/${start}`) ?? it.from;
  const sha = commitFiles(world, by.account, repository, parent, {
    files: it.files,
    message: it.message ?? "Change files",
    replaceAll: it.replaceAll ?? false,
  });
  moveRef(world, by, repository, `refs/heads/${branch}`, sha);
  return sha;
}
