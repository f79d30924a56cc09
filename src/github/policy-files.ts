/** Changed files of a pull request that control deployments: reviewers must see them. */
import type { RepositoryPlace } from "../model/repository.ts";
import type { GitHubRequest } from "./client.ts";
import { changedFiles } from "./pull-request.ts";

const POLICY =
  /^(\.github\/gatewright\.ya?ml|\.github\/(workflows|actions)\/.+|(\.github\/|docs\/)?CODEOWNERS)$/;

/** The bot's settings, workflows and their actions, and who must review. `undefined` if the request fails. */
export async function changedPolicyFiles(
  request: GitHubRequest,
  repository: RepositoryPlace,
  pull: number,
): Promise<readonly string[] | undefined> {
  const files = await changedFiles(request, repository, pull).catch(() => undefined);
  return files?.filter((file) => POLICY.test(file));
}
