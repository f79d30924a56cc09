import { entry, httpApi, socketApi } from "../beside.ts";
import { PARENT, type TypeExample } from "../example.ts";

const http = entry(
  "ApiGatewayV2",
  "Integration",
  { IntegrationType: "HTTP_PROXY", IntegrationMethod: "GET", IntegrationUri: "https://a.example" },
  { api: "shop" },
);
const socket = entry("ApiGatewayV2", "Integration", { IntegrationType: "MOCK" }, { api: "shop" });
const HTTP = "integration::shop::https://a.example";
const SOCKET = "integration::shop::NO-INTEGRATION";
const jwt = entry(
  "ApiGatewayV2",
  "Authorizer",
  {
    Name: "tokens",
    AuthorizerType: "JWT",
    IdentitySource: ["$request.header.Authorization"],
    JwtConfiguration: { Audience: ["web"], Issuer: "https://issuer.example" },
  },
  { api: "shop" },
);
const FREE_JSON = "plain JSON there; the SDK knows its members";

export const example: TypeExample = {
  type: "ApiGatewayV2::Route",
  cloudFormation: [{ type: "AWS::ApiGatewayV2::Route" }],
  differences: {
    "ApiId: only there": PARENT,
    "RequestParameters.*.Required: only here": FREE_JSON,
  },
  lives: [
    {
      as: "HTTP",
      beside: [httpApi, http, jwt],
      dependencies: { api: "shop", integration: HTTP, authorizer: "tokens" },
      full: {
        RouteKey: "GET /",
        AuthorizationType: "JWT",
        AuthorizationScopes: ["read", "write"],
        OperationName: "look",
      },
      minimal: { RouteKey: "GET /" },
      needed: ["RouteKey"],
      changed: { RouteKey: "POST /", AuthorizationScopes: ["read"], OperationName: "see" },
      unseen: { AuthorizationType: "the authorizer says it" },
    },
    {
      as: "WEBSOCKET",
      beside: [socketApi, socket],
      dependencies: { api: "shop", integration: SOCKET },
      full: {
        RouteKey: "send",
        ApiKeyRequired: true,
        OperationName: "say",
        ModelSelectionExpression: "$request.body.kind",
        RequestModels: { one: "ModelOne" },
        RouteResponseSelectionExpression: "$default",
      },
      minimal: { RouteKey: "send" },
      needed: ["RouteKey"],
      changed: {
        RouteKey: "tell",
        ApiKeyRequired: false,
        OperationName: "speak",
        ModelSelectionExpression: "$request.body.form",
        RequestModels: { two: "ModelTwo" },
      },
    },
    {
      as: "$connect",
      beside: [socketApi, socket],
      dependencies: { api: "shop", integration: SOCKET },
      full: {
        RouteKey: "$connect",
        AuthorizationType: "AWS_IAM",
        RequestParameters: {
          "route.request.querystring.one": { Required: true },
          "route.request.header.two": { Required: false },
        },
      },
      minimal: { RouteKey: "$connect" },
      needed: ["RouteKey"],
      changed: {
        AuthorizationType: "NONE",
        RequestParameters: {
          "route.request.querystring.one": { Required: false },
          "route.request.header.three": { Required: true },
        },
      },
    },
  ],
  notLived: {
    Target: "the dependency integration; an id is not known before it is there",
    AuthorizerId: "the dependency authorizer; an id is not known before it is there",
  },
  notChanged: {
    RouteResponseSelectionExpression: "$default is its only value",
  },
};
