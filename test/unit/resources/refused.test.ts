/** What AWS would refuse because of another property or another resource is an error of the plan. */
import { describe, expect, it } from "vitest";
import type { WrittenEntry } from "../../../src/spec/draft.ts";
import { api, gw, refusals, warningsOf } from "./judged.ts";

const FUNCTION = "arn:aws:lambda:eu-west-2:123456789012:function:f";
const lambda = (AuthorizerType: string, more: object = {}): WrittenEntry =>
  gw("Authorizer", {
    Name: "who",
    AuthorizerType,
    ...(AuthorizerType === "JWT"
      ? { JwtConfiguration: { Audience: ["a"], Issuer: "https://a.example" } }
      : { AuthorizerUri: FUNCTION }),
    ...more,
  });
const HTTP_SOURCE = ["$request.header.Authorization"];
const SOCKET_SOURCE = ["route.request.header.Authorization"];

type Case = [what: string, protocol: string, entry: WrittenEntry, path: string];
describe("API Gateway refuses", () => {
  it.each<Case>([
    ["a - in the name", "WEBSOCKET", gw("Stage", { StageName: "a-b" }), "StageName"],
    ["$default", "WEBSOCKET", gw("Stage", { StageName: "$default" }), "StageName"],
    [
      "execution logs",
      "HTTP",
      gw("Stage", { StageName: "a", DefaultRouteSettings: { LoggingLevel: "INFO" } }),
      "DefaultRouteSettings.LoggingLevel",
    ],
    [
      "traces of a route",
      "HTTP",
      gw("Stage", { StageName: "a", RouteSettings: { "GET /": { DataTraceEnabled: true } } }),
      "RouteSettings.GET /.DataTraceEnabled",
    ],
    [
      "a client certificate",
      "HTTP",
      gw("Stage", { StageName: "a", ClientCertificateId: "c" }),
      "ClientCertificateId",
    ],
    [
      "logs of several lines",
      "HTTP",
      gw("Stage", { StageName: "a", AccessLogSettings: { Format: "$context.requestId\n$context.status" } }),
      "AccessLogSettings.Format",
    ],
    ["a JWT authorizer", "WEBSOCKET", lambda("JWT", { IdentitySource: HTTP_SOURCE }), "AuthorizerType"],
    [
      "a time to live",
      "WEBSOCKET",
      lambda("REQUEST", { IdentitySource: SOCKET_SOURCE, AuthorizerResultTtlInSeconds: 60 }),
      "AuthorizerResultTtlInSeconds",
    ],
    [
      "a payload version",
      "WEBSOCKET",
      lambda("REQUEST", { AuthorizerPayloadFormatVersion: "1.0" }),
      "AuthorizerPayloadFormatVersion",
    ],
    [
      "simple responses",
      "WEBSOCKET",
      lambda("REQUEST", { EnableSimpleResponses: true }),
      "EnableSimpleResponses",
    ],
    [
      "HTTP's identity source",
      "WEBSOCKET",
      lambda("REQUEST", { IdentitySource: HTTP_SOURCE }),
      "IdentitySource",
    ],
    [
      "WEBSOCKET's identity source",
      "HTTP",
      lambda("REQUEST", { IdentitySource: SOCKET_SOURCE }),
      "IdentitySource",
    ],
    [
      "REST's identity source",
      "HTTP",
      lambda("JWT", { IdentitySource: ["method.request.header.A"] }),
      "IdentitySource",
    ],
    [
      "caching without a source",
      "HTTP",
      lambda("REQUEST", { AuthorizerResultTtlInSeconds: 60 }),
      "AuthorizerResultTtlInSeconds",
    ],
    [
      "simple responses of payload 1.0",
      "HTTP",
      lambda("REQUEST", { EnableSimpleResponses: true, AuthorizerPayloadFormatVersion: "1.0" }),
      "EnableSimpleResponses",
    ],
    [
      "an http issuer",
      "HTTP",
      lambda("JWT", { IdentitySource: HTTP_SOURCE, JwtConfiguration: { Issuer: "http://a" } }),
      "JwtConfiguration.Issuer",
    ],
    ["a model", "HTTP", gw("Model", { Name: "m", Schema: {} }), "Name"],
    [
      "the caller's credentials",
      "HTTP",
      gw("Integration", {
        IntegrationType: "HTTP_PROXY",
        IntegrationUri: "https://a.example",
        CredentialsArn: "arn:aws:iam::*:user/*",
      }),
      "CredentialsArn",
    ],
    [
      "a URI of MOCK",
      "WEBSOCKET",
      gw("Integration", { IntegrationType: "MOCK", IntegrationUri: "https://a.example" }),
      "IntegrationUri",
    ],
    ["a MOCK integration", "HTTP", gw("Integration", { IntegrationType: "MOCK" }), "IntegrationType"],
    [
      "templates",
      "HTTP",
      gw("Integration", {
        IntegrationType: "HTTP_PROXY",
        IntegrationUri: "https://a.example",
        RequestTemplates: { a: "b" },
      }),
      "RequestTemplates",
    ],
    [
      "TlsConfig",
      "WEBSOCKET",
      gw("Integration", {
        IntegrationType: "HTTP_PROXY",
        IntegrationUri: "https://a.example",
        TlsConfig: { ServerNameToVerify: "a" },
      }),
      "TlsConfig",
    ],
    [
      "a URL without https",
      "HTTP",
      gw("Integration", { IntegrationType: "HTTP_PROXY", IntegrationUri: "a.example/x" }),
      "IntegrationUri",
    ],
    [
      "parameters of the other protocol",
      "HTTP",
      gw("Integration", {
        IntegrationType: "HTTP_PROXY",
        IntegrationUri: "https://a.example",
        RequestParameters: { "integration.request.header.a": "b" },
      }),
      "RequestParameters.integration.request.header.a",
    ],
    [
      "responses by a strange status",
      "HTTP",
      gw("Integration", {
        IntegrationType: "HTTP_PROXY",
        IntegrationUri: "https://a.example",
        ResponseParameters: { "2xx": { "append:header.a": "b" } },
      }),
      "ResponseParameters",
    ],
  ])("%s of a(n) %s API's resource", async (_what, protocol, entry, path) => {
    const found = await refusals(api(protocol), entry);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`: ${path}`);
  });

  it("credentials together with every origin", async () => {
    const cors = (AllowOrigins: string[]) =>
      api("HTTP", { CorsConfiguration: { AllowOrigins, AllowCredentials: true } });
    expect(await refusals(cors(["*"]))).toEqual([expect.stringContaining("CorsConfiguration.AllowOrigins")]);
    await expect(warningsOf(cors(["https://a.example"]))).resolves.toBeDefined();
  });
});

const fn = (more: object): WrittenEntry => ({
  type: "Function",
  group: "Lambda",
  properties: {
    FunctionName: "f",
    Runtime: "nodejs22.x",
    Handler: "f.handler",
    Code: { S3Bucket: "my-bucket", S3Key: "k" },
    Role: "arn:aws:iam::123456789012:role/r",
    ...more,
  },
});
const variables = (Variables: object): object => ({ Environment: { Variables } });

describe("Lambda refuses", () => {
  it.each<[string, object, string]>([
    [
      "Timeout in milliseconds",
      { Timeout: 3000 },
      "Timeout is 3000; accepted: at most 900 seconds | It is in seconds: did you mean 3?",
    ],
    ["Timeout", { Timeout: 901 }, "Timeout is 901; accepted: at most 900 seconds"],
    ["MemorySize", { MemorySize: 10_241 }, "MemorySize is 10241; accepted: at most 10240 MB"],
    ["/tmp", { EphemeralStorage: { Size: 20_000 } }, "EphemeralStorage.Size is 20000"],
    ["reserved names", variables({ AWS_REGION: "eu-west-2" }), "AWS_REGION is set by Lambda itself"],
    ["names with a -", variables({ "A-B": "secret-value" }), '"A-B" is not a variable\'s name'],
    [
      "Cors without AllowOrigins",
      { FunctionUrlConfig: { AuthType: "AWS_IAM", Cors: { AllowMethods: ["GET"] } } },
      "AllowOrigins is required in a Cors",
    ],
    [
      "OPTIONS",
      {
        FunctionUrlConfig: { AuthType: "AWS_IAM", Cors: { AllowOrigins: ["*"], AllowMethods: ["OPTIONS"] } },
      },
      "Lambda answers OPTIONS itself",
    ],
    [
      "a layer without its version",
      { Layers: ["arn:aws:lambda:eu-west-2:123456789012:layer:tools"] },
      "the ARN of a layer version",
    ],
    ["a role's name for its ARN", { Role: "my-role" }, "a role's ARN"],
    ["tags with a *", { Tags: { "a*": "b" } }, "is not a tag's key"],
    ["a runtime without .x", { Runtime: "nodejs22" }, 'Did you mean "nodejs22.x"?'],
  ])("%s", async (_what, properties, says) => {
    const found = await refusals(fn(properties));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(says);
    expect(found[0]).not.toContain("secret-value");
  });

  it("$LATEST as a qualifier", async () => {
    const Permissions = [
      { Action: "lambda:InvokeFunction", Principal: "sns.amazonaws.com", Qualifier: "$LATEST" },
    ];
    const permission = {
      type: "Permission",
      group: "Lambda",
      properties: { Permissions },
      dependencies: { lambdaFunction: "f" },
    };
    expect(await refusals(fn({}), permission)).toEqual([
      expect.stringContaining("Lambda takes no permission for $LATEST"),
    ]);
  });
});

describe("IAM refuses", () => {
  const role = (more: object, Sid = "a"): WrittenEntry => ({
    type: "Role",
    group: "IAM",
    properties: {
      RoleName: "r",
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Sid, Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
      ...more,
    },
  });
  it.each<[string, WrittenEntry, string]>([
    ["typographic quotes in a description", role({ Description: "the “best” role" }), "Description"],
    ["signs outside of Latin-1 in a document", role({}, "日本"), "IAM takes no"],
    ["tags with a !", role({ Tags: { a: "b!" } }), "is not a tag's value"],
    ["a policy's name for its ARN", role({ AttachedPolicies: ["ReadOnly"] }), "an ARN of iam"],
    ["a path without /", role({ Path: "service" }), "a path that begins and ends with /"],
  ])("%s", async (_what, entry, says) => {
    const found = await refusals(entry);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(says);
  });
});
