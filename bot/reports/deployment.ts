/** Every apply is a GitHub Deployment of the stage's environment with the endpoint as its address: one, with one end. */
import { hasChanges } from "../../src/model/plan.ts";
import type { ApplyResult } from "../../src/model/apply.ts";
import { webAddress } from "../../src/report/outputs.ts";
import { smokeLine } from "../../src/report/smoke.ts";
import { place } from "../../src/model/repository.ts";
import { newestDeployed } from "../gates/facts/deployed.ts";
import { remembered } from "../services/posted.ts";
import { runUrl, type Services } from "../services/services.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import { removesAll, isRollback, pullsOf, type Run } from "../../src/model/run.ts";
import { environmentOf } from "../stacks/environment.ts";
import {
  createDeployment,
  findDeployment,
  hadDeploymentState,
  setDeploymentState,
} from "../../src/github/deployments.ts";
import { retryWrite } from "./github/retry.ts";
import { endDeployments } from "./previews/deployments.ts";
import { isSuperseded } from "./previews/view.ts";

/** The deployment of an ended run. "Nothing to apply" is none, but may end what the last one lacked. */
export async function finishDeployment(services: Services, run: Run): Promise<void> {
  const isPreview = run.cause.by === "preview";
  // Also when something newer is wanted: that may be about other directories only, and nobody would end this one's deployments.
  if (isPreview && removesAll(run)) return endPreview(services, run);
  if (isPreview && (await isSuperseded(services, run))) return;
  const plan = run.result?.plan ?? run.plan;
  if (run.kind !== "apply" || plan === undefined || run.result === undefined) return;
  // Of a preview GitHub shows whether it has the head, also when that changes nothing.
  if (!hasChanges(plan) && !isPreview) return passLater(services, run, run.result);
  const { outputs } = run.result;
  const { repository } = run.stack;
  const [pull] = pullsOf(run.cause);
  const goesBack = isRollback(run.cause);
  await retryWrite(services, run, "a deployment", async () => {
    const request = await services.github(repository);
    const { settings } = await loadSettings(services, repository);
    const environment = environmentOf(settings, run.stack);
    const at = place(repository);
    const deployment = {
      sha: run.sha,
      environment,
      description: `Gatewright ${goesBack ? "rollback, " : ""}plan ${plan.id}`,
      rollback: goesBack,
      holds: goesBack && (await services.store.holdOf(run.stack))?.rollback === true,
      runId: run.id,
      ...(isPreview ? { transient: true } : {}),
      ...(pull === undefined ? {} : { pull }),
      by: run.cause.by === "schedule" ? "" : run.cause.login,
    };
    const memory = remembered(services.store, {
      repositoryId: repository.id,
      kind: "deployment",
      key: run.id,
    });
    const noted = await memory.get();
    const known = noted ?? (await findDeployment(request, at, deployment));
    const id = known ?? (await createDeployment(request, at, deployment));
    if (noted === undefined) await memory.set(id);
    const state = run.state === "succeeded" ? "success" : "failure";
    if (known !== undefined && (await hadDeploymentState(request, at, id, state))) return;
    await setDeploymentState(request, at, id, {
      state,
      environment,
      environmentUrl: webAddress(outputs),
      logUrl: runUrl(services, run.id),
      description: smokeLine(run.result),
    });
    if (isPreview) await endDeployments(services, request, run, id);
  });
}

/**
 * A smoke test that failed is passed by a later apply of the same commit, which then has nothing else to do: the deployment that failed is
 * the one that has succeeded now, for people and for stages that need this one.
 */
async function passLater(services: Services, run: Run, result: ApplyResult): Promise<void> {
  const calls = result.smoke ?? [];
  if (run.state !== "succeeded" || calls.length === 0) return;
  await retryWrite(services, run, "a deployment", async () => {
    const request = await services.github(run.stack.repository);
    const last = await newestDeployed(services, request, run.stack);
    if (last === undefined || last.sha !== run.sha || last.state !== "failure") return;
    await setDeploymentState(request, place(run.stack.repository), last.id, {
      state: "success",
      environment: last.environment,
      environmentUrl: webAddress(result.outputs),
      logUrl: runUrl(services, run.id),
      description: smokeLine(result),
    });
  });
}

/** What is deleted is deployed nowhere: GitHub then shows the pull request without it. A newer run of the stack tells how that stands. */
async function endPreview(services: Services, run: Run): Promise<void> {
  const [newest] = await services.store.listRuns({ stack: run.stack, limit: 1 });
  if (run.state !== "succeeded" || newest?.id !== run.id) return;
  await retryWrite(services, run, "a deployment", async () =>
    endDeployments(services, await services.github(run.stack.repository), run),
  );
}
