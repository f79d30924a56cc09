import * as client from "@aws-sdk/client-apigatewayv2";
import { sdk } from "../core/sdk.ts";
import { mappedDomains } from "./api-mappings.ts";
import { autoDeploy } from "./stage-auto-deploy.ts";
import { badRequest, checkTags, compact, conflict, merge, mergeMap, notFound } from "./common.ts";
import { type ApiPlace, find, inApi, type Kind, placeOf } from "./resource.ts";
import { refuse } from "./rules.ts";
import { checkSettingsRoutes, checkStage, settingsAfter } from "./stage-rules.ts";

type Stage = client.Stage;

/** Merges; stage variables key by key (""), route settings key by key and member by member. */
function merged(sent: Stage, { ctx, http }: ApiPlace, before: Stage | undefined): Stage {
  const { StageVariables, RouteSettings, DefaultRouteSettings, AccessLogSettings, ...texts } = sent;
  // An empty description is ignored, unlike that of an API.
  if (texts.Description === "") delete texts.Description;
  const settings = { ...before?.RouteSettings };
  for (const [key, value] of Object.entries(RouteSettings ?? {})) {
    settings[key] = { ...settings[key], ...value };
  }
  const logs = { ...before?.AccessLogSettings, ...AccessLogSettings };
  return {
    CreatedDate: ctx.now(),
    Tags: {},
    ...merge<Stage>(before ?? { StageName: sent.StageName }, texts),
    // Absent until somebody says either.
    AutoDeploy: sent.AutoDeploy ?? before?.AutoDeploy,
    AccessLogSettings: Object.keys(logs).length === 0 ? undefined : logs,
    DefaultRouteSettings: settingsAfter(before?.DefaultRouteSettings, DefaultRouteSettings ?? {}, http),
    LastUpdatedDate: ctx.now(),
    RouteSettings: settings,
    StageVariables: mergeMap(before?.StageVariables, StageVariables) ?? {},
    // A new stage that deploys itself has its own: what was sent is ignored.
    ...(before === undefined && sent.AutoDeploy === true ? { DeploymentId: undefined } : {}),
  };
}

/** A stage with AutoDeploy is deployed at once, alone: only this one changed. */
function deployed(stage: Stage, { ctx, api }: ApiPlace): void {
  if (stage.AutoDeploy !== true) return;
  const others = [...api.stages.values()].filter((other) => other !== stage && other.AutoDeploy === true);
  for (const other of others) api.stages.set(other.StageName ?? "", { ...other, AutoDeploy: false });
  autoDeploy(ctx, api);
  for (const other of others) api.stages.set(other.StageName ?? "", other);
}

const kind: Kind<Stage, ApiPlace> & { still: true } = {
  noun: "Stage",
  called: "stage",
  store: ({ api }) => api.stages,
  id: "StageName",
  quota: ["stagesPerApi", "Stages"],
  sentRules: [
    refuse(
      (_it, _at, before) => before?.ApiGatewayManaged === true,
      "A stage that is managed by API Gateway cannot be modified",
    ),
    (it, { ctx }) => checkTags(ctx, {}, it.Tags ?? {}),
    (it, { ctx, api }) => checkStage(ctx, api, it),
    refuse(
      (it, _at, before) =>
        before !== undefined &&
        it.DeploymentId !== undefined &&
        (it.AutoDeploy ?? before.AutoDeploy) === true,
      "DeploymentId cannot be updated for a stage with auto-deploy enabled",
    ),
    refuse(
      ({ DeploymentId: id }, { api }, before) =>
        id !== undefined && !(id === "" && before !== undefined) && !api.deployments.has(id),
      (it) => `Invalid deployment identifier specified: ${it.DeploymentId}`,
    ),
  ],
  merged,
  rules: [
    refuse(
      ({ AccessLogSettings: logs }) => logs !== undefined && (!logs.DestinationArn || !logs.Format),
      "Access Log value missing. Expected destinationArn and format.",
    ),
    (it, { api }) => checkSettingsRoutes(api, it),
  ],
  clash: (it, other) => (it.StageName === other.StageName ? conflict("Stage already exists") : undefined),
  saved: deployed,
  removal: [
    ({ StageName: name }, { ctx, api }) => {
      const domains = mappedDomains(ctx, api.api.ApiId, name);
      if (domains.length > 0)
        throw badRequest(
          `Deleting stage ${name} failed. Please remove all base path mappings related to the stage in your domains: ${domains.join(", ")}`,
        );
    },
  ],
  still: true,
};

const on = sdk<client.ApiGatewayV2>(client);
type Named = Pick<client.GetStageRequest, "ApiId" | "StageName">;
const stageOf = (ctx: Parameters<typeof placeOf>[0], input: Named) => {
  const where = placeOf(ctx, input.ApiId);
  return { where, stage: find(kind, where, input.StageName ?? "") };
};

/** Stages; their deployments stay when they go. */
export const stages = [
  ...inApi(kind),
  on("deleteAccessLogSettings", (ctx, input) => {
    const { where, stage } = stageOf(ctx, input);
    const LastUpdatedDate = ctx.now();
    where.api.stages.set(
      stage.StageName ?? "",
      compact({ ...stage, LastUpdatedDate, AccessLogSettings: undefined }),
    );
  }),
  on("deleteRouteSettings", (ctx, input) => {
    const { where, stage } = stageOf(ctx, input);
    const { [input.RouteKey ?? ""]: removed, ...rest } = stage.RouteSettings ?? {};
    if (removed === undefined) throw notFound("route settings");
    where.api.stages.set(stage.StageName ?? "", {
      ...stage,
      RouteSettings: rest,
      LastUpdatedDate: ctx.now(),
    });
  }),
  // Nothing is cached here; only the references are checked.
  on("resetAuthorizersCache", (ctx, input) => {
    stageOf(ctx, input);
  }),
];
