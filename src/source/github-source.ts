/** Reads spec files from a commit through the GitHub API. Used by `source: api` and by the bot. */
import type { GitReader } from "../model/repository.ts";
import type { SpecSource } from "./source.ts";
import { createTreeSource } from "./tree-source.ts";

interface GitHubSourceOptions {
  /** `acme/shop` */
  readonly repository: string;
  /** The commit's full SHA: a branch could move between two requests. */
  readonly sha: string;
  readonly reader: GitReader;
  /** Concurrent requests; GitHub limits clients that send many at once. */
  readonly concurrency?: number;
}

/** Sends one request for the tree, and one for each file that is read. */
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
