import { describe, expect, it } from "vitest";
import type { Change } from "../../../../src/model/plan.ts";
import { createWords } from "../../../../src/report/words/create-words.ts";
import { resourceWords } from "../../../../src/report/words/resource-words.ts";
import { aChange, set } from "../../../fixtures/plans.ts";

const ROUTE = "ApiGatewayV2::Route";
const route = (key: string, more: Parameters<typeof set>[0] = { AuthorizationType: "NONE" }): Change =>
  aChange("create", ROUTE, `route::my-api::${key}`, { properties: set({ RouteKey: key, ...more }) });
describe("a resource in words", () => {
  it.each([
    ["ApiGatewayV2::Route", "route::my-api::GET /hello", "GET /hello", "route", "my-api"],
    ["ApiGatewayV2::Stage", "my-api::$default", "$default", "stage", "my-api"],
    ["ApiGatewayV2::Api", "my-api", "my-api", "API", undefined],
    ["ApiGatewayV2::Deployment", "deployment::my-api", "my-api", "deployment", undefined],
    ["IAM::OpenIDConnectProvider", "github", "github", "IAM OpenID Connect provider", undefined],
    ["CloudWatchLogs::LogGroup", "/aws/lambda/f", "/aws/lambda/f", "CloudWatch log group", undefined],
    ["Own", "x::", "x::", "own", undefined],
  ])("%s %s", (type, given, name, kind, parent) => {
    expect(resourceWords({ type, name: given })).toEqual({
      name,
      kind,
      ...(parent === undefined ? {} : { parent }),
    });
  });

  it("says what a new one points to, whether it exists already or not", () => {
    const integration = aChange("no-op", "ApiGatewayV2::Integration", "integration::my-api::f", {
      id: "abc123",
    });
    const words = (Target: Parameters<typeof set>[0][string]): readonly string[] =>
      createWords(route("GET /a", { Target }), [integration]);
    expect(words("integrations/abc123")).toEqual(["→ f"]);
    expect(words({ $unknown: `${integration.key} id` })).toEqual(["→ f"]);
    expect(words("integrations/gone")).toEqual([]);
    expect(words({ $unknown: "nothing known" })).toEqual([]);
  });

  it.each<[type: string, properties: Parameters<typeof set>[0], words: readonly string[]]>([
    ["ApiGatewayV2::Api", { Name: "a", ProtocolType: "HTTP" }, ["HTTP"]],
    [ROUTE, { AuthorizationType: "NONE" }, ["no authorization"]],
    [ROUTE, { AuthorizationType: "AWS_IAM" }, ["AWS_IAM"]],
    ["ApiGatewayV2::Stage", { AutoDeploy: true }, ["deploys by itself"]],
    ["ApiGatewayV2::Stage", { AutoDeploy: false }, []],
    ["ApiGatewayV2::Integration", { IntegrationUri: "https://example.com" }, ["→ https://example.com"]],
    ["Lambda::Function", { MemorySize: 1024, Runtime: "nodejs22.x" }, ["nodejs22.x", "1,024 MB"]],
    ["CloudWatchLogs::LogGroup", { retentionInDays: 1 }, ["1 day"]],
    ["CloudWatchLogs::LogGroup", { retentionInDays: 14 }, ["14 days"]],
    ["CloudWatchEvents::Rule", { ScheduleExpression: "rate(5 minutes)" }, ["rate(5 minutes)"]],
    ["DynamoDB::Table", { BillingMode: "PAY_PER_REQUEST" }, ["PAY_PER_REQUEST"]],
    [
      "Lambda::Permission",
      {
        "Permissions.a.Action": "lambda:InvokeFunction",
        "Permissions.a.Principal": "apigateway.amazonaws.com",
        "Permissions.b.Principal": "apigateway.amazonaws.com",
        "Permissions.c.Principal": "*",
      },
      ["callable by apigateway", "callable by anybody"],
    ],
    ["Gone::Type", { Runtime: "nodejs22.x" }, []],
  ])("says of a new %s with %j: %j", (type, properties, words) => {
    expect(createWords(aChange("create", type, "one", { properties: set(properties) }), [])).toEqual(words);
  });
});
