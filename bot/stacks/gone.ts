/**
 * Stacks whose spec a commit no longer has: everything of theirs is to be deleted, as the spec of an earlier commit lists it. Without this
 * a deleted directory would leave what it deployed to nobody.
 */
import { userErrors } from "../../src/model/errors.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { statusOf } from "../../src/github/errors.ts";
import { mergeBase } from "../../src/github/pull-request.ts";
import { at, list, text } from "../../src/github/json.ts";
import { own } from "../../src/model/own.ts";
import { place, type RepositoryRef } from "../../src/model/repository.ts";
import { goneDirectories, namedDirectories } from "../../src/source/spec-directories.ts";
import { specsAt } from "./specs.ts";
import type { Settings } from "../../src/settings/schema.ts";
import { stageTargets, type Target } from "./targets.ts";

interface At {
  readonly sha: string;
  /** A commit before: of the base branch, or where the branch was before the push. */
  readonly base: string | undefined;
  /** Only this one; then it is looked for in older commits, too. */
  readonly directory?: string | undefined;
}

/** The stacks of a stage, with those that the commit no longer has. Throws like `stageTargets`. */
export async function targetsWithGone(
  request: GitHubRequest,
  repository: RepositoryRef,
  settings: Settings,
  name: string,
  where: At,
): Promise<readonly Target[]> {
  const gone = await goneTargets(request, repository, settings, name, where);
  const present = await stageTargets(request, repository, settings, name, where.sha, where.directory).catch(
    (error: unknown) => {
      if (gone.length > 0 && userErrors(error)?.[0]?.code === "STACK_UNKNOWN") return [];
      throw error;
    },
  );
  const names = new Set(gone.map(({ stack }) => stack.directory));
  return [...present.filter(({ stack }) => !names.has(stack.directory)), ...gone].sort((one, other) =>
    one.stack.directory < other.stack.directory ? -1 : 1,
  );
}

async function goneTargets(
  request: GitHubRequest,
  repository: RepositoryRef,
  settings: Settings,
  name: string,
  { sha, base, directory }: At,
): Promise<readonly Target[]> {
  const stage = own(settings.stages, name);
  if (stage === undefined || ((base === undefined || base === sha) && directory === undefined)) return [];
  const [now, before] = await Promise.all([
    knownSpecs(request, repository, settings, sha),
    base === undefined ? undefined : knownSpecs(request, repository, settings, base),
  ]);
  // A commit that cannot be read says nothing: nothing is deleted because of it.
  if (now === undefined) return [];
  const target = (one: string, gone: string): Target => ({
    stack: { repository, stage: name, directory: one },
    stage,
    gone,
  });
  const missing = await goneDirectories(stage.directories, before ?? [], now);
  const gone =
    missing.length === 0 || base === undefined
      ? []
      : await hadBefore(request, repository, settings, { base, sha, missing });
  if (directory === undefined) return base === undefined ? [] : gone.map((one) => target(one, base));
  if (now.includes(directory)) return [];
  if (gone.includes(directory) && base !== undefined) return [target(directory, base)];
  // The base branch has it, by a later commit than this one's: what the branch once removed is deployed again.
  if (before?.includes(directory) === true) return [];
  const { directories } = await namedDirectories(stage.directories, async () => [directory]);
  if (!directories.includes(directory)) return [];
  const last = await lastCommitWith(request, repository, settings, { sha, directory });
  return last === undefined ? [] : [target(directory, last)];
}

/** Those that the commit's own history had: what the base branch has got since the two parted was not taken away. */
async function hadBefore(
  request: GitHubRequest,
  repository: RepositoryRef,
  settings: Settings,
  {
    base,
    sha,
    missing,
  }: { readonly base: string; readonly sha: string; readonly missing: readonly string[] },
): Promise<readonly string[]> {
  const origin = await mergeBase({ request }, place(repository), base, sha).catch((error: unknown) => {
    if (statusOf(error) === 404) return undefined;
    throw error;
  });
  if (origin === base) return missing;
  const then = origin === undefined ? undefined : await knownSpecs(request, repository, settings, origin);
  return missing.filter((directory) => then?.includes(directory) === true);
}

/** Every directory with a spec at a commit; undefined when the commit is not there, or nobody can say what is missing in it. */
async function knownSpecs(
  request: GitHubRequest,
  repository: RepositoryRef,
  { spec }: Settings,
  sha: string,
): Promise<readonly string[] | undefined> {
  try {
    const { directories, isWhole } = await specsAt(request, repository, spec, sha);
    return isWhole ? directories : undefined;
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 409) return undefined;
    throw error;
  }
}

/** The newest commit that still had the stack's spec: the parent of the one that took it away. */
async function lastCommitWith(
  request: GitHubRequest,
  repository: RepositoryRef,
  settings: Settings,
  { sha, directory }: { readonly sha: string; readonly directory: string },
): Promise<string | undefined> {
  const { data } = await request("GET /repos/{owner}/{repo}/commits", {
    ...place(repository),
    sha,
    ...(directory === "." ? {} : { path: directory }),
    per_page: 20,
  });
  for (const commit of list(data)) {
    const parent = text(at(list(at(commit, "parents"))[0], "sha"));
    if (parent === "") continue;
    const specs = await knownSpecs(request, repository, settings, parent);
    if (specs?.includes(directory) === true) return parent;
  }
  return undefined;
}
