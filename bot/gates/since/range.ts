/** The commits that one commit has and another has not, as GitHub compares them. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { statusOf } from "../../../src/github/errors.ts";
import { at, list, text, textOf } from "../../../src/github/json.ts";
import { allPages } from "../../../src/github/paging.ts";
import { place, type RepositoryRef } from "../../../src/model/repository.ts";
import { keepAnswers } from "../../stacks/kept.ts";

/** GitHub lists no more files of a comparison, or of a page of a commit. */
const MOST_FILES = 300;

export interface Range {
  /** SHA → first parent, of each commit. */
  readonly parents: ReadonlyMap<string, string | undefined>;
  /** Those that differ; undefined where GitHub does not list all of them. */
  readonly files: readonly string[] | undefined;
}

const keepRanges = keepAnswers<Range>(200);

/** What `sha` has and `base` has not; undefined when GitHub no longer has that commit. */
export function compared(
  request: GitHubRequest,
  repository: RepositoryRef,
  base: string,
  sha: string,
): Promise<Range | undefined> {
  return keepRanges(`${repository.id}/${base}...${sha}`, () => compare(request, repository, base, sha)).catch(
    (error: unknown) => {
      // Not kept: right after a push, GitHub may not have it yet.
      if (statusOf(error) === 404) return undefined;
      throw error;
    },
  );
}

async function compare(
  request: GitHubRequest,
  repository: RepositoryRef,
  base: string,
  sha: string,
): Promise<Range> {
  const files: unknown[] = [];
  const commits = await allPages(
    request,
    "GET /repos/{owner}/{repo}/compare/{basehead}",
    { ...place(repository), basehead: `${base}...${sha}` },
    (data) => {
      // The files are on the first page only.
      files.push(...list(at(data, "files")));
      return at(data, "commits");
    },
  );
  const parents = commits.map(
    (commit) => [text(at(commit, "sha")), textOf(at(list(at(commit, "parents"))[0], "sha"))] as const,
  );
  return { parents: new Map(parents), files: filesOf(files) };
}

/** The branch's own commits that all ranges have, the newest first: what a merge commit brings is its pull request's. Pure. */
export function firstParents(ranges: readonly Range[], sha: string): readonly string[] {
  const found: string[] = [];
  for (
    let commit: string | undefined = sha;
    commit !== undefined && ranges.every(({ parents }) => parents.has(commit ?? ""));
    commit = ranges[0]?.parents.get(commit)
  )
    found.push(commit);
  return found;
}

/** The paths, old and new; undefined where GitHub does not list all of them. */
export function filesOf(files: readonly unknown[]): readonly string[] | undefined {
  if (files.length >= MOST_FILES) return undefined;
  return files.flatMap((file) =>
    ["filename", "previous_filename"].flatMap((name) => textOf(at(file, name)) ?? []),
  );
}
