/** A build has ended: what was asked for before there was code is asked for again. */
import { builtArtifacts, isAskedAgain, isCodeMissingIn } from "../stacks/built.ts";
import { branchHead } from "../stacks/branch.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import { settingsSchema } from "../../src/settings/schema.ts";
import { buildFileOf } from "../../src/settings/values.ts";
import { place, type RepositoryRef } from "../../src/model/repository.ts";
import { isEnded } from "../../src/model/run-states.ts";
import { pullsOf, type RunRequest, type RunSummary, stackKey } from "../../src/model/run.ts";
import { announceRuns } from "../reports/announce.ts";
import { groupId } from "../services/group.ts";
import type { Services } from "../services/services.ts";
import { at, list, number, text } from "../../src/github/json.ts";

export interface BuildEnded {
  readonly repository: RepositoryRef;
  /** `.github/workflows/build.yml` */
  readonly path: string;
  readonly sha: string;
  /** The workflow run's id and attempt: each is an occasion of its own. */
  readonly build: string;
}

const MOST_RUNS = 300;

/** Asks GitHub nothing when the settings that were read last name another workflow. */
export async function onBuildEnded(services: Services, ended: BuildEnded): Promise<void> {
  const { repository, path, sha, build } = ended;
  const last = await services.store.lastSettings(repository.id);
  const workflow = last === undefined ? undefined : buildFileOf(settingsSchema.parse(last));
  if (workflow === undefined || path.replace(/@.*$/s, "") !== workflow) return;
  const runs = await services.store.listRuns({ repositoryIds: [repository.id], limit: MOST_RUNS });
  const waiting = [
    ...newestOf(runs.filter((run) => run.sha === sha)),
    ...(await mergesOf(services, repository, sha, runs)),
  ];
  await askAgain(services, repository, waiting, build);
}

/**
 * Merges that wait for the build of a head that they merged: they take its code where the sources are the same, and the workflow may not
 * run for their own commit at all.
 */
async function mergesOf(
  services: Services,
  repository: RepositoryRef,
  head: string,
  runs: readonly RunSummary[],
): Promise<readonly RunSummary[]> {
  const merges = newestOf(runs.filter(({ cause, sha }) => cause.by === "merge" && sha !== head));
  if (merges.length === 0) return [];
  const request = await services.github(repository);
  const { data } = await request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
    ...place(repository),
    commit_sha: head,
  });
  const pulls = list(data).filter((pull) => text(at(pull, "head", "sha")) === head);
  const merged = new Set(pulls.map((pull) => number(at(pull, "number"))));
  return merges.filter(({ cause }) => pullsOf(cause).some((pull) => merged.has(pull)));
}

/**
 * The same after runs that found no code, for a build that ended between their look and their end. A build is an occasion once: what it
 * does not change is not asked for again.
 */
export async function askAgainIfBuilt(services: Services, ended: readonly RunSummary[]): Promise<void> {
  const missing = ended.filter(({ error }) => isCodeMissingIn(error));
  const [first] = missing;
  if (first === undefined || !services.keepsRecords) return;
  const { repository } = first.stack;
  const [{ settings }, request] = await Promise.all([
    loadSettings(services, repository),
    services.github(repository),
  ]);
  const run = await builtArtifacts({ services, request, repository, settings }, first.sha)?.run();
  if (run === undefined || "missing" in run) return;
  await askAgain(services, repository, missing, `${run.found.id}/${run.found.attempt}`);
}

/** Of each stack the newest of its kind for the same reason: the quiet plan of an approval does not stand for one that is shown. */
function newestOf(runs: readonly RunSummary[]): readonly RunSummary[] {
  const newest = new Map<string, RunSummary>();
  for (const run of runs) {
    const key = JSON.stringify([run.kind, stackKey(run.stack), run.cause.by, pullsOf(run.cause)]);
    if (!newest.has(key)) newest.set(key, run);
  }
  return [...newest.values()].filter(({ state, error }) => isEnded(state) && isCodeMissingIn(error));
}

async function askAgain(
  services: Services,
  repository: RepositoryRef,
  ended: readonly RunSummary[],
  build: string,
): Promise<void> {
  // Whose run was of this build already would be announced, and never run.
  const runs = ended.filter((run) => run.build !== build);
  const still = await Promise.all(runs.map((run) => isStillWanted(services, repository, run)));
  const requests = runs
    .filter((_run, index) => still[index])
    .map(({ group, text, stack, kind, cause, sha, ...run }): RunRequest => {
      const { goneFrom, baseSha, planId, orPlanIds, adopt } = run;
      const again = groupId("built", repository.id, group, build);
      return {
        group: again,
        text,
        stack,
        kind,
        cause,
        sha,
        goneFrom,
        baseSha,
        planId,
        orPlanIds,
        adopt,
        build,
      };
    });
  // Runs of one comment are queued together.
  for (const group of Map.groupBy(requests, (request) => request.group).values()) {
    if (group[0]?.kind === "apply") await announceRuns(services, group);
    await services.enqueue(group);
  }
}

/** Merges, and plans of a pull request's head: an old head's plan would take the place of a newer one. */
async function isStillWanted(
  services: Services,
  repository: RepositoryRef,
  run: RunSummary,
): Promise<boolean> {
  const { kind, cause, sha } = run;
  if (!isAskedAgain(run)) return false;
  if (kind === "apply") return true;
  const request = await services.github(repository);
  const { data } = await request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    ...place(repository),
    pull_number: pullsOf(cause)[0],
  });
  if (text(at(data, "state")) === "open") return text(at(data, "head", "sha")) === sha;
  return (await branchHead(request, repository, text(at(data, "base", "ref")))) === sha;
}
