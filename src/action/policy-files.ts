/** Files of the pull request that set the rules of deploying: who reviews must see that they change. */
import type { GitHub } from "../github/client.ts";
import type { RunFacts } from "../github/pull-request.ts";
import { changedFiles } from "../github/pull-request.ts";

const POLICY =
  /^(\.github\/gatewright\.ya?ml|\.github\/(workflows|actions)\/.+|(\.github\/|docs\/)?CODEOWNERS)$/;

/** `undefined` when it cannot be known: without a token, outside a pull request, or when GitHub does not answer. */
export async function changedPolicyFiles(
  github: GitHub | undefined,
  run: RunFacts,
): Promise<readonly string[] | undefined> {
  if (github === undefined || run.pullRequest === undefined) return undefined;
  const files = await changedFiles(github, run, run.pullRequest.number).catch(() => undefined);
  return files?.filter((file) => POLICY.test(file));
}
