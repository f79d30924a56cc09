/** Which directories have a spec at a commit. */
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, list, text } from "../../src/github/json.ts";
import { place, type RepositoryRef } from "../../src/model/repository.ts";
import { specDirectories } from "../../src/source/spec-directories.ts";

interface Specs {
  readonly directories: readonly string[];
  /** False where GitHub left out files of a very large repository: what is missing may be there. */
  readonly isWhole: boolean;
}

/** @param spec the name of the spec's file, where the settings have one */
export async function specsAt(
  request: GitHubRequest,
  repository: RepositoryRef,
  spec: string | undefined,
  sha: string,
): Promise<Specs> {
  const { data } = await request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
    ...place(repository),
    tree_sha: sha,
    recursive: "1",
  });
  const paths = list(at(data, "tree")).map((entry) => text(at(entry, "path")));
  return { directories: specDirectories(paths, spec), isWhole: at(data, "truncated") !== true };
}
