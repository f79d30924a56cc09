/** Which stacks a pull request changes: those are planned and applied when a command names none. */
import type { GitHubRequest } from "../../src/github/client.ts";
import { changedFiles, MOST_CHANGED_FILES } from "../../src/github/pull-request.ts";
import { type RepositoryRef, place } from "../../src/model/repository.ts";
import { isWithin } from "../../src/source/path.ts";
import { packageAbove } from "../../src/spec/sandbox/host/resolve.ts";
import { keepAnswers } from "./kept.ts";
import type { Target } from "./targets.ts";

/**
 * Of these stacks, the changed ones; all where GitHub does not list every file. Asks nothing when there is only one, unless that is gone: a
 * branch that is older than the stack has not taken it away.
 */
export async function changedTargets(
  request: GitHubRequest,
  repository: RepositoryRef,
  targets: readonly Target[],
  pull: number,
): Promise<readonly Target[]> {
  if (targets.length < 2 && targets[0]?.gone === undefined) return targets;
  const files = await changedFiles(request, place(repository), pull);
  if (files.length >= MOST_CHANGED_FILES) return targets;
  return targets.filter(({ stack }) => isChanged(stack.directory, files));
}

/** Whether a pull request that is merged changed the stack; also where GitHub does not list every file. */
export async function hasChangedStack(
  request: GitHubRequest,
  repository: RepositoryRef,
  directory: string,
  merged: number,
): Promise<boolean> {
  const files = await mergedFiles(request, repository, merged);
  return files.length >= MOST_CHANGED_FILES || isChanged(directory, files);
}

/** Their files stay the same, and the runs of all stacks that a push applies ask for them. */
const keepMerged = keepAnswers<readonly string[]>(500);

function mergedFiles(
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: number,
): Promise<readonly string[]> {
  return keepMerged(`${repository.id}/${pull}`, () => changedFiles(request, place(repository), pull));
}

/** Whether one of the files can be part of the stack: it reads its own directory and the package.json above it. Pure. */
export function isChanged(directory: string, files: readonly string[]): boolean {
  const folder = directory === "." ? "" : directory;
  const above = packageAbove(folder);
  return files.some(
    (file) => file === above || (isWithin(file, folder) && !(folder === "" && NOT_OF_THE_ROOT.test(file))),
  );
}

/** Documents and GitHub's own files: a stack in the root would otherwise be changed by every pull request. */
const NOT_OF_THE_ROOT =
  /^(?:[^/]+\.(?:md|txt|adoc|rst)|LICENSE[^/]*|NOTICE|CODEOWNERS|\.git[^/]*|docs\/.*|\.github\/.*|\.vscode\/.*)$/i;
