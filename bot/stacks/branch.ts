/** The branch that a stage is deployed from, and its head. */
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, text } from "../../src/github/json.ts";
import { place, type RepositoryRef } from "../../src/model/repository.ts";
import type { StageSettings } from "../../src/settings/schema.ts";

/** The head commit of a branch; of the default branch unless another is named. */
export async function branchHead(
  request: GitHubRequest,
  repository: RepositoryRef,
  branch: string = repository.defaultBranch,
): Promise<string> {
  const { data } = await request("GET /repos/{owner}/{repo}/commits/{ref}", {
    ...place(repository),
    ref: branch,
  });
  return text(at(data, "sha"));
}

/** The branch that a stage is deployed from. */
export function stageBranch(
  repository: RepositoryRef,
  stage: Pick<StageSettings, "branch"> | undefined,
): string {
  return stage?.branch ?? repository.defaultBranch;
}
