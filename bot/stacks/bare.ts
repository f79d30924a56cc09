/** Repositories that the App is installed in and that do not use it. */
import type { GitHubRequest } from "../../src/github/client.ts";
import { statusOf } from "../../src/github/errors.ts";
import { at, list, text } from "../../src/github/json.ts";
import { type RepositoryRef, place } from "../../src/model/repository.ts";
import { SPEC_FILES } from "../../src/source/spec-files.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/settings/schema.ts";

/**
 * True for a repository without settings of its own that has no spec at any of the commits: an App may be installed in a
 * whole organization, and most of its repositories have nothing to deploy. A commit that is gone has none.
 */
export async function isBare(
  request: GitHubRequest,
  repository: RepositoryRef,
  settings: Settings,
  commits: readonly (string | undefined)[],
): Promise<boolean> {
  if (settings !== DEFAULT_SETTINGS) return false;
  for (const sha of commits) if (sha !== undefined && (await hasSpec(request, repository, sha))) return false;
  return true;
}

/** Looks in the root: the only directory of the default settings. */
async function hasSpec(request: GitHubRequest, repository: RepositoryRef, sha: string): Promise<boolean> {
  try {
    const { data } = await request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
      ...place(repository),
      tree_sha: sha,
    });
    return list(at(data, "tree")).some((entry) =>
      SPEC_FILES.some((name) => name === text(at(entry, "path"))),
    );
  } catch (error) {
    // 409: the repository is empty.
    if ([404, 409, 422].includes(statusOf(error) ?? 0)) return false;
    throw error;
  }
}
