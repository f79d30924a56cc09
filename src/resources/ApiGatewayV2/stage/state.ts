/** What a stage is to be and what it is, in the same shape. Defaults: SDK `CreateStageRequest`. */
import { isEmpty, isObject, type JsonObject, type JsonValue } from "../../../model/values.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { Desired, Live } from "../../type.ts";
import type { StackFacts } from "../../../model/stack.ts";
import { childAttributes, stageName, type Protocol, protocolOf, protocolOfApi, STAGE } from "../common.ts";
import { DEPLOYMENT_TAG } from "../deployment/mark.ts";
import { stageArn, visibleTags } from "../tagging.ts";

export function desiredStage(desired: Desired): JsonObject {
  const { properties } = desired;
  const logs = { ...objectOf(properties.AccessLogSettings) };
  const group = desired.dependency("logGroup");
  if (group !== undefined && isEmpty(logs.DestinationArn)) logs.DestinationArn = group.attribute("Arn");
  return stageState({ ...properties, AccessLogSettings: logs }, protocolOf(desired), isPinned(properties));
}

/** True for a stage that is to stay on the deployment the spec names. */
export function isPinned(properties: JsonObject): boolean {
  return properties.AutoDeploy !== true && !isEmpty(properties.DeploymentId);
}

const PLAIN = ["StageName", "Description", "ClientCertificateId", "StageVariables"];

/** @param pinned whether the deployment is the spec's to say; else it follows from what is deployed */
function stageState(given: JsonObject, protocol: Protocol, pinned: boolean): JsonObject {
  const state: JsonObject = { AutoDeploy: given.AutoDeploy ?? false };
  for (const key of [...PLAIN, ...(pinned ? ["DeploymentId"] : [])])
    if (!isEmpty(given[key])) state[key] = given[key] ?? "";
  const logs = objectOf(given.AccessLogSettings);
  if (!isEmpty(logs.DestinationArn) || !isEmpty(logs.Format))
    state.AccessLogSettings = { ...logs, DestinationArn: plainGroupArn(logs.DestinationArn) };
  state.DefaultRouteSettings = settingsState(objectOf(given.DefaultRouteSettings), protocol);
  const routes = Object.entries(objectOf(given.RouteSettings)).filter(([, value]) => isObject(value));
  if (routes.length > 0)
    state.RouteSettings = Object.fromEntries(
      routes.map(([key, value]) => [key, settingsState(objectOf(value), protocol)]),
    );
  state.Tags = given.Tags ?? {};
  return state;
}

/** Log groups are written with and without `:*`; API Gateway answers without. */
function plainGroupArn(value: JsonValue | undefined): JsonValue {
  return typeof value === "string" ? value.replace(/:\*$/, "") : (value ?? "");
}

/** With the protocol's defaults. HTTP APIs have no execution logs: `OFF` and `false` say nothing there. */
function settingsState(settings: JsonObject, protocol: Protocol): JsonObject {
  const base: JsonObject = { DetailedMetricsEnabled: false };
  if (protocol === "WEBSOCKET") return { ...base, DataTraceEnabled: false, LoggingLevel: "OFF", ...settings };
  const { LoggingLevel, DataTraceEnabled, ...rest } = settings;
  return {
    ...base,
    ...rest,
    ...(isEmpty(LoggingLevel) || LoggingLevel === "OFF" ? {} : { LoggingLevel: LoggingLevel ?? "" }),
    ...(DataTraceEnabled === true ? { DataTraceEnabled } : {}),
  };
}

/** @param wanted the properties in the spec, where there are any */
export function liveStage(
  api: Live,
  answer: JsonObject,
  stack: StackFacts,
  wanted: JsonObject | undefined,
): Live {
  const name = textOf(answer.StageName);
  const Tags = visibleTags(answer, [DEPLOYMENT_TAG]);
  return {
    type: STAGE,
    name: stageName(api.name, name),
    id: name,
    parentId: api.id,
    state: stageState({ ...answer, Tags }, protocolOfApi(api), isPinned(wanted ?? {})),
    attributes: {
      ...childAttributes(api, answer),
      Arn: stageArn(stack, api.id, name),
      InvokeUrl: `${textOf(api.attributes.ApiEndpoint)}${name === "$default" ? "" : `/${name}`}`,
    },
    tags: Tags,
    ...(answer.ApiGatewayManaged === true ? { managed: true } : {}),
  };
}

/**
 * No call takes a throttling limit back from the default settings, not even one without them (pulumi-aws issue 2363,
 * Terraform's 14742): only a new stage is without.
 */
export function losesThrottle(path: string, after: JsonObject): boolean {
  const key = /^DefaultRouteSettings\.(Throttling\w+)$/.exec(path)?.[1];
  return key !== undefined && objectOf(after.DefaultRouteSettings)[key] === undefined;
}
