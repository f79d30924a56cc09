import type {
  CreateDeploymentRequest,
  CreateDeploymentResponse,
  DeleteDeploymentRequest,
  Deployment,
  GetDeploymentRequest,
  GetDeploymentResponse,
  GetDeploymentsRequest,
  GetDeploymentsResponse,
  UpdateDeploymentRequest,
  UpdateDeploymentResponse,
} from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import { type ApiRecord, need } from "../state.ts";
import { newDeployment } from "./auto-deploy.ts";
import { badRequest, checkLength, compact, listPage, merge, needApi, notFound } from "./common.ts";

/** A read brings a PENDING deployment closer to DEPLOYED. */
function needDeployment(record: ApiRecord, id: string | undefined): Deployment {
  const deployment = need(record.deployments.get(id ?? ""), () => notFound("Deployment", id));
  const left = record.pending.get(id ?? "");
  if (left === undefined) return deployment;
  if (left > 0) {
    record.pending.set(id ?? "", left - 1);
    return deployment;
  }
  record.pending.delete(id ?? "");
  const done: Deployment = { ...deployment, DeploymentStatus: "DEPLOYED" };
  record.deployments.set(id ?? "", done);
  return done;
}

/** Freezes the API's routes; with StageName the stage points to the new deployment at once. */
export function createDeployment(ctx: Ctx, input: CreateDeploymentRequest): CreateDeploymentResponse {
  const record = needApi(ctx, input.ApiId);
  checkLength("description", input.Description, 1024);
  if (record.routes.size === 0) throw badRequest("At least one route is required before deploying the Api.");
  const stage = input.StageName === undefined ? undefined : record.stages.get(input.StageName);
  if (input.StageName !== undefined) {
    if (stage === undefined) throw notFound("stage", input.StageName);
    if (stage.AutoDeploy === true) {
      throw badRequest("Unable to create a deployment for a stage that has auto-deploy enabled");
    }
  }
  const description = input.Description === "" ? undefined : input.Description;
  const deployment = newDeployment(ctx, record, compact({ Description: description }));
  if (stage !== undefined) {
    const next = { ...stage, DeploymentId: deployment.DeploymentId, LastUpdatedDate: ctx.now() };
    record.stages.set(stage.StageName ?? "", next);
  }
  return deployment;
}

export function getDeployment(ctx: Ctx, input: GetDeploymentRequest): GetDeploymentResponse {
  return needDeployment(needApi(ctx, input.ApiId), input.DeploymentId);
}

export function getDeployments(ctx: Ctx, input: GetDeploymentsRequest): GetDeploymentsResponse {
  return listPage(ctx, [...needApi(ctx, input.ApiId).deployments.values()].reverse(), input);
}

export function updateDeployment(ctx: Ctx, input: UpdateDeploymentRequest): UpdateDeploymentResponse {
  const record = needApi(ctx, input.ApiId);
  const deployment = needDeployment(record, input.DeploymentId);
  checkLength("description", input.Description, 1024);
  const next = merge<Deployment>(deployment, { Description: input.Description });
  record.deployments.set(deployment.DeploymentId ?? "", next);
  return next;
}

/** A deployment that a stage points to stays. */
export function deleteDeployment(ctx: Ctx, input: DeleteDeploymentRequest): void {
  const record = needApi(ctx, input.ApiId);
  const deployment = needDeployment(record, input.DeploymentId);
  const id = deployment.DeploymentId ?? "";
  const users = [...record.stages.values()].filter((stage) => stage.DeploymentId === id);
  if (users.length > 0) {
    throw badRequest("Active stages pointing to this deployment must be moved or deleted");
  }
  record.deployments.delete(id);
  record.snapshots.delete(id);
}
