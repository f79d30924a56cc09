/** Applies a merge stage by stage, in sequence where stages need each other. */
import { userErrors } from "../../src/model/errors.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { fullName, type RepositoryRef } from "../../src/model/repository.ts";
import { pullsOf, type RunRequest, type RunSummary } from "../../src/model/run.ts";
import { type NeedsContext, readNeeds } from "../gates/facts/needs.ts";
import { reviewedOfMerge, UNREVIEWED } from "../gates/reviewed-merge.ts";
import { announceRuns } from "../reports/announce.ts";
import { groupId } from "../services/group.ts";
import type { Services } from "../services/services.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import type { Settings } from "../../src/settings/schema.ts";
import { stageBranch } from "../stacks/branch.ts";
import { isCodeMissingIn } from "../stacks/built.ts";
import { targetsWithGone } from "../stacks/gone.ts";
import type { Target } from "../stacks/targets.ts";
import { own } from "../../src/model/own.ts";

/** The facts of a merge that all its stages share. */
export interface Merge {
  readonly repository: RepositoryRef;
  readonly login: string;
  /** The merged pull requests, the newest first; none for a push without one. */
  readonly pulls: readonly number[];
  readonly sha: string;
  readonly baseSha: string | undefined;
  /** The branch has moved past it already: its runs only say so, on a pull request that nothing was reported on yet. */
  readonly overtaken: boolean;
}

/**
 * Continues a merge after a stage has succeeded: queues the stages that need it. A stage that needs several waits for all
 * of them; one that needs a failed stage never starts.
 */
export async function continueMerge(services: Services, ended: readonly RunSummary[]): Promise<void> {
  const [first] = ended;
  if (first === undefined || first.cause.by !== "merge" || !ended.every(({ state }) => state === "succeeded"))
    return;
  const { repository, stage } = first.stack;
  const { settings } = await loadSettings(services, repository);
  const { commit, login } = first.cause;
  const done = async (name: string): Promise<boolean> => {
    const group = groupId("merge", repository.id, commit, name);
    const asked = await services.store.listRuns({ group, limit: 1000 });
    const newest = await Promise.all(asked.map((run) => afterItsBuild(services, run)));
    return newest.length > 0 && newest.every(({ state }) => state === "succeeded");
  };
  const request = await services.github(repository);
  for (const name of Object.keys(settings.stages)) {
    const before = needsOfMerge(settings, repository, name);
    if (!before.includes(stage) || (await Promise.all(before.map(done))).includes(false)) continue;
    await queueStage(services, request, settings, name, {
      repository,
      login,
      pulls: pullsOf(first.cause),
      sha: first.sha,
      baseSha: first.baseSha,
      overtaken: false,
    });
  }
}

/**
 * The needed stages that the same merge applies. Not those that commands apply, nor those of another branch: what they have is looked at where
 * the stacks are known. Pure.
 */
export function needsOfMerge(settings: Settings, repository: RepositoryRef, name: string): readonly string[] {
  const stage = own(settings.stages, name);
  const branch = stageBranch(repository, stage);
  return (stage?.needs ?? []).filter((need) => {
    const needed = own(settings.stages, need);
    return needed?.apply !== "before-merge" && stageBranch(repository, needed) === branch;
  });
}

/** What became of a merge's run that found no code when the code was built. */
async function afterItsBuild({ store }: Services, run: RunSummary): Promise<RunSummary> {
  if (run.cause.by !== "merge" || !isCodeMissingIn(run.error)) return run;
  const { commit } = run.cause;
  const later = await store.listRuns({ stack: run.stack, limit: 50 });
  return later.find(({ cause }) => cause.by === "merge" && cause.commit === commit) ?? run;
}

/** Queues the apply of every stack of a stage, unless the stage is only applied before the merge. */
export async function queueStage(
  services: Services,
  request: GitHubRequest,
  settings: Settings,
  name: string,
  merge: Merge,
): Promise<void> {
  const { repository, sha, pulls, login, baseSha } = merge;
  const [pull, ...also] = pulls;
  if (own(settings.stages, name)?.apply === "before-merge") return;
  let targets: readonly Target[];
  try {
    targets = await targetsWithGone(request, repository, settings, name, { sha, base: baseSha });
  } catch (error) {
    // A stage without a stack at this commit has nothing to apply; anything else is a failure.
    if (userErrors(error) === undefined) throw error;
    services.log.warn(
      { repository: fullName(repository), stage: name },
      "the pushed commit has no stack to apply in this stage",
    );
    return;
  }
  const rest = await withNeeds({ services, request, repository, settings }, targets, sha);
  if (rest.length === 0) return;
  const reviewed = await reviewedOfMerge({ services, request, repository }, rest, pulls);
  const group = groupId("merge", repository.id, sha, name);
  const requests = await Promise.all(
    rest.map(async ({ stack, stage, gone }): Promise<RunRequest> => {
      const [planId = UNREVIEWED, ...orPlanIds] = reviewed.get(stack.directory) ?? [];
      const adopt = await Promise.all(pulls.map((number) => services.store.adoptedNames(stack, number)));
      return {
        group,
        stack,
        kind: "apply",
        cause: { by: "merge", login, pull, ...(also.length === 0 ? {} : { also }), commit: sha },
        sha,
        goneFrom: gone,
        baseSha,
        ...(stage.apply === "reviewed" ? { planId, orPlanIds } : {}),
        adopt: [...new Set(adopt.flat())],
      };
    }),
  );
  if (!merge.overtaken) await announceRuns(services, requests);
  await services.enqueue(requests);
}

/**
 * The stacks whose needs are met as far as this merge does not apply them: a `before-merge` stage, or one of another branch, has what was
 * merged, or it was merged without it.
 */
async function withNeeds(
  context: NeedsContext,
  targets: readonly Target[],
  sha: string,
): Promise<readonly Target[]> {
  const { services, settings, repository } = context;
  const met = await Promise.all(
    targets.map(async ({ stack, stage }) => {
      const applied = needsOfMerge(settings, repository, stack.stage);
      const needs = stage.needs.filter((name) => !applied.includes(name));
      const found = await readNeeds(context, { stack, stage: { ...stage, needs } }, sha);
      const missing = found.filter(({ applied }) => !applied).map((need) => need.stage);
      if (missing.length > 0)
        services.log.info(
          {
            repository: fullName(repository),
            stage: stack.stage,
            directory: stack.directory,
            missing,
          },
          "a merge is not applied: a stage that it needs was not applied before the merge",
        );
      return missing.length === 0;
    }),
  );
  return targets.filter((_target, index) => met[index]);
}
