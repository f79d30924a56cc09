/** A repository as webhooks tell it. `id` survives renames: keys use it, people read owner/name. */
export interface RepositoryRef {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** Undefined in workflow mode, where a token stands in for an installation. */
  readonly installationId?: number | undefined;
}

/** `owner` and `repo`, as GitHub's routes name them. */
export function place(repository: RepositoryRef): { readonly owner: string; readonly repo: string } {
  return { owner: repository.owner, repo: repository.name };
}
