import type { Deployment } from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import type { ApiRecord } from "../state.ts";

/** Freezes what the API serves now under a new deployment. */
export function newDeployment(ctx: Ctx, record: ApiRecord, fields: Partial<Deployment>): Deployment {
  const deployment: Deployment = {
    AutoDeployed: false,
    CreatedDate: ctx.now(),
    DeploymentId: ctx.ids.lower(6),
    DeploymentStatus: ctx.consistency.deploymentDone > 0 ? "PENDING" : "DEPLOYED",
    ...fields,
  };
  const id = deployment.DeploymentId ?? "";
  if (ctx.consistency.deploymentDone > 0) record.pending.set(id, ctx.consistency.deploymentDone);
  record.deployments.set(id, deployment);
  // The maps' values are never changed in place, so a list of them is a snapshot.
  record.snapshots.set(id, {
    routes: [...record.routes.values()],
    integrations: [...record.integrations.values()],
    authorizers: [...record.authorizers.values()],
  });
  return deployment;
}

/** After each change of an API its stages with AutoDeploy get a new deployment; without a route there is nothing to deploy. */
export function autoDeploy(ctx: Ctx, record: ApiRecord): void {
  const stages = [...record.stages.values()].filter((stage) => stage.AutoDeploy === true);
  if (stages.length === 0) return;
  if (record.routes.size === 0) {
    for (const stage of stages) {
      record.stages.set(stage.StageName ?? "", {
        ...stage,
        LastDeploymentStatusMessage:
          "Deployment attempt failed: Unable to deploy API because no valid routes exist in this API",
      });
    }
    return;
  }
  const deployment = newDeployment(ctx, record, {
    AutoDeployed: true,
    Description: "Automatic deployment triggered by changes to the Api configuration",
  });
  const id = deployment.DeploymentId ?? "";
  for (const stage of stages) {
    const previous = stage.DeploymentId;
    record.stages.set(stage.StageName ?? "", {
      ...stage,
      DeploymentId: id,
      LastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${id}'`,
    });
    // Nobody can point a stage at a superseded automatic deployment; its snapshot would only fill memory.
    if (previous !== undefined && record.deployments.get(previous)?.AutoDeployed === true) {
      record.snapshots.delete(previous);
    }
  }
  forget(ctx, record);
}

/** Drops the oldest automatic deployments beyond the number an API keeps. */
function forget(ctx: Ctx, record: ApiRecord): void {
  if (record.deployments.size <= ctx.quotas.autoDeployments) return;
  const used = new Set([...record.stages.values()].map((stage) => stage.DeploymentId));
  for (const [id, deployment] of record.deployments) {
    if (record.deployments.size <= ctx.quotas.autoDeployments) return;
    if (deployment.AutoDeployed !== true || used.has(id)) continue;
    record.deployments.delete(id);
    record.snapshots.delete(id);
  }
}
