/** Spec files from a commit, read through the GitHub API: what `source: api` and the bot use. */
import type { GitReader } from "./git-trees.ts";
import type { SpecSource } from "./source.ts";
import { createTreeSource } from "./tree-source.ts";

export interface GitHubSourceOptions {
  /** `acme/shop` */
  readonly repository: string;
  /** The commit's full SHA: a branch could move between two requests. */
  readonly sha: string;
  readonly reader: GitReader;
  /** Requests at the same time; GitHub dislikes many. */
  readonly concurrency?: number;
}

/** One request for the whole tree, and one for each file that is really read. */
export function createGitHubSource({
  repository,
  sha,
  reader,
  concurrency,
}: GitHubSourceOptions): SpecSource {
  return createTreeSource({
    description: `${repository} at ${sha.slice(0, 7)}`,
    reader,
    sha,
    ...(concurrency === undefined ? {} : { concurrency }),
  });
}
