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
const route = (key: string, integration: string) =>
  entry("ApiGatewayV2", "Route", { RouteKey: key }, { api: "shop", integration });
const logs = ["one", "two"].map((name) =>
  entry("CloudWatchLogs", "LogGroup", { logGroupName: `/shop/${name}` }),
);
const logArn = (name: string) => `arn:aws:logs:us-east-1:123456789012:log-group:/shop/${name}`;
const settings = { DetailedMetricsEnabled: true, ThrottlingBurstLimit: 5, ThrottlingRateLimit: 2.5 };
const logging = { LoggingLevel: "INFO", DataTraceEnabled: true };
const FREE_JSON = "plain JSON there; the SDK knows its members";

export const example: TypeExample = {
  type: "ApiGatewayV2::Stage",
  cloudFormation: [{ type: "AWS::ApiGatewayV2::Stage" }],
  differences: {
    "AccessPolicyId: only there": "reserved; neither the SDK nor the documentation has it",
    "ApiId: only there": PARENT,
    "RouteSettings.*.DataTraceEnabled: only here": FREE_JSON,
    "RouteSettings.*.DetailedMetricsEnabled: only here": FREE_JSON,
    "RouteSettings.*.LoggingLevel: only here": FREE_JSON,
    "RouteSettings.*.ThrottlingBurstLimit: only here": FREE_JSON,
    "RouteSettings.*.ThrottlingRateLimit: only here": FREE_JSON,
  },
  lives: [
    {
      as: "HTTP",
      beside: [httpApi, http, route("GET /", HTTP), route("POST /", HTTP), ...logs],
      dependencies: { api: "shop" },
      full: {
        StageName: "live",
        AutoDeploy: true,
        Description: "Serves",
        AccessLogSettings: { DestinationArn: logArn("one"), Format: "$context.requestId" },
        DefaultRouteSettings: settings,
        RouteSettings: { "GET /": settings, "POST /": { ThrottlingBurstLimit: 0 } },
        StageVariables: { one: "1", two: "2" },
        Tags: { team: "a", empty: "" },
      },
      minimal: { StageName: "live" },
      needed: ["StageName", "AccessLogSettings.DestinationArn", "AccessLogSettings.Format"],
      changed: {
        StageName: "beta",
        AutoDeploy: false,
        Description: "Serves more",
        "AccessLogSettings.DestinationArn": logArn("two"),
        "AccessLogSettings.Format": "$context.requestId $context.status",
        "DefaultRouteSettings.DetailedMetricsEnabled": false,
        "DefaultRouteSettings.ThrottlingBurstLimit": 0,
        "DefaultRouteSettings.ThrottlingRateLimit": 0,
        RouteSettings: { "GET /": { ThrottlingRateLimit: 1 } },
        StageVariables: { one: "11", three: "3" },
        Tags: { team: "b", more: "c" },
      },
    },
    {
      as: "WEBSOCKET",
      beside: [socketApi, socket, route("send", SOCKET), ...logs],
      dependencies: { api: "shop" },
      full: {
        StageName: "live",
        DefaultRouteSettings: { ...settings, ...logging },
        RouteSettings: { send: { ...settings, ...logging } },
        ClientCertificateId: "abc123",
      },
      minimal: { StageName: "live" },
      needed: ["StageName"],
      changed: {
        "DefaultRouteSettings.LoggingLevel": "ERROR",
        "DefaultRouteSettings.DataTraceEnabled": false,
        RouteSettings: { send: { LoggingLevel: "OFF" } },
        ClientCertificateId: "def456",
      },
    },
  ],
  notLived: {
    DeploymentId: "an id is not known before it is there: api-gateway-edits.test.ts",
  },
};
