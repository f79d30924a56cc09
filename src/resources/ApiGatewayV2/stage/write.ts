/** Creates, updates and deletes stages. Updates merge; what cannot be cleared: docs/decisions/0005. */
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject, withoutEmpty } from "../../../model/values.ts";
import { jsonOf, objectOf, tagsOf, textOf } from "../../live-values.ts";
import { mergedMap } from "../../state.ts";
import type { CreateContext, DeleteContext, Live, UpdateContext } from "../../type.ts";
import { apiOf, changedTexts, ifThere } from "../common.ts";
import { DEPLOYMENT_TAG, deploymentsInMark } from "../deployment/mark.ts";
import { deleteUnused } from "../deployment/deploy.ts";
import { liveStage } from "./state.ts";
import { stageArn, updateTags } from "../tagging.ts";
import { apiGateway } from "../service.ts";

export async function createStage(context: CreateContext): Promise<Live> {
  const { aws, stack, state, desired } = context;
  const api = apiOf(context);
  const client = await aws.client(apiGateway);
  const input = { ApiId: api.id, ...withoutEmpty(state) };
  return liveStage(api, jsonOf(await client.createStage(sdkInput(input))), stack, desired.properties);
}

const TEXTS = ["AutoDeploy", "ClientCertificateId", "DeploymentId", "Description"];

export async function updateStage(context: UpdateContext): Promise<Live> {
  const { aws, stack, live, state, desired, changed } = context;
  const api = apiOf(context);
  const client = await aws.client(apiGateway);
  const of = { ApiId: api.id, StageName: live.id };
  if (changed("Tags")) await updateTags(context, stageArn(stack, api.id, live.id));
  const input: JsonObject = changedTexts(context, TEXTS);
  if (changed("AccessLogSettings")) Object.assign(input, await logsInput(context, of));
  if (changed("RouteSettings")) Object.assign(input, await routeSettingsInput(context, of));
  if (changed("DefaultRouteSettings")) input.DefaultRouteSettings = objectOf(state.DefaultRouteSettings);
  if (changed("StageVariables"))
    input.StageVariables = mergedMap(objectOf(live.state.StageVariables), objectOf(state.StageVariables));
  const answer = isEmpty(input)
    ? await client.getStage(of)
    : await client.updateStage(sdkInput({ ...of, ...input }));
  return liveStage(api, { ...jsonOf(answer), Tags: tagsOf(state) }, stack, desired.properties);
}

type Of = { ApiId: string; StageName: string };

/** Updates merge the two parts: when one goes, its own delete call takes both, and what stays is sent again. */
async function logsInput({ aws, live, state }: UpdateContext, of: Of): Promise<JsonObject> {
  const before = objectOf(live.state.AccessLogSettings);
  const wanted = withoutEmpty(objectOf(state.AccessLogSettings));
  if (Object.keys(before).some((key) => !(key in wanted)))
    await ifThere((await aws.client(apiGateway)).deleteAccessLogSettings(of));
  return isEmpty(wanted) ? {} : { AccessLogSettings: wanted };
}

/** The same per route: what loses a setting is deleted and sent anew. */
async function routeSettingsInput({ aws, live, state }: UpdateContext, of: Of): Promise<JsonObject> {
  const wanted = objectOf(state.RouteSettings);
  const client = await aws.client(apiGateway);
  for (const [RouteKey, settings] of Object.entries(objectOf(live.state.RouteSettings))) {
    const next = objectOf(wanted[RouteKey]);
    if (Object.keys(objectOf(settings)).every((key) => key in next)) continue;
    // Not found: they went with their route.
    await ifThere(client.deleteRouteSettings({ ...of, RouteKey }));
  }
  return isEmpty(wanted) ? {} : { RouteSettings: wanted };
}

/**
 * Deletes the stage. Deployments stay behind it: those that a Deployment of ours made go by its own step, except those
 * that AutoDeploy has taken the place of since.
 */
export async function deleteStage({ aws, live }: DeleteContext): Promise<void> {
  const client = await aws.client(apiGateway);
  const ApiId = live.parentId ?? "";
  await ifThere(client.deleteStage({ ApiId, StageName: live.id }));
  if (live.state.AutoDeploy !== true) return;
  const mark = textOf(objectOf(live.attributes.Tags)[DEPLOYMENT_TAG]);
  for (const id of deploymentsInMark(mark)) await deleteUnused(aws, ApiId, id);
}
