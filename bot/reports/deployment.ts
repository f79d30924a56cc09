/** Every apply is a GitHub Deployment of the stage's environment with the endpoint as its address: one, with one end. */
import { hasChanges } from "../../src/model/plan.ts";
import type { Output } from "../../src/model/apply.ts";
import { place } from "../../src/model/repository.ts";
import { remembered } from "../services/posted.ts";
import { runUrl, type Services } from "../services/services.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import type { Run } from "../../src/model/run.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, number, text } from "../../src/github/json.ts";
import { allPages } from "../../src/github/paging.ts";
import { retryWrite } from "./github-retry.ts";

/** The deployment of an ended run. "Nothing to apply" is none. */
export async function finishDeployment(services: Services, run: Run): Promise<void> {
  const plan = run.result?.plan ?? run.plan;
  if (run.kind !== "apply" || plan === undefined || !hasChanges(plan) || run.result === undefined) return;
  const { outputs } = run.result;
  await retryWrite(services, run, "a deployment", async () => {
    const request = await services.github(run.stack.repository);
    const environment = await environmentOf(services, run);
    const deployment = remembered(services.store, {
      repositoryId: run.stack.repository.id,
      kind: "deployment",
      key: run.id,
    });
    const noted = await deployment.get();
    const known = noted ?? (await findDeployment(request, run, environment));
    const id = known ?? (await createDeployment(request, run, environment, plan.id));
    if (noted === undefined) await deployment.set(id);
    const state = run.state === "succeeded" ? "success" : "failure";
    if (known !== undefined && (await hasStatus(request, run, id, state))) return;
    const url = runUrl(services, run.id);
    await request("POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses", {
      ...place(run.stack.repository),
      deployment_id: id,
      state,
      environment,
      ...environmentUrl(outputs),
      ...(url === undefined ? {} : { log_url: url }),
    });
  });
}

async function environmentOf(services: Services, { stack }: Run): Promise<string> {
  const { settings } = await loadSettings(services, stack.repository);
  const name = settings.stages[stack.stage]?.environment ?? stack.stage;
  return stack.directory === "." ? name : `${name} (${stack.directory})`;
}

async function createDeployment(
  request: GitHubRequest,
  run: Run,
  environment: string,
  planId: string,
): Promise<number> {
  const { data } = await request("POST /repos/{owner}/{repo}/deployments", {
    ...place(run.stack.repository),
    ref: run.sha,
    environment,
    auto_merge: false,
    required_contexts: [],
    description: `Gatewright plan ${planId}`,
    // What it is found by when the answer to this request gets lost.
    payload: { run: run.id },
  });
  return number(at(data, "id"));
}

async function findDeployment(
  request: GitHubRequest,
  run: Run,
  environment: string,
): Promise<number | undefined> {
  const deployments = await allPages(request, "GET /repos/{owner}/{repo}/deployments", {
    ...place(run.stack.repository),
    sha: run.sha,
    environment,
  });
  // GitHub gives the payload back as it was sent, or as the text of it.
  const found = deployments.find((deployment) => {
    const payload = at(deployment, "payload");
    return (text(payload) || (JSON.stringify(payload) ?? "")).includes(run.id);
  });
  return found === undefined ? undefined : number(at(found, "id"));
}

async function hasStatus(request: GitHubRequest, run: Run, id: number, state: string): Promise<boolean> {
  const statuses = await allPages(request, "GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses", {
    ...place(run.stack.repository),
    deployment_id: id,
  });
  return statuses.some((status) => text(at(status, "state")) === state);
}

function environmentUrl(outputs: readonly Output[]): { environment_url?: string } {
  const found =
    outputs.find(({ name }) => name === "InvokeUrl") ?? outputs.find(({ name }) => name === "ApiEndpoint");
  return found === undefined || !/^https?:\/\//.test(found.value) ? {} : { environment_url: found.value };
}
