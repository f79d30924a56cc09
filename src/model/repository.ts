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

export function place(repository: Pick<RepositoryRef, "owner" | "name">): RepositoryPlace {
  return { owner: repository.owner, repo: repository.name };
}
