/** Creates, updates and deletes integrations. Updates merge; what cannot be cleared: docs/decisions/0005. */
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject, withoutEmpty } from "../../../model/values.ts";
import { jsonOf, objectOf, textOf } from "../../live-values.ts";
import { mergedMap } from "../../state.ts";
import type { CreateContext, DeleteContext, Live, UpdateContext } from "../../type.ts";
import { apiOf, changedTexts, protocolOfApi, ifThere } from "../common.ts";
import { invocationUri } from "../function-uri.ts";
import { isService, liveIntegration } from "./state.ts";
import { apiGateway } from "../service.ts";

export async function createIntegration(context: CreateContext): Promise<Live> {
  const api = apiOf(context);
  const client = await context.aws.client(apiGateway);
  const input = { ApiId: api.id, ...withoutEmpty(context.state), ...uriInput(context, api) };
  return liveIntegration(api, jsonOf(await client.createIntegration(sdkInput(input))));
}

/** The URI as AWS is to get it: the user's own spelling, else the form that the protocol wants. */
function uriInput({ desired, stack, state }: CreateContext, api: Live): JsonObject {
  if (isEmpty(state.IntegrationUri)) return {};
  if (!isEmpty(desired.properties.IntegrationUri))
    return { IntegrationUri: desired.properties.IntegrationUri ?? "" };
  const uri = textOf(state.IntegrationUri);
  const isFunction = /^arn:[^:]+:lambda:/.test(uri);
  return {
    IntegrationUri: isFunction && protocolOfApi(api) === "WEBSOCKET" ? invocationUri(stack, uri) : uri,
  };
}

/** Changed as single values; `""` clears a text. */
const SCALARS = [
  "ConnectionId",
  "ConnectionType",
  "ContentHandlingStrategy",
  "CredentialsArn",
  "Description",
  "IntegrationMethod",
  "PassthroughBehavior",
  "PayloadFormatVersion",
  "TemplateSelectionExpression",
  "TimeoutInMillis",
];

export async function updateIntegration(context: UpdateContext): Promise<Live> {
  const { aws, live, state, changed } = context;
  const api = apiOf(context);
  const client = await aws.client(apiGateway);
  const input: JsonObject = {
    ApiId: api.id,
    IntegrationId: live.id,
    // AWS takes an update without them for one of an integration that has none.
    IntegrationType: textOf(state.IntegrationType),
    ...(isService(state) ? { IntegrationSubtype: textOf(state.IntegrationSubtype) } : {}),
    ...changedTexts(context, SCALARS),
    ...(changed("IntegrationUri") ? { IntegrationUri: "", ...uriInput(context, api) } : {}),
    ...parametersInput(context),
  };
  if (changed("RequestTemplates")) input.RequestTemplates = objectOf(state.RequestTemplates);
  if (changed("ResponseParameters"))
    input.ResponseParameters = responsesInput(
      objectOf(live.state.ResponseParameters),
      objectOf(state.ResponseParameters),
    );
  if (changed("TlsConfig"))
    input.TlsConfig = isEmpty(state.TlsConfig) ? { ServerNameToVerify: "" } : objectOf(state.TlsConfig);
  return liveIntegration(api, jsonOf(await client.updateIntegration(sdkInput(input))));
}

/**
 * A service integration gets all its parameters in every update: AWS drops what is not sent (Terraform's issue 22647).
 * Elsewhere they are merged key by key, and `""` removes.
 */
function parametersInput({ live, state, changed }: UpdateContext): JsonObject {
  const wanted = objectOf(state.RequestParameters);
  if (isService(state)) return { RequestParameters: wanted };
  if (!changed("RequestParameters")) return {};
  return { RequestParameters: mergedMap(objectOf(live.state.RequestParameters), wanted) };
}

/** Merged by status code; an empty map removes one. */
function responsesInput(before: JsonObject, after: JsonObject): JsonObject {
  const gone = Object.keys(before).filter((status) => isEmpty(after[status]));
  return { ...Object.fromEntries(gone.map((status) => [status, {}])), ...withoutEmpty(after) };
}

export async function deleteIntegration({ aws, live }: DeleteContext): Promise<void> {
  const client = await aws.client(apiGateway);
  await ifThere(client.deleteIntegration({ ApiId: live.parentId, IntegrationId: live.id }));
}
