/** A repository from a webhook. Keys use `id`, which survives renames; people see owner/name. */
export interface RepositoryRef {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** Undefined in workflow mode, which uses a token instead of an installation. */
  readonly installationId?: number | undefined;
}

/** A repository in the form of GitHub's route parameters. */
export interface RepositoryPlace {
  readonly owner: string;
  readonly repo: string;
}

/** As people see it: `owner/name`. */
export function fullName({ owner, name }: Pick<RepositoryRef, "owner" | "name">): string {
  return `${owner}/${name}`;
}

export function place(repository: Pick<RepositoryRef, "owner" | "name">): RepositoryPlace {
  return { owner: repository.owner, repo: repository.name };
}

/** What we need from a Git host. Implemented by Octokit, by the `git` program and by test doubles. */
export interface GitReader {
  /** @param sha a tree's or a commit's */
  getTree(sha: string, recursive: boolean): Promise<GitTree>;
  getBlob(sha: string): Promise<Uint8Array>;
}

export interface GitTree {
  readonly entries: readonly GitEntry[];
  /** The host left entries out because there are too many. */
  readonly truncated: boolean;
}

export interface GitEntry {
  /** Relative to the requested tree. */
  readonly path: string;
  readonly type: "blob" | "tree" | "commit";
  /** Git's notation: 100644, 100755, 120000, 040000, 160000. */
  readonly mode: string;
  readonly sha: string;
  /** Of a blob, in bytes. */
  readonly size?: number | undefined;
}

/** The zip of one artifact of a workflow run, as GitHub keeps it. */
interface BuiltArtifact {
  readonly zip: Uint8Array;
  /** Where it came from: `run 57 of build.yml`. */
  readonly from: string;
}

/** The artifacts of one commit. */
export interface ArtifactReader {
  /** @throws GatewrightError that says why there is none, and what to do */
  read(artifact: string): Promise<BuiltArtifact>;
}
