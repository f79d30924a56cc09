/** Routes. Facts: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html */
import { factLists } from "../../facts.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { ResourceType } from "../../type.ts";
import { AUTHORIZER, apiNameOf, INTEGRATION, MODEL, parentApi, ROUTE, readChildren } from "../common.ts";
import { listRoutes } from "../lists.ts";
import { checkRoute, routeSchema } from "./schema.ts";
import { desiredRoute, liveRoute, pairRoutes, routeConsequence, routeName } from "./state.ts";
import { createRoute, deleteRoute, updateRoute } from "./write.ts";
import { apiGateway } from "../service.ts";

export const route: ResourceType = {
  type: ROUTE,
  summary: "Maps requests or messages to an integration, and says who may send them.",
  service: apiGateway,
  attributes: { id: "The route's id." },
  quotas: [
    { name: "routes per API", most: 300 },
    { name: "scopes per route", most: 10, elementsOf: "AuthorizationScopes" },
  ],
  permissions: {
    read: ["GetRoutes"],
    write: ["GetRoute", "CreateRoute", "UpdateRoute", "DeleteRoute", "DeleteRouteRequestParameter"],
  },
  dependencies: {
    api: parentApi,
    integration: { type: INTEGRATION },
    authorizer: { type: AUTHORIZER },
  },
  schema: routeSchema,
  ...factLists(routeSchema),
  taggable: false,
  replaceOrder: "delete-first",
  consequence: routeConsequence,
  canonical: (entry) => entry,
  name: (entry) => routeName(apiNameOf(entry), textOf(entry.properties.RouteKey)),
  aliases: (entry) => (entry.name === undefined ? [] : [entry.name]),
  check: checkRoute,
  comesAfter: ({ properties, dependencies }) =>
    Object.values(objectOf(properties.RequestModels)).map((name) => ({
      type: MODEL,
      name: `${dependencies.api?.[0] ?? ""}::${textOf(name)}`,
    })),
  desiredState: desiredRoute,
  pair: pairRoutes,
  read: (context) =>
    readChildren(context, async (api) =>
      (await listRoutes(context, api.id)).map((answer) => liveRoute(api, answer)),
    ),
  create: createRoute,
  update: updateRoute,
  delete: deleteRoute,
};
