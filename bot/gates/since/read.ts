/**
 * What a stage's branch brings to a stack that a pull request's own reviews and checks say nothing about: pull requests that were merged
 * besides it, and commits that were pushed past all of them.
 */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { at, list, number, text } from "../../../src/github/json.ts";
import { fail } from "../../../src/model/errors.ts";
import { place, type RepositoryRef } from "../../../src/model/repository.ts";
import { isRollback, type StackRef } from "../../../src/model/run.ts";
import { mapLimited } from "../../../src/model/promises/map-limited.ts";
import type { Services } from "../../services/services.ts";
import { stageBranch } from "../../stacks/branch.ts";
import { hasChangedStack, isChanged } from "../../stacks/changed.ts";
import type { Target } from "../../stacks/targets.ts";
import { newestDeployed } from "../facts/deployed.ts";
import type { MergedFact } from "../facts/facts.ts";
import { gatherFacts } from "../facts/gather.ts";
import { hasBegun, type NeedsContext } from "../facts/needs.ts";
import { type PullFacts, readPull } from "../facts/pull.ts";
import { compared, filesOf, firstParents } from "./range.ts";

/** Each costs a question. Of more the branch is better reviewed by a new pull request. */
const MOST_COMMITS = 100;
const SIDE_BY_SIDE = 5;
const TOO_OLD =
  "Open a new pull request that changes this stack, with the branch merged into it: who approves that one approves all of it.";

/**
 * Those that change the stack and are part of `sha`, but neither of what was judged before it was applied to the stack, nor of the head of
 * `pull`, whose own reviews say something. Throws where that cannot be found out.
 */
export async function readSince(
  context: NeedsContext,
  { stack, stage }: Target,
  { sha, pull }: { readonly sha: string; readonly pull: PullFacts },
): Promise<readonly MergedFact[]> {
  const { services, request, repository, settings } = context;
  const { directory } = stack;
  const isOwn = pull.merged && pull.isIssue !== true;
  const applied = await judgedSha(services, request, stack);
  if (applied === sha) return [];
  const bases = [...(isOwn ? [pull.headSha] : []), ...(applied === undefined ? [] : [applied])];
  const found = await Promise.all(bases.map((base) => compared(request, repository, base, sha)));
  const ranges = found.filter((range) => range !== undefined);
  if (ranges.length === 0)
    fail("GATE_CLOSED", "nothing is known that was applied to the stack", { hint: TOO_OLD });
  if (ranges.some(({ files }) => files !== undefined && !isChanged(directory, files))) return [];
  const branch = stageBranch(repository, stage);
  const commits = firstParents(ranges, sha).filter((commit) => !isOwn || commit !== pull.mergeSha);
  if (commits.length > MOST_COMMITS)
    fail("GATE_CLOSED", `${commits.length} commits were pushed since`, { hint: TOO_OLD });
  const merges = await mapLimited(commits, SIDE_BY_SIDE, async (commit) => ({
    commit,
    merged: await mergedWith(request, repository, branch, commit),
  }));
  const pushed = await mapLimited(
    merges.filter(({ merged }) => merged === undefined),
    SIDE_BY_SIDE,
    async ({ commit }) => ((await touches(request, repository, directory, commit)) ? [{ sha: commit }] : []),
  );
  const numbers = [...new Set(merges.flatMap(({ merged }) => merged ?? []))].filter(
    (one) => one !== pull.number,
  );
  const pulls = await mapLimited(numbers, SIDE_BY_SIDE, async (one): Promise<readonly MergedFact[]> => {
    if (!(await hasChangedStack(request, repository, directory, one))) return [];
    const other = await readPull(request, repository, one);
    const facts = await gatherFacts(request, repository, other, {
      login: other.author,
      appSlug: services.appSlug,
      ignore: settings.ignoreChecks,
      branch,
    });
    return [{ sha: other.headSha, facts }];
  });
  return [...pushed.flat(), ...pulls.flat()];
}

/**
 * The commit of the newest apply that passed the gates and began: all that it has was judged then, whatever became of it. What a rollback
 * went back to says nothing of what came after that.
 */
async function judgedSha(
  services: Services,
  request: GitHubRequest,
  stack: StackRef,
): Promise<string | undefined> {
  if (services.keepsRecords) {
    const runs = await services.store.listRuns({ stack, limit: 100 });
    return runs.find((run) => run.kind === "apply" && hasBegun(run) && !isRollback(run.cause))?.sha;
  }
  const deployed = await newestDeployed(services, request, stack);
  return deployed?.holds === true ? undefined : deployed?.sha;
}

/** The pull request that brought a commit to the branch: also one of several that a rebase made of it. */
async function mergedWith(
  request: GitHubRequest,
  repository: RepositoryRef,
  branch: string,
  sha: string,
): Promise<number | undefined> {
  const { data } = await request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
    ...place(repository),
    commit_sha: sha,
  });
  const merged = list(data).filter(
    (pull) => text(at(pull, "merged_at")) !== "" && text(at(pull, "base", "ref")) === branch,
  );
  const found = merged.find((pull) => text(at(pull, "merge_commit_sha")) === sha) ?? merged[0];
  return found === undefined ? undefined : number(at(found, "number"));
}

async function touches(
  request: GitHubRequest,
  repository: RepositoryRef,
  directory: string,
  sha: string,
): Promise<boolean> {
  const { data } = await request("GET /repos/{owner}/{repo}/commits/{ref}", {
    ...place(repository),
    ref: sha,
  });
  const files = filesOf(list(at(data, "files")));
  return files === undefined || isChanged(directory, files);
}
