/** Responses of a WEBSOCKET API's route. */
import { entry, socketApi } from "../beside.ts";
import { PARENT, type TypeExample } from "../example.ts";

const route = entry(
  "ApiGatewayV2",
  "Route",
  { RouteKey: "order", RouteResponseSelectionExpression: "$default" },
  { api: "shop" },
);
const model = (Name: string) =>
  entry("ApiGatewayV2", "Model", { Name, Schema: { type: "object" } }, { api: "shop" });

export const example: TypeExample = {
  type: "ApiGatewayV2::RouteResponse",
  cloudFormation: [{ type: "AWS::ApiGatewayV2::RouteResponse" }],
  differences: {
    "ApiId: only there": PARENT,
    "RouteId: only there": "the dependency `route` gives it",
  },
  notChanged: { RouteResponseKey: "$default is its only value" },
  lives: [
    {
      as: "response",
      beside: [socketApi, route, model("Order"), model("Other")],
      dependencies: { route: "route::shop::order" },
      full: {
        RouteResponseKey: "$default",
        ModelSelectionExpression: "$response.body.kind",
        ResponseModels: { order: "Order" },
        ResponseParameters: { "route.response.header.a": { Required: true } },
      },
      minimal: { RouteResponseKey: "$default" },
      needed: ["RouteResponseKey"],
      changed: {
        ModelSelectionExpression: "$response.body.type",
        ResponseModels: { other: "Other" },
        ResponseParameters: { "route.response.header.a": { Required: false } },
      },
    },
  ],
};
