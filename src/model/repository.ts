/** A repository as webhooks describe it. `id` survives renames: keys use it, people read owner/name. */
export interface RepositoryRef {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** Undefined in workflow mode, where a token stands in for an installation. */
  readonly installationId?: number | undefined;
}

/** A repository as the parameters of GitHub's routes name it. */
export interface RepositoryPlace {
  readonly owner: string;
  readonly repo: string;
}

export function place(repository: Pick<RepositoryRef, "owner" | "name">): RepositoryPlace {
  return { owner: repository.owner, repo: repository.name };
}
