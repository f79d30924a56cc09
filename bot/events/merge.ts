/** Applies a merge stage by stage, in sequence where stages need each other. */
import { userErrors } from "../../src/model/errors.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";
import type { RunRequest, RunSummary } from "../../src/model/run.ts";
import { reviewedPlans } from "../gates/reviewed-plans.ts";
import { announceRuns } from "../reports/announce.ts";
import { groupId } from "../services/group.ts";
import type { ReviewedPlan } from "../services/store.ts";
import type { Services } from "../services/services.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import type { Settings } from "../stacks/settings/schema.ts";
import { stageTargets, type Target } from "../stacks/targets.ts";
import { own } from "../../src/model/own.ts";

/** Means "no plan was reviewed": differs from every plan's id, so that only an empty plan passes. */
const UNREVIEWED = "unreviewed";

/** The facts of a merge that all its stages share. */
export interface Merge {
  readonly repository: RepositoryRef;
  readonly login: string;
  /** The merged pull request; undefined for a push without one. */
  readonly pull: number | undefined;
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
  const { commit, login, pull } = first.cause;
  const done = async (name: string): Promise<boolean> => {
    const group = groupId("merge", repository.id, commit, name);
    const own = await services.store.listRuns({ group, limit: 1000 });
    return own.length > 0 && own.every(({ state }) => state === "succeeded");
  };
  const request = await services.github(repository);
  for (const [name, { needs }] of Object.entries(settings.stages)) {
    if (!needs.includes(stage) || (await Promise.all(needs.map(done))).includes(false)) continue;
    await queueStage(services, request, settings, name, {
      repository,
      login,
      pull,
      sha: first.sha,
      baseSha: first.baseSha,
      overtaken: false,
    });
  }
}

/** Queues the apply of every stack of a stage, unless the stage is only applied before the merge. */
export async function queueStage(
  services: Services,
  request: GitHubRequest,
  settings: Settings,
  name: string,
  merge: Merge,
): Promise<void> {
  const { repository, sha, pull, login, baseSha } = merge;
  if (own(settings.stages, name)?.apply === "before-merge") return;
  let targets: readonly Target[];
  try {
    targets = await stageTargets(request, repository, settings, name, sha);
  } catch (error) {
    // A stage without a stack at this commit has nothing to apply; anything else is a failure.
    if (userErrors(error) === undefined) throw error;
    services.log.warn(
      { repository: `${repository.owner}/${repository.name}`, stage: name },
      "a push to the default branch has no stack to apply in this stage",
    );
    return;
  }
  const reviewed =
    pull === undefined
      ? new Map<string, ReviewedPlan>()
      : await reviewedPlans({ services, request, repository }, targets, pull, "apply");
  const group = groupId("merge", repository.id, sha, name);
  const requests = await Promise.all(
    targets.map(
      async (target): Promise<RunRequest> => ({
        group,
        stack: target.stack,
        kind: "apply",
        cause: { by: "merge", login, pull, commit: sha },
        sha,
        baseSha,
        planId:
          target.stage.apply === "reviewed"
            ? (reviewed.get(target.stack.directory)?.planId ?? UNREVIEWED)
            : undefined,
        adopt: pull === undefined ? [] : await services.store.adoptedNames(target.stack, pull),
      }),
    ),
  );
  if (!merge.overtaken) await announceRuns(services, requests);
  await services.enqueue(requests);
}
