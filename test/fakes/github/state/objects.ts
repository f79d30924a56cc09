import { createHash } from "node:crypto";

export type Mode = "100644" | "100755" | "120000" | "040000" | "160000";

export interface TreeEntry {
  readonly mode: Mode;
  readonly sha: string;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: Date;
}

export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** Git's objects by id. The ids are those git would compute, so a test may compare with `git hash-object`. */
export interface ObjectStore {
  readonly blobs: Map<string, Buffer>;
  readonly trees: Map<string, ReadonlyMap<string, TreeEntry>>;
  readonly commits: Map<string, Commit>;
}

/** An empty store. */
export function objectStore(): ObjectStore {
  return { blobs: new Map(), trees: new Map(), commits: new Map() };
}

function hash(type: "blob" | "tree" | "commit", body: Buffer): string {
  return createHash("sha1").update(`${type} ${body.length}\0`).update(body).digest("hex");
}

/** Stores a file's content and answers its id. */
export function writeBlob(store: ObjectStore, content: Buffer): string {
  const sha = hash("blob", content);
  store.blobs.set(sha, content);
  return sha;
}

/** Git sorts a tree as if folders ended in a slash: `lib.js` comes before `lib/`. */
function byGitOrder([a, entryA]: [string, TreeEntry], [b, entryB]: [string, TreeEntry]): number {
  const left = entryA.mode === "040000" ? `${a}/` : a;
  const right = entryB.mode === "040000" ? `${b}/` : b;
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** Stores one folder level and answers its id. */
export function writeTree(store: ObjectStore, entries: ReadonlyMap<string, TreeEntry>): string {
  const sorted = [...entries].sort(byGitOrder);
  const body = Buffer.concat(
    sorted.map(([name, { mode, sha }]) =>
      // Git writes a folder's mode without its leading zero.
      Buffer.concat([Buffer.from(`${mode.replace(/^0/, "")} ${name}\0`), Buffer.from(sha, "hex")]),
    ),
  );
  const sha = hash("tree", body);
  store.trees.set(sha, new Map(sorted));
  return sha;
}

const line = ({ name, email, date }: Signature): string =>
  `${name} <${email}> ${Math.floor(date.getTime() / 1000)} +0000`;

/** Stores a commit and answers its id. */
export function writeCommit(store: ObjectStore, commit: Commit): string {
  const head = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${line(commit.author)}`,
    `committer ${line(commit.committer)}`,
  ];
  const sha = hash("commit", Buffer.from(`${head.join("\n")}\n\n${commit.message}`));
  store.commits.set(sha, commit);
  return sha;
}
