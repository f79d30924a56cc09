import type {
  CreateStageRequest,
  CreateStageResponse,
  DeleteAccessLogSettingsRequest,
  DeleteRouteSettingsRequest,
  DeleteStageRequest,
  GetStageRequest,
  GetStageResponse,
  GetStagesRequest,
  GetStagesResponse,
  ResetAuthorizersCacheRequest,
  Stage,
  UpdateStageRequest,
  UpdateStageResponse,
} from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import { type ApiRecord, need } from "../state.ts";
import { autoDeploy } from "./auto-deploy.ts";
import {
  badRequest,
  compact,
  conflict,
  isHttp,
  limitReached,
  listPage,
  merge,
  mergeMap,
  needApi,
  notFound,
} from "./common.ts";
import { checkStage, settingsAfter } from "./stage-rules.ts";
import { checkTags } from "./tags.ts";

const needStage = (record: ApiRecord, name: string | undefined): Stage =>
  need(record.stages.get(name ?? ""), () => notFound("stage", name));

/** Stores a stage; one with AutoDeploy is deployed at once. */
function store(ctx: Ctx, record: ApiRecord, stage: Stage, deploy: boolean): Stage {
  const name = stage.StageName ?? "";
  record.stages.set(name, stage);
  if (!deploy) return stage;
  const others = [...record.stages.values()].filter((s) => s !== stage && s.AutoDeploy === true);
  // The answer does not know the deployment yet: AWS makes it a moment later.
  // Only this stage changed: the others are not deployed again.
  for (const other of others) record.stages.set(other.StageName ?? "", { ...other, AutoDeploy: false });
  autoDeploy(ctx, record);
  for (const other of others) record.stages.set(other.StageName ?? "", other);
  return stage;
}

export function createStage(ctx: Ctx, input: CreateStageRequest): CreateStageResponse {
  const record = needApi(ctx, input.ApiId);
  const http = isHttp(record);
  checkTags(ctx, {}, input.Tags ?? {});
  checkStage(ctx, record, input);
  if (input.DeploymentId !== undefined && !record.deployments.has(input.DeploymentId)) {
    throw badRequest(`Invalid deployment identifier specified: ${input.DeploymentId}`);
  }
  const name = input.StageName ?? "";
  if (record.stages.has(name)) throw conflict("Stage already exists");
  if (record.stages.size >= ctx.quotas.stagesPerApi) throw limitReached("Stages");
  const now = ctx.now();
  const stage: Stage = compact({
    AccessLogSettings:
      input.AccessLogSettings?.DestinationArn === undefined ? undefined : input.AccessLogSettings,
    AutoDeploy: input.AutoDeploy === true ? true : undefined,
    ClientCertificateId: input.ClientCertificateId,
    CreatedDate: now,
    DefaultRouteSettings: settingsAfter(undefined, input.DefaultRouteSettings ?? {}, http),
    // A stage that deploys itself has its own: what was sent is ignored.
    DeploymentId: input.AutoDeploy === true ? undefined : input.DeploymentId,
    Description: input.Description === "" ? undefined : input.Description,
    LastUpdatedDate: now,
    RouteSettings: input.RouteSettings ?? {},
    StageName: name,
    StageVariables: input.StageVariables ?? {},
    Tags: input.Tags ?? {},
  });
  return store(ctx, record, stage, stage.AutoDeploy === true);
}

export function getStage(ctx: Ctx, input: GetStageRequest): GetStageResponse {
  return needStage(needApi(ctx, input.ApiId), input.StageName);
}

export function getStages(ctx: Ctx, input: GetStagesRequest): GetStagesResponse {
  return listPage(ctx, [...needApi(ctx, input.ApiId).stages.values()], input);
}

/** Merges; stage variables key by key (""), route settings key by key and member by member. */
export function updateStage(ctx: Ctx, input: UpdateStageRequest): UpdateStageResponse {
  const record = needApi(ctx, input.ApiId);
  const before = needStage(record, input.StageName);
  const http = isHttp(record);
  if (before.ApiGatewayManaged === true) {
    throw badRequest("A stage that is managed by API Gateway cannot be modified");
  }
  checkStage(ctx, record, input);
  const autoDeploys = input.AutoDeploy ?? before.AutoDeploy ?? false;
  const wanted = input.DeploymentId;
  if (autoDeploys && wanted !== undefined) {
    throw badRequest("DeploymentId cannot be updated for a stage with auto-deploy enabled");
  }
  if (wanted !== undefined && wanted !== "" && !record.deployments.has(wanted)) {
    throw badRequest(`Invalid deployment identifier specified: ${wanted}`);
  }
  const {
    ApiId: _a,
    StageName: _s,
    StageVariables,
    RouteSettings,
    DefaultRouteSettings,
    AccessLogSettings,
    ...texts
  } = input;
  const settings = { ...before.RouteSettings };
  for (const [key, value] of Object.entries(RouteSettings ?? {})) {
    settings[key] = { ...settings[key], ...value };
  }
  const logs = { ...before.AccessLogSettings, ...AccessLogSettings };
  const next: Stage = compact({
    ...merge<Stage>(before, texts),
    AutoDeploy: autoDeploys ? true : undefined,
    AccessLogSettings: Object.keys(logs).length === 0 ? undefined : logs,
    DefaultRouteSettings: settingsAfter(before.DefaultRouteSettings, DefaultRouteSettings ?? {}, http),
    LastUpdatedDate: ctx.now(),
    RouteSettings: settings,
    StageVariables: mergeMap(before.StageVariables, StageVariables) ?? {},
  });
  return store(ctx, record, next, autoDeploys);
}

/** Deletes a stage; its deployments stay. */
export function deleteStage(ctx: Ctx, input: DeleteStageRequest): void {
  const record = needApi(ctx, input.ApiId);
  record.stages.delete(needStage(record, input.StageName).StageName ?? "");
}

export function deleteAccessLogSettings(ctx: Ctx, input: DeleteAccessLogSettingsRequest): void {
  const record = needApi(ctx, input.ApiId);
  const { AccessLogSettings: _removed, ...rest } = needStage(record, input.StageName);
  record.stages.set(rest.StageName ?? "", { ...rest, LastUpdatedDate: ctx.now() });
}

export function deleteRouteSettings(ctx: Ctx, input: DeleteRouteSettingsRequest): void {
  const record = needApi(ctx, input.ApiId);
  const stage = needStage(record, input.StageName);
  const { [input.RouteKey ?? ""]: removed, ...rest } = stage.RouteSettings ?? {};
  if (removed === undefined) throw notFound("route settings", input.RouteKey);
  record.stages.set(stage.StageName ?? "", { ...stage, RouteSettings: rest, LastUpdatedDate: ctx.now() });
}

/** Nothing is cached here; only the references are checked. */
export function resetAuthorizersCache(ctx: Ctx, input: ResetAuthorizersCacheRequest): void {
  needStage(needApi(ctx, input.ApiId), input.StageName);
}
