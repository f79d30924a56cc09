/** Every apply is a GitHub Deployment of the stage's environment with the endpoint as its address, and a check run. */
import { hasChanges, type Output } from "../../src/index.ts";
import { place, runUrl, type Services } from "../services.ts";
import { loadSettings } from "../settings/load.ts";
import type { Run } from "../types.ts";
import { at, number, statusOf, text } from "./api.ts";

/** The check run of a run, so that a pull request shows it beside the others. */
export async function startCheck(services: Services, run: Run): Promise<void> {
  const request = await services.github(run.stack.repository);
  const name = checkName(run);
  await quietly(services, run, async () => {
    const { data } = await request("POST /repos/{owner}/{repo}/check-runs", {
      ...place(run.stack.repository),
      name,
      head_sha: run.sha,
      status: "in_progress",
      external_id: run.id,
      ...detailsUrl(services, run),
    });
    await services.store.setNote(`check/${run.id}`, String(number(at(data, "id"))));
  });
}

/** Deployment and check run of an ended run. "Nothing to apply" is no deployment. */
export async function finishDeployment(services: Services, run: Run): Promise<void> {
  await quietly(services, run, () => finishCheck(services, run));
  const plan = run.result?.plan ?? run.plan;
  if (run.kind !== "apply" || plan === undefined || !hasChanges(plan) || run.result === undefined) return;
  await quietly(services, run, async () => {
    const request = await services.github(run.stack.repository);
    const { settings } = await loadSettings(services, run.stack.repository);
    const name = settings.stages[run.stack.stage]?.environment ?? run.stack.stage;
    const environment = run.stack.directory === "." ? name : `${name} (${run.stack.directory})`;
    const known = await services.store.getNote(`deployment/${run.id}`);
    const id = known === undefined ? await createDeployment() : Number(known);
    await request("POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses", {
      ...place(run.stack.repository),
      deployment_id: id,
      state: run.state === "succeeded" ? "success" : "failure",
      environment,
      ...environmentUrl(run.result?.outputs ?? []),
      ...(runUrl(services, run.id) === undefined ? {} : { log_url: runUrl(services, run.id) }),
    });

    async function createDeployment(): Promise<number> {
      const { data } = await request("POST /repos/{owner}/{repo}/deployments", {
        ...place(run.stack.repository),
        ref: run.sha,
        environment,
        auto_merge: false,
        required_contexts: [],
        description: `Gatewright plan ${plan?.id ?? ""}`,
      });
      const made = number(at(data, "id"));
      await services.store.setNote(`deployment/${run.id}`, String(made));
      return made;
    }
  });
}

async function finishCheck(services: Services, run: Run): Promise<void> {
  const id = await services.store.getNote(`check/${run.id}`);
  if (id === undefined) return;
  const request = await services.github(run.stack.repository);
  const conclusion =
    run.state === "succeeded" ? "success" : run.state === "cancelled" ? "cancelled" : "failure";
  await request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
    ...place(run.stack.repository),
    check_run_id: Number(id),
    status: "completed",
    conclusion,
    output: { title: `${checkName(run)}: ${run.state}`, summary: summaryOf(run) },
  });
}

function checkName({ kind, stack }: Run): string {
  return `gatewright ${kind} ${stack.stage}${stack.directory === "." ? "" : ` ${stack.directory}`}`;
}

function summaryOf(run: Run): string {
  if (run.error !== undefined) return `${run.error.code}: ${run.error.message}`;
  const results = run.result?.results ?? [];
  const done = results.filter(({ outcome }) => outcome === "succeeded").length;
  return results.length === 0
    ? "Nothing to apply."
    : `${done} of ${results.length} changes were carried out.`;
}

function environmentUrl(outputs: readonly Output[]): { environment_url?: string } {
  const found =
    outputs.find(({ name }) => name === "InvokeUrl") ?? outputs.find(({ name }) => name === "ApiEndpoint");
  return found === undefined || !/^https?:\/\//.test(found.value) ? {} : { environment_url: found.value };
}

function detailsUrl(services: Services, run: Run): { details_url?: string } {
  const url = runUrl(services, run.id);
  return url === undefined ? {} : { details_url: url };
}

/** A deployment or check that cannot be written must not fail what was applied: it is logged. */
async function quietly(services: Services, run: Run, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    services.log.warn(
      { runId: run.id, status: statusOf(error), error: text(at(error, "message")) },
      "GitHub did not take a deployment or check run",
    );
  }
}
