/** Changed files of the pull request that control deployments: reviewers must see them. */
import type { GitHub } from "../github/client.ts";
import type { RunFacts } from "../github/pull-request.ts";
import { changedFiles } from "../github/pull-request.ts";

const POLICY =
  /^(\.github\/gatewright\.ya?ml|\.github\/(workflows|actions)\/.+|(\.github\/|docs\/)?CODEOWNERS)$/;

/** `undefined` if unknown: without a token, outside a pull request, or if the request fails. */
export async function changedPolicyFiles(
  github: GitHub | undefined,
  run: RunFacts,
): Promise<readonly string[] | undefined> {
  if (github === undefined || run.pullRequest === undefined) return undefined;
  const files = await changedFiles(github, run, run.pullRequest.number).catch(() => undefined);
  return files?.filter((file) => POLICY.test(file));
}
