/** A push to the default branch: the merge commit is planned and, by each stage's rule, applied. */
import { userErrors } from "../../src/model/errors.ts";
import { announceRuns } from "../reports/announce.ts";
import { errorAnswer } from "../reports/reply.ts";
import { groupId } from "../services/group.ts";
import { shownPlans } from "../gates/reviewed-plans.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, list, number, text } from "../../src/github/json.ts";
import { writeComment } from "../reports/comments.ts";
import { type RepositoryRef, place } from "../../src/model/repository.ts";
import { remembered } from "../services/posted.ts";
import type { Services } from "../services/services.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import { settingsNotice } from "../reports/settings-notice.ts";
import type { Settings } from "../stacks/settings/schema.ts";
import { stageTargets, type Target } from "../stacks/targets.ts";
import type { Run, RunRequest } from "../../src/model/run.ts";

export interface PushEvent {
  readonly repository: RepositoryRef;
  /** `refs/heads/main` */
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly login: string;
  readonly deleted: boolean;
}

/** Stands for "no plan was reviewed": it equals no plan's id, so that only an empty plan passes. */
export const UNREVIEWED = "unreviewed";

const NO_COMMIT = /^0+$/;

/** The only pushes that deploy. Pure. */
export function movesDefaultBranch({ repository, ref, deleted }: PushEvent): boolean {
  return !deleted && ref === `refs/heads/${repository.defaultBranch}`;
}

export async function onPush(services: Services, event: PushEvent): Promise<void> {
  const { repository, after, before, login } = event;
  if (!movesDefaultBranch(event)) return;
  const request = await services.github(repository);
  const pull = await mergedPull(request, repository, after);
  const settings = await settingsOf(services, repository, pull, after);
  if (settings === undefined) return;
  const merge: Merge = {
    repository,
    login,
    pull,
    sha: after,
    baseSha: NO_COMMIT.test(before) ? undefined : before,
  };
  for (const [name, stage] of Object.entries(settings.stages)) {
    if (stage.needs.length === 0) await queueStage(services, request, settings, name, merge);
  }
}

/** The settings that hold; undefined when the file never was valid. The merged pull request is told what is wrong. */
async function settingsOf(
  services: Services,
  repository: RepositoryRef,
  pull: number | undefined,
  sha: string,
): Promise<Settings | undefined> {
  const tell = async (body: string): Promise<void> => {
    services.log.warn(
      { repository: `${repository.owner}/${repository.name}`, sha },
      "the settings are not valid",
    );
    if (pull === undefined) return;
    const marker = `<!-- gatewright:settings ${sha} -->`;
    await writeComment(services, {
      repository,
      issue: pull,
      remembered: remembered(services.store, {
        repositoryId: repository.id,
        kind: "settings-notice",
        key: sha,
      }),
      isIt: (other) => other.includes(marker),
      body: `${body}\n${marker}`,
    });
  };
  try {
    const { settings, errors } = await loadSettings(services, repository);
    if (errors.length > 0) await tell(settingsNotice(errors));
    return settings;
  } catch (error) {
    const errors = userErrors(error);
    if (errors === undefined) throw error;
    await tell(
      `${errorAnswer(errors)}\n\nThis merge applies nothing until the file on the default branch is mended.`,
    );
    return undefined;
  }
}

/** What a merge is, to every stage it goes through. */
interface Merge {
  readonly repository: RepositoryRef;
  readonly login: string;
  readonly pull: number | undefined;
  readonly sha: string;
  readonly baseSha: string | undefined;
}

/**
 * A stage of a merge has succeeded: the stages that were waiting for it come next. One that needs several waits for all
 * of them; one that needs a failed stage is never begun.
 */
export async function continueMerge(services: Services, ended: readonly Run[]): Promise<void> {
  const [first] = ended;
  if (first === undefined || first.cause.by !== "merge" || !ended.every(({ state }) => state === "succeeded"))
    return;
  const { repository, stage } = first.stack;
  const { settings } = await loadSettings(services, repository);
  const { commit, login, pull } = first.cause;
  const runs = await services.store.listRuns({ repositoryIds: [repository.id], limit: 1000 });
  const ofCommit = runs.filter(({ cause }) => cause.by === "merge" && cause.commit === commit);
  const done = (name: string): boolean => {
    const own = ofCommit.filter((run) => run.stack.stage === name);
    return own.length > 0 && own.every(({ state }) => state === "succeeded");
  };
  const request = await services.github(repository);
  for (const [name, { needs }] of Object.entries(settings.stages)) {
    if (!needs.includes(stage) || !needs.every(done)) continue;
    await queueStage(services, request, settings, name, {
      repository,
      login,
      pull,
      sha: first.sha,
      baseSha: first.baseSha,
    });
  }
}

async function queueStage(
  services: Services,
  request: GitHubRequest,
  settings: Settings,
  name: string,
  merge: Merge,
): Promise<void> {
  const { repository, sha, pull, login, baseSha } = merge;
  if (settings.stages[name]?.apply === "before-merge") return;
  let targets: readonly Target[];
  try {
    targets = await stageTargets(request, repository, settings, name, sha);
  } catch (error) {
    // A stage without a stack at this commit has nothing to apply; anything else is a failure of ours.
    if (userErrors(error) === undefined) throw error;
    services.log.warn(
      { repository: `${repository.owner}/${repository.name}`, stage: name },
      "no stack to apply after a push",
    );
    return;
  }
  const reviewed =
    pull === undefined
      ? new Map<string, string>()
      : await reviewedIds(services, request, repository, targets, pull);
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
            ? (reviewed.get(target.stack.directory) ?? UNREVIEWED)
            : undefined,
        adopt: pull === undefined ? [] : await services.store.adoptedNames(target.stack, pull),
      }),
    ),
  );
  await announceRuns(services, requests);
  for (const request of requests) await services.enqueue(request);
}

/** The pull request whose merge made this commit, when one did. */
async function mergedPull(
  request: GitHubRequest,
  repository: RepositoryRef,
  sha: string,
): Promise<number | undefined> {
  const { data } = await request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
    ...place(repository),
    commit_sha: sha,
  });
  const found = list(data).find(
    (pull) => text(at(pull, "merge_commit_sha")) === sha || text(at(pull, "merged_at")) !== "",
  );
  return found === undefined ? undefined : number(at(found, "number"));
}

/** Ids of the plans that people saw on the merged pull request: the bot's own, and what the Action's comment says. */
async function reviewedIds(
  services: Services,
  request: GitHubRequest,
  repository: RepositoryRef,
  targets: readonly Target[],
  pull: number,
): Promise<ReadonlyMap<string, string>> {
  const stacks = await shownPlans(services, request, repository, pull, "apply");
  const ids = new Map<string, string>();
  for (const target of targets) {
    const { stage, directory } = target.stack;
    const shown = stacks.findLast((one) => one.stage === stage && one.directory === directory);
    const id = shown?.planId ?? (await services.store.reviewedPlan(target.stack, pull))?.planId;
    if (id !== undefined) ids.set(directory, id);
  }
  return ids;
}

/** A closed pull request holds no stack any more. */
export async function onPullClosed(
  services: Services,
  repository: RepositoryRef,
  pull: number,
): Promise<void> {
  for (const lock of await services.store.listLocks([repository.id])) {
    if (lock.pull === pull && lock.runId === undefined) await services.store.releaseLock(lock);
  }
}
