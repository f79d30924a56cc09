/** Whether the stages that a stage needs have what a commit has. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { objectIn, treeOf } from "../../../src/github/files.ts";
import { userErrors } from "../../../src/model/errors.ts";
import { own } from "../../../src/model/own.ts";
import { place } from "../../../src/model/repository.ts";
import type { RunSummary, StackRef } from "../../../src/model/run.ts";
import type { RepositoryContext, Services } from "../../services/services.ts";
import type { Settings } from "../../../src/settings/schema.ts";
import { stageBranch } from "../../stacks/branch.ts";
import { stageTargets, type Target } from "../../stacks/targets.ts";
import { newestDeployed } from "./deployed.ts";
import type { NeedFact } from "./facts.ts";

export interface NeedsContext extends RepositoryContext {
  readonly settings: Settings;
}

/** Of each needed stage the stack of the same directory counts, or all of its stacks where it has no such one. */
export async function readNeeds(
  context: NeedsContext,
  { stack, stage }: Target,
  sha: string,
): Promise<readonly NeedFact[]> {
  return Promise.all(
    stage.needs.map(async (name) => {
      const stacks = await stacksOf(context, name, sha);
      const same = stacks.filter(({ directory }) => directory === stack.directory);
      const counted = same.length > 0 ? same : stacks;
      const applied = await Promise.all(counted.map((one) => isApplied(context, one, sha)));
      const branch = stageBranch(context.repository, own(context.settings.stages, name));
      const isOther = branch !== stageBranch(context.repository, stage);
      return { stage: name, applied: applied.every(Boolean), ...(isOther ? { branch } : {}) };
    }),
  );
}

/** A stage without a stack at this commit has nothing that could be missing. */
export async function stacksOf(
  { request, repository, settings }: NeedsContext,
  name: string,
  sha: string,
): Promise<readonly StackRef[]> {
  if (own(settings.stages, name) === undefined) return [];
  try {
    return (await stageTargets(request, repository, settings, name, sha)).map(({ stack }) => stack);
  } catch (error) {
    if (userErrors(error) === undefined) throw error;
    return [];
  }
}

/** Whether the last apply of the stack was of this commit, or of one with the same files in the stack's directory. */
async function isApplied(
  { services, request }: NeedsContext,
  stack: StackRef,
  sha: string,
): Promise<boolean> {
  const applied = services.keepsRecords
    ? lastApplied(await services.store.listRuns({ stack, limit: 100 }))
    : await deployedSha(services, request, stack);
  if (applied === undefined) return false;
  if (applied === sha) return true;
  const where = place(stack.repository);
  const [then, now] = await Promise.all(
    [applied, sha].map(async (commit) =>
      objectIn(request, where, await treeOf(request, where, commit), stack.directory),
    ),
  );
  return then !== undefined && then === now;
}

/** Whether a run that has ended began to take the stack to its commit. One that stopped before its first step, with an error of its own, did not. */
export function hasBegun({ kind, state, error, startedAt }: RunSummary): boolean {
  if (kind !== "apply" && kind !== "destroy") return false;
  if (state === "succeeded") return true;
  return (state === "failed" || state === "cancelled") && error === undefined && startedAt !== undefined;
}

/** The commit that the stack has; undefined when its newest change failed or removed it. `runs` is newest first. Pure. */
export function lastApplied(runs: readonly RunSummary[]): string | undefined {
  const newest = runs.find(hasBegun);
  return newest?.state === "succeeded" && newest.kind === "apply" ? newest.sha : undefined;
}

/** The commit of the stack's newest deployment, where it succeeded: what is known without a record of one's own. */
export async function deployedSha(
  services: Services,
  request: GitHubRequest,
  stack: StackRef,
): Promise<string | undefined> {
  const deployed = await newestDeployed(services, request, stack);
  return deployed?.state === "success" ? deployed.sha : undefined;
}
