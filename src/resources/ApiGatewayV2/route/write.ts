/** Creates, updates and deletes routes. Updates merge; what cannot be cleared: docs/decisions/0005. */
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject, withoutEmpty } from "../../../model/values.ts";
import { jsonOf, listOf, objectOf, textOf } from "../../live-values.ts";
import { mergedMap } from "../../state.ts";
import type { CreateContext, DeleteContext, Live, UpdateContext } from "../../type.ts";
import { apiOf, changedTexts, ifThere } from "../common.ts";
import { liveRoute } from "./state.ts";
import { apiGateway } from "../service.ts";

export async function createRoute(context: CreateContext): Promise<Live> {
  const api = apiOf(context);
  const client = await context.aws.client(apiGateway);
  const input = { ApiId: api.id, ...withoutEmpty(context.state) };
  return liveRoute(api, jsonOf(await client.createRoute(sdkInput(input))));
}

const TEXTS = [
  "ApiKeyRequired",
  "ModelSelectionExpression",
  "OperationName",
  "RouteKey",
  "RouteResponseSelectionExpression",
  "Target",
];

const AUTHORIZATION = ["AuthorizationType", "AuthorizerId", "AuthorizationScopes"];

export async function updateRoute(context: UpdateContext): Promise<Live> {
  const { aws, live, state, changed } = context;
  const api = apiOf(context);
  const client = await aws.client(apiGateway);
  const of = { ApiId: api.id, RouteId: live.id };
  const before = objectOf(live.state.RequestParameters);
  const wanted = objectOf(state.RequestParameters);
  // Updates only add request parameters: each one that goes has a call of its own.
  for (const RequestParameterKey of Object.keys(before).filter((key) => !(key in wanted)))
    await ifThere(client.deleteRouteRequestParameter({ ...of, RequestParameterKey }));

  const input: JsonObject = changedTexts(context, TEXTS);
  if (AUTHORIZATION.some((key) => changed(key))) Object.assign(input, authorizationInput(state));
  if (changed("RequestModels"))
    input.RequestModels = mergedMap(objectOf(live.state.RequestModels), objectOf(state.RequestModels));
  if (changed("RequestParameters") && !isEmpty(wanted)) input.RequestParameters = wanted;
  const answer = isEmpty(input)
    ? await client.getRoute(of)
    : await client.updateRoute(sdkInput({ ...of, ...input }));
  return liveRoute(api, jsonOf(answer));
}

/** The three go together: AWS takes an authorizer only beside its type, and `[]` clears the scopes. */
function authorizationInput(state: JsonObject): JsonObject {
  return {
    AuthorizationType: textOf(state.AuthorizationType),
    AuthorizerId: textOf(state.AuthorizerId),
    AuthorizationScopes: [...listOf(state.AuthorizationScopes)],
  };
}

export async function deleteRoute({ aws, live }: DeleteContext): Promise<void> {
  const client = await aws.client(apiGateway);
  await ifThere(client.deleteRoute({ ApiId: live.parentId, RouteId: live.id }));
}
