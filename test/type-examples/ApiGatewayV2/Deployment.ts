import { entry, httpApi } from "../beside.ts";
import { PARENT, type TypeExample } from "../example.ts";

const http = entry(
  "ApiGatewayV2",
  "Integration",
  { IntegrationType: "HTTP_PROXY", IntegrationMethod: "GET", IntegrationUri: "https://a.example" },
  { api: "shop" },
);
const HTTP = "integration::shop::https://a.example";
const route = (key: string, integration: string) =>
  entry("ApiGatewayV2", "Route", { RouteKey: key }, { api: "shop", integration });

export const example: TypeExample = {
  type: "ApiGatewayV2::Deployment",
  cloudFormation: [{ type: "AWS::ApiGatewayV2::Deployment" }],
  differences: {
    "ApiId: only there": PARENT,
    "AutoDeployed: only here": "AWS's answer, which generated specs hold; it is not sent",
  },
  lives: [
    {
      as: "deployment",
      beside: [
        httpApi,
        http,
        route("GET /", HTTP),
        entry("ApiGatewayV2", "Stage", { StageName: "live" }, { api: "shop" }),
      ],
      dependencies: { api: "shop", stage: "live" },
      full: { Description: "First", StageName: "live" },
      minimal: {},
      changed: { Description: "Second" },
      unseen: { StageName: "the dependency stage says it" },
    },
  ],
  notLived: {
    AutoDeployed: "accepted and not sent",
  },
  notChanged: {
    StageName: "its stage would be another: api-gateway-edits.test.ts",
  },
};
