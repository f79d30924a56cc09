/** Route responses. Facts: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html */
import * as z from "zod";
import { sdkInput } from "../../aws/sdk-input.ts";
import { objectOf, textOf } from "../live-values.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { enumText, flag, limitedText, properties, text, textMap } from "../schema.ts";
import type { Live } from "../type.ts";
import { MODEL, ROUTE, ROUTE_RESPONSE } from "./common.ts";
import {
  besideParent,
  hasResponses,
  mergedMaps,
  ofResponse,
  onlyForWebSocket,
  pairByKey,
} from "./responses.ts";
import { apiGateway } from "./service.ts";

const ofLive = (live: Live) => {
  const { ApiId, ParentId } = ofResponse(live);
  return { ApiId, RouteId: ParentId, RouteResponseId: live.id };
};

export const routeResponse = defineType({
  type: ROUTE_RESPONSE,
  summary: "Sends an answer to the caller of a WEBSOCKET API's route.",
  service: apiGateway,
  properties: properties({
    RouteResponseKey: required(enumText("$default"), "Which responses: `$default` is all there is."),
    ModelSelectionExpression: optional(text(), "Expression that chooses the model."),
    ResponseModels: optional(textMap(limitedText(128, 1)), "Names of models by key."),
    ResponseParameters: optional(
      z.record(z.string(), properties({ Required: required(flag(), "Whether it must be there.") })),
      "Parameters of the response.",
    ),
  }),
  dependencies: { route: { type: ROUTE, required: true, parent: true } },
  identity: { by: "parent", property: "RouteResponseKey" },
  id: "RouteResponseId",
  pair: pairByKey("RouteResponseKey"),
  inspect: onlyForWebSocket,
  // No call takes one parameter away: a route has DeleteRouteRequestParameter, a response has nothing like it.
  replaces: ({ path, after }) =>
    path.startsWith("ResponseParameters") && after === undefined ? true : undefined,
  comesAfter: ({ properties: { ResponseModels }, dependencies }) =>
    Object.values(objectOf(ResponseModels)).map((name) => ({
      type: MODEL,
      name: `${dependencies.route?.[0]?.split("::")[1] ?? ""}::${textOf(name)}`,
    })),
  attributes: { id: "The route response's id." },
  permissions: {
    read: ["GetRouteResponses"],
    write: ["CreateRouteResponse", "UpdateRouteResponse", "DeleteRouteResponse"],
  },
  consequence: () => "Callers of the route get no answer.",
  fromAws: (answer, { parent }) => besideParent(answer, parent),
  calls: {
    list: async (client, paging, { parent }) =>
      hasResponses(parent)
        ? client.getRouteResponses({
            ApiId: String(parent.attributes.ApiId),
            RouteId: parent.id,
            ...paging,
          })
        : {},
    create: (client, input, { parent }) =>
      client.createRouteResponse(
        sdkInput({ ...input, ApiId: parent?.attributes.ApiId ?? "", RouteId: parent?.id ?? "" }),
      ),
    update: (client, input, context) =>
      client.updateRouteResponse(
        sdkInput({ ...mergedMaps(input, context, ["ResponseModels"]), ...ofLive(context.live) }),
      ),
    delete: (client, live) => client.deleteRouteResponse(ofLive(live)),
  },
});
