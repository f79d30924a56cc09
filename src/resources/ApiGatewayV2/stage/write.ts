/** Creates, updates and deletes stages. Updates merge; what cannot be cleared: docs/decisions/0005. */
import type { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { ifFound } from "../../../aws/errors.ts";
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject, withoutEmpty } from "../../../model/values.ts";
import { own } from "../../../model/own.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { DeleteContext, UpdateContext } from "../../type.ts";
import { DEPLOYMENT_TAG, deploymentsInMark } from "../deployment/mark.ts";
import { deleteUnused } from "../deployment/deploy.ts";
import { apiGateway } from "../service.ts";

/** What the generic update does not know: parts that only a call of their own takes away. */
export async function updateStage(
  client: ApiGatewayV2,
  input: JsonObject,
  context: UpdateContext,
): Promise<object> {
  const { live, changed } = context;
  const of = { ApiId: live.parentId ?? "", StageName: live.id };
  if (changed("AccessLogSettings")) Object.assign(input, await logsInput(context, of));
  if (changed("RouteSettings")) Object.assign(input, await routeSettingsInput(context, of));
  return isEmpty(input) ? client.getStage(of) : client.updateStage(sdkInput({ ...of, ...input }));
}

type Of = { ApiId: string; StageName: string };

/** AWS takes both parts or none; an empty object changes nothing, so logs go by their own delete call. */
async function logsInput({ aws, state }: UpdateContext, of: Of): Promise<JsonObject> {
  const wanted = withoutEmpty(objectOf(state.AccessLogSettings));
  if (!isEmpty(wanted)) return { AccessLogSettings: wanted };
  await ifFound(async () => (await aws.client(apiGateway)).deleteAccessLogSettings(of));
  return {};
}

/** The same per route: a route that loses a setting has its settings deleted and sent again. */
async function routeSettingsInput({ aws, live, state }: UpdateContext, of: Of): Promise<JsonObject> {
  const wanted = objectOf(state.RouteSettings);
  const client = await aws.client(apiGateway);
  for (const [RouteKey, settings] of Object.entries(objectOf(live.state.RouteSettings))) {
    const next = objectOf(own(wanted, RouteKey));
    const stays = Object.hasOwn(wanted, RouteKey);
    if (stays && Object.keys(objectOf(settings)).every((key) => Object.hasOwn(next, key))) continue;
    // Not found: they went with their route.
    await ifFound(() => client.deleteRouteSettings({ ...of, RouteKey }));
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
  await ifFound(() => client.deleteStage({ ApiId, StageName: live.id }));
  if (live.state.AutoDeploy !== true) return;
  const mark = textOf(objectOf(live.attributes.Tags)[DEPLOYMENT_TAG]);
  for (const id of deploymentsInMark(mark)) await deleteUnused(aws, ApiId, id);
}
