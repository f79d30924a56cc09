/** Which commit a rollback of a stack takes it back to: the last one that was deployed well before what AWS has now. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { isPartOf } from "../../../src/github/pull-request.ts";
import { at, list, text } from "../../../src/github/json.ts";
import { place } from "../../../src/model/repository.ts";
import { isRollback, type RunSummary, type StackRef } from "../../../src/model/run.ts";
import { isEnded } from "../../../src/model/run-states.ts";
import type { Services } from "../../services/services.ts";
import { stageBranch } from "../../stacks/branch.ts";
import { own } from "../../../src/model/own.ts";
import type { Settings } from "../../../src/settings/schema.ts";
import { type Deploy, listDeployed } from "./deployed.ts";
import { hasBegun } from "./needs.ts";

export interface Rollback {
  /** The commit that AWS has now, or has a part of; undefined where the stack was deleted. */
  readonly from: string | undefined;
  readonly to: string;
}

/** `deploys` is newest first. Undefined where there is nothing to go back to. Pure. */
export function rollbackOf(deploys: readonly Deploy[]): Rollback | undefined {
  const [now] = deploys;
  if (now === undefined) return undefined;
  // One that was left half done is finished first.
  if (now.isRollback && !now.complete && now.sha !== undefined) return { from: now.sha, to: now.sha };
  // What a rollback has undone came after the commit that it went back to: further back is before that one's first deploy.
  const first = now.isRollback
    ? deploys.findLastIndex(({ sha, isRollback }) => sha === now.sha && !isRollback)
    : 0;
  // Its first deploy is older than what is known: what is known may be what was undone.
  if (first < 0) return undefined;
  const to = deploys.slice(first + 1).find(({ good, sha }) => good && sha !== now.sha)?.sha;
  return to === undefined ? undefined : { from: now.sha, to };
}

/**
 * The runs that changed the stack. An apply that found nothing to do is none: what AWS has was deployed before it. It says, though, that its
 * commit is there as a whole, and passes its smoke test. `runs` is newest first. Pure.
 */
export function deploysOf(
  runs: readonly RunSummary[],
  isComplete: (run: RunSummary) => boolean,
): readonly Deploy[] {
  const passed = new Set(
    runs.filter((run) => isIdle(run) && run.state === "succeeded").map(({ sha }) => sha),
  );
  return runs.filter(hasChanged).map((run) => {
    const removed = run.kind === "destroy" || run.goneFrom !== undefined;
    return {
      sha: removed ? undefined : run.sha,
      good: !removed && (run.state === "succeeded" || passed.has(run.sha)),
      complete: run.state === "succeeded" || isComplete(run),
      isRollback: isRollback(run.cause),
    };
  });
}

/** Whether what AWS has of the stack is what a rollback left of it. `runs` is newest first. Pure. */
export function isTakenBack(runs: readonly RunSummary[]): boolean {
  const ended = runs.filter(({ state }) => isEnded(state));
  return deploysOf(ended, () => false)[0]?.isRollback === true;
}

function hasChanged(run: RunSummary): boolean {
  const { kind, state } = run;
  const isUnderWay = state === "running" && (kind === "apply" || kind === "destroy");
  return (isUnderWay || hasBegun(run)) && !isIdle(run);
}

function isIdle({ kind, state, counts }: RunSummary): boolean {
  return kind === "apply" && state !== "running" && CHANGES.every((change) => (counts?.[change] ?? 0) === 0);
}

const CHANGES = ["create", "update", "replace", "delete", "redeploy"] as const;

const MOST_RUNS = 500;

/**
 * By the bot's own record. Inside a workflow GitHub's deployments are the record, which any writer's branch can write: there only a commit
 * counts that the stage's branch has, or that was the head of a pull request merged into it.
 */
export async function readRollback(
  services: Services,
  request: GitHubRequest,
  settings: Settings,
  stack: StackRef,
): Promise<Rollback | undefined> {
  if (services.keepsRecords) {
    const states = ["running", "succeeded", "failed", "cancelled"] as const;
    const runs = await services.store.listRuns({ stack, states, limit: MOST_RUNS });
    const newest = runs.find(hasChanged);
    const whole = newest?.state === "failed" ? await services.store.getRun(newest.id) : undefined;
    return rollbackOf(deploysOf(runs, ({ id }) => id === whole?.id && whole.result?.succeeded === true));
  }
  const found = rollbackOf(await listDeployed(services, request, stack));
  if (found === undefined) return undefined;
  const branch = stageBranch(stack.repository, own(settings.stages, stack.stage));
  return (await wasMerged(request, stack, branch, found.to)) ? found : undefined;
}

async function wasMerged(
  request: GitHubRequest,
  { repository }: StackRef,
  branch: string,
  sha: string,
): Promise<boolean> {
  if (await isPartOf(request, place(repository), branch, sha)) return true;
  const { data } = await request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
    ...place(repository),
    commit_sha: sha,
  });
  return list(data).some(
    (pull) =>
      text(at(pull, "merged_at")) !== "" &&
      text(at(pull, "head", "sha")) === sha &&
      text(at(pull, "base", "ref")) === branch,
  );
}
