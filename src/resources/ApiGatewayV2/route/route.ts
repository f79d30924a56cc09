/** Routes. Facts: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html */
import { ifFound } from "../../../aws/errors.ts";
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject, text } from "../../../model/values.ts";
import { defineType } from "../../define.ts";
import { listOf, objectOf, textOf } from "../../live-values.ts";
import type { Desired, Live } from "../../type.ts";
import {
  AUTHORIZER,
  apiNameOf,
  INTEGRATION,
  managedByAws,
  MODEL,
  ofParent,
  parentApi,
  parentAttributes,
  ROUTE,
  STAGE,
} from "../common.ts";
import { routeCallables } from "../callables.ts";
import { listRoutes } from "../lists.ts";
import { apiGateway } from "../service.ts";
import { inspectRoute } from "./inspect.ts";
import { openRoute } from "./open.ts";
import { pairRoutes, routeConsequence, routeName } from "./key.ts";
import { checkRoute, routeSchema } from "./schema.ts";

function withDependencies(properties: JsonObject, desired: Desired): JsonObject {
  const integration = desired.dependency("integration");
  const type = desired.dependency("authorizer")?.properties.AuthorizerType;
  return {
    ...(integration === undefined ? {} : { Target: text`integrations/${integration.id}` }),
    ...(desired.dependency("authorizer") === undefined
      ? {}
      : { AuthorizationType: type === "JWT" ? "JWT" : "CUSTOM" }),
    ...properties,
  };
}

const AUTHORIZATION = ["AuthorizationType", "AuthorizerId", "AuthorizationScopes"];

/** The three go together: AWS takes an authorizer only beside its type, and `[]` clears the scopes. */
function authorizationInput(state: JsonObject): JsonObject {
  return {
    AuthorizationType: textOf(state.AuthorizationType),
    AuthorizerId: textOf(state.AuthorizerId),
    AuthorizationScopes: [...listOf(state.AuthorizationScopes)],
  };
}

const ofLive = ({ id, parentId }: Live) => ({ ApiId: parentId ?? "", RouteId: id });

export const route = defineType({
  type: ROUTE,
  summary: "Maps requests or messages to an integration, and says who may send them.",
  service: apiGateway,
  properties: routeSchema,
  dependencies: {
    api: parentApi,
    integration: { type: INTEGRATION },
    authorizer: { type: AUTHORIZER, fills: "AuthorizerId" },
  },
  identity: { by: "parent", property: "RouteKey" },
  id: "RouteId",
  called: "`route::API::ROUTEKEY`, such as `route::my-api::GET /users`",
  attributes: { id: "The route's id." },
  // Settings that outlive their route make every later update of their stage fail.
  namedBy: ({ state }, user) =>
    user.type === STAGE && Object.hasOwn(objectOf(user.state.RouteSettings), textOf(state.RouteKey)),
  quotas: [
    { name: "routes per API", most: 300, adjustable: true },
    { name: "scopes per route", most: 10, elementsOf: "AuthorizationScopes" },
  ],
  permissions: {
    read: ["GetRoutes"],
    write: ["GetRoute", "CreateRoute", "UpdateRoute", "DeleteRoute", "DeleteRouteRequestParameter"],
  },
  consequence: routeConsequence,
  canonical: (entry) => entry,
  name: (entry) => routeName(apiNameOf(entry), textOf(entry.properties.RouteKey)),
  aliases: (entry) => (entry.name === undefined ? [] : [entry.name]),
  liveName: ({ RouteKey }, { parent }) => routeName(parent?.name ?? "", textOf(RouteKey)),
  checks: checkRoute,
  inspect: inspectRoute,
  openTo: openRoute,
  openBy: ["AuthorizationType"],
  callables: routeCallables,
  comesAfter: ({ properties, dependencies }) =>
    Object.values(objectOf(properties.RequestModels)).map((name) => ({
      type: MODEL,
      name: `${dependencies.api?.[0] ?? ""}::${textOf(name)}`,
    })),
  pair: pairRoutes,
  fromSpec: withDependencies,
  fromAws: (answer, { parent }) => ({ ...answer, ...parentAttributes(parent) }),
  standing: managedByAws,
  calls: {
    wholeList: (reading, { parent }) => listRoutes(reading, ofParent(parent).ApiId),
    create: (client, input, { parent }) => client.createRoute(sdkInput({ ...ofParent(parent), ...input })),
    async update(client, input, { live, state, changed }) {
      const of = ofLive(live);
      const wanted = objectOf(state.RequestParameters);
      // Updates only add request parameters: each one that goes has a call of its own.
      for (const RequestParameterKey of Object.keys(objectOf(live.state.RequestParameters)))
        if (!Object.hasOwn(wanted, RequestParameterKey))
          await ifFound(() => client.deleteRouteRequestParameter({ ...of, RequestParameterKey }));
      if (AUTHORIZATION.some((key) => changed(key))) Object.assign(input, authorizationInput(state));
      return isEmpty(input) ? client.getRoute(of) : client.updateRoute(sdkInput({ ...of, ...input }));
    },
    delete: (client, live) => client.deleteRoute(ofLive(live)),
  },
});
