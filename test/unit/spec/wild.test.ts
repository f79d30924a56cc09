/** Specs as GruCloud's generator writes them, written for these tests. They load unchanged. */
import { describe, expect, it } from "vitest";
import { byKey, loadFiles } from "./loading.ts";

const RUBICO = 'const {} = require("rubico");\nconst {} = require("rubico/x");\n';

const HTTP = `// Generated
${RUBICO}
exports.createResources = () => [
  { type: "Api", group: "ApiGatewayV2", properties: ({}) => ({ Name: "orders", ProtocolType: "HTTP", Version: "1", Tags: { "httpapi:createdBy": "SAM" } }) },
  {
    type: "Deployment", group: "ApiGatewayV2",
    properties: ({}) => ({ Description: "Automatic deployment triggered by changes to the Api configuration", AutoDeployed: true }),
    dependencies: ({}) => ({ api: "orders", stage: "orders::$default" }),
  },
  {
    type: "Integration", group: "ApiGatewayV2",
    properties: ({}) => ({ ConnectionType: "INTERNET", IntegrationMethod: "POST", IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }),
    dependencies: ({}) => ({ api: "orders", lambdaFunction: "orders-list" }),
  },
  {
    type: "Integration", group: "ApiGatewayV2",
    properties: ({}) => ({
      ConnectionType: "INTERNET", IntegrationSubtype: "EventBridge-PutEvents", IntegrationType: "AWS_PROXY", PayloadFormatVersion: "1.0",
      RequestParameters: { Detail: "$request.body.Detail", DetailType: "Order", Source: "Shop" },
    }),
    dependencies: ({}) => ({ api: "orders", role: "orders-events" }),
  },
  {
    type: "Authorizer", group: "ApiGatewayV2",
    properties: ({}) => ({
      Name: "tokens", AuthorizerType: "JWT", IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Audience: ["https://shop.example"], Issuer: "https://login.example/" },
    }),
    dependencies: ({}) => ({ api: "orders" }),
  },
  {
    type: "Route", group: "ApiGatewayV2",
    properties: ({}) => ({ AuthorizationType: "JWT", RouteKey: "GET /orders" }),
    dependencies: ({}) => ({ api: "orders", integration: "integration::orders::orders-list", authorizer: "tokens" }),
  },
  {
    type: "Route", group: "ApiGatewayV2",
    properties: ({}) => ({ RouteKey: "POST /events" }),
    dependencies: ({}) => ({ api: "orders", integration: "integration::orders::eventBusDefault" }),
  },
  {
    type: "Stage", group: "ApiGatewayV2",
    properties: ({}) => ({ AccessLogSettings: { Format: '{"id": "$context.requestId"}' }, AutoDeploy: true, StageName: "$default" }),
    dependencies: ({}) => ({ api: "orders", logGroup: "/orders/access" }),
  },
  { type: "LogGroup", group: "CloudWatchLogs", properties: ({}) => ({ logGroupName: "/orders/access", retentionInDays: 30 }) },
  {
    type: "Role", group: "IAM",
    properties: ({ config }) => ({
      RoleName: "orders-events",
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" } }] },
      Policies: [{
        PolicyDocument: { Version: "2012-10-17", Statement: { Action: ["events:PutEvents"], Effect: "Allow", Resource: [\`arn:aws:events:\${config.region}:\${config.accountId()}:event-bus/default\`] } },
        PolicyName: "put-events",
      }],
    }),
  },
  {
    type: "Role", group: "IAM",
    name: ({ config }) => \`\${config.projectName.replace("@acme/", "")}-list-role\`,
    properties: ({ getId }) => ({
      AssumeRolePolicyDocument: { Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Sid: "" }], Version: "2012-10-17" },
      Policies: [{
        PolicyDocument: { Statement: [{ Action: ["execute-api:ManageConnections"], Effect: "Allow", Resource: [\`\${getId({ type: "Api", group: "ApiGatewayV2", name: "orders", path: "live.ArnV2" })}/*\`] }] },
        PolicyName: "connections",
      }],
      AttachedPolicies: [{ PolicyName: "AWSLambdaBasicExecutionRole", PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" }],
      Tags: [{ Key: "team", Value: "orders" }],
    }),
    dependencies: ({}) => ({ policies: ["orders-read"], apiGatewayV2Apis: ["orders"] }),
  },
  {
    type: "Policy", group: "IAM",
    properties: ({}) => ({ PolicyName: "orders-read", Path: "/", PolicyDocument: { Version: "2012-10-17", Statement: [{ Action: ["dynamodb:GetItem"], Effect: "Allow", Resource: "*" }] } }),
  },
  {
    type: "Function", group: "Lambda",
    properties: ({ getId }) => ({
      Configuration: {
        Environment: { Variables: { HOST: \`\${getId({ type: "Api", group: "ApiGatewayV2", name: "orders", path: "live.Endpoint" })}\` } },
        FunctionName: "orders-list", Handler: "app.handler", Runtime: "nodejs22.x", Timeout: 15, TracingConfig: { Mode: "Active" },
      },
      Tags: { team: "orders" },
    }),
    dependencies: ({}) => ({ role: "orders-list-role", apiGatewayV2Apis: ["orders"] }),
  },
  {
    type: "Permission", group: "Lambda",
    properties: ({ getId }) => ({
      Permissions: [{
        Action: "lambda:InvokeFunction", FunctionName: "orders-list", Principal: "apigateway.amazonaws.com", StatementId: "list-1PT8AZUS3H82W",
        SourceArn: \`\${getId({ type: "Api", group: "ApiGatewayV2", name: "orders", path: "live.ArnV2", suffix: "/*" })}\`,
      }],
    }),
    dependencies: ({}) => ({ lambdaFunction: "orders-list", apiGatewayV2Apis: ["orders"] }),
  },
];
`;

const FILES = {
  "package.json": '{ "name": "@acme/orders" }',
  "infra/config.js":
    'const pkg = require("../package.json");\nmodule.exports = ({ stage }) => ({ projectName: pkg.name, includeGroups: ["ApiGatewayV2"], stageSuffix: "-" + stage });\n',
  "infra/iac.js": 'const { AwsProvider } = require("@grucloud/provider-aws");',
  "infra/orders-list/app.js": "exports.handler = async () => ({});",
};

describe("a generated spec of an HTTP API", () => {
  const load = () =>
    loadFiles({ ...FILES, "infra/resources.js": HTTP }, { directory: "infra", projectName: undefined });

  it("loads, without a complaint", async () => {
    const spec = await load();
    expect(spec.warnings).toEqual([]);
    expect(spec.projectName).toBe("@acme/orders");
    expect(spec.satisfied.map(({ name }) => name)).toEqual(["deployment::orders"]);
    expect(spec.resources.map(({ key }) => key)).toEqual([
      "ApiGatewayV2::Api::orders",
      "ApiGatewayV2::Authorizer::orders::tokens",
      "CloudWatchLogs::LogGroup::/orders/access",
      "ApiGatewayV2::Stage::orders::$default",
      "IAM::Role::orders-events",
      "ApiGatewayV2::Integration::integration::orders::eventBusDefault",
      "ApiGatewayV2::Route::route::orders::POST /events",
      "IAM::Policy::orders-read",
      "IAM::Role::orders-list-role",
      "Lambda::Function::orders-list",
      "ApiGatewayV2::Integration::integration::orders::orders-list",
      "ApiGatewayV2::Route::route::orders::GET /orders",
      "Lambda::Permission::orders-list",
    ]);
  });

  it("has what its properties refer to as references", async () => {
    const resources = byKey(await load());
    const ref = { type: "ApiGatewayV2::Api", name: "orders" };
    expect(resources["Lambda::Function::orders-list"]?.properties.Environment).toEqual({
      Variables: { HOST: { $template: [{ ref: { ...ref, path: "live.Endpoint", suffix: "" } }] } },
    });
    expect(resources["Lambda::Permission::orders-list"]?.properties.Permissions).toMatchObject([
      { SourceArn: { $template: [{ ref: { ...ref, path: "live.ArnV2", suffix: "/*" } }] } },
    ]);
    expect(resources["IAM::Role::orders-events"]?.properties.Policies).toMatchObject([
      {
        PolicyDocument: {
          Statement: { Resource: ["arn:aws:events:eu-west-2:123456789012:event-bus/default"] },
        },
      },
    ]);
    expect(resources["ApiGatewayV2::Route::route::orders::GET /orders"]?.dependencies).toEqual({
      api: [{ key: "ApiGatewayV2::Api::orders" }],
      integration: [{ key: "ApiGatewayV2::Integration::integration::orders::orders-list" }],
      authorizer: [{ key: "ApiGatewayV2::Authorizer::orders::tokens" }],
    });
  });
});

describe("a generated spec that leaves out what is the default", () => {
  // Generated specs have no ProtocolType for HTTP APIs: ApiGatewayV2::Api needs the default; then `fails` goes.
  it("loads: an Api without ProtocolType is an HTTP API", async () => {
    const api = '{ type: "Api", group: "ApiGatewayV2", properties: ({}) => ({ Name: "orders" }) }';
    const spec = await loadFiles({ "resources.js": `exports.createResources = () => [${api}];` });
    expect(spec.resources).toHaveLength(1);
  });
});

describe("a generated spec of a WebSocket API", () => {
  it("loads, with a deployment that is really made", async () => {
    const spec = await loadFiles({
      "package.json": '{ "name": "chat" }',
      "post/post.js": "exports.handler = async () => ({});",
      "resources.js": `${RUBICO}
exports.createResources = () => [
  { type: "Api", group: "ApiGatewayV2", properties: ({}) => ({ Name: "chat", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" }) },
  { type: "Deployment", group: "ApiGatewayV2", dependencies: ({}) => ({ api: "chat", stage: "chat::prod" }) },
  {
    type: "Integration", group: "ApiGatewayV2",
    properties: ({}) => ({ ConnectionType: "INTERNET", Description: "Post", IntegrationMethod: "POST", IntegrationType: "AWS_PROXY", PassthroughBehavior: "WHEN_NO_MATCH", PayloadFormatVersion: "1.0", TimeoutInMillis: 29000 }),
    dependencies: ({}) => ({ api: "chat", lambdaFunction: "post" }),
  },
  {
    type: "Integration", group: "ApiGatewayV2",
    properties: ({ config }) => ({
      ConnectionType: "INTERNET", IntegrationMethod: "POST", IntegrationResponseSelectionExpression: "\${integration.response.statuscode}",
      IntegrationType: "AWS", IntegrationUri: \`arn:aws:apigateway:\${config.region}:states:action/StartSyncExecution\`,
      PassthroughBehavior: "WHEN_NO_MATCH", PayloadFormatVersion: "1.0",
      RequestTemplates: { $default: '{"input": "x"}' }, TemplateSelectionExpression: "\\\\$default", TimeoutInMillis: 29000,
    }),
    dependencies: ({}) => ({ api: "chat", role: "call-role" }),
  },
  { type: "Route", group: "ApiGatewayV2", properties: ({}) => ({ OperationName: "Post", RouteKey: "post" }), dependencies: ({}) => ({ api: "chat", integration: "integration::chat::post" }) },
  {
    type: "Route", group: "ApiGatewayV2", properties: ({}) => ({ RouteKey: "$default" }),
    dependencies: ({ config }) => ({ api: "chat", integration: \`integration::chat::arn:aws:apigateway:\${config.region}:states:action/StartSyncExecution\` }),
  },
  { type: "Stage", group: "ApiGatewayV2", properties: ({}) => ({ DefaultRouteSettings: { DataTraceEnabled: false, LoggingLevel: "OFF" }, Description: "Prod", StageName: "prod" }), dependencies: ({}) => ({ api: "chat" }) },
  { type: "Role", group: "IAM", properties: ({}) => ({ RoleName: "call-role", AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: ["apigateway.amazonaws.com", "lambda.amazonaws.com"] }, Action: "sts:AssumeRole" }] } }) },
  { type: "Function", group: "Lambda", properties: ({}) => ({ Configuration: { FunctionName: "post", Handler: "post.handler", MemorySize: 256, Runtime: "nodejs22.x", Timeout: 15 } }), dependencies: ({}) => ({ role: "call-role" }) },
  {
    type: "Permission", group: "Lambda",
    properties: ({ getId }) => ({ Permissions: [{ Action: "lambda:InvokeFunction", FunctionName: "post", Principal: "apigateway.amazonaws.com", SourceArn: \`\${getId({ type: "Api", group: "ApiGatewayV2", name: "chat", path: "live.ArnV2" })}/*\`, StatementId: "post-NHMFH7IDB7JO" }] }),
    dependencies: ({}) => ({ lambdaFunction: "post", apiGatewayV2Apis: ["chat"] }),
  },
];`,
    });
    expect(spec.warnings).toEqual([]);
    expect(spec.satisfied).toEqual([]);
    const deployment = byKey(spec)["ApiGatewayV2::Deployment::deployment::chat"];
    expect(deployment?.implied).toBeUndefined();
    const keys = spec.resources.map(({ key }) => key);
    const served = keys.filter((key) => /::(Route|Integration|Stage)::/.test(key));
    for (const key of served) expect(keys.indexOf(key)).toBeLessThan(keys.indexOf(deployment?.key ?? ""));
    expect(deployment?.dependencies.stage).toEqual([{ key: "ApiGatewayV2::Stage::chat::prod" }]);
  });
});

describe("a spec that uses rubico", () => {
  it("has its functions", async () => {
    const spec = await loadFiles({
      "resources.js": `const { pipe, map, get, eq, and, tap, filter } = require("rubico");
const { find, values, isEmpty } = require("rubico/x");
const apis = [{ name: "a", on: true }, { name: "b", on: false }];
exports.createResources = () => pipe([
  () => apis,
  tap((all) => { if (isEmpty(all)) throw Error("none"); }),
  filter(and([get("on"), eq(get("name"), find(({ on }) => on)(apis).name)])),
  map(({ name }) => ({ type: "Api", group: "ApiGatewayV2", name, properties: () => ({ ProtocolType: "HTTP" }) })),
])();`,
    });
    expect(spec.resources.map(({ key }) => key)).toEqual(["ApiGatewayV2::Api::a"]);
  });
});

describe("a spec with types that are still to come", () => {
  it("is told all of them in one error", async () => {
    const entry = (group: string, type: string, name: string) =>
      `{ type: "${type}", group: "${group}", name: "${name}" },`;
    const spec = loadFiles({
      "resources.js": `${RUBICO}exports.createResources = () => [
        ${entry("EC2", "Subnet", "orders")}
        ${entry("ECS", "Cluster", "orders")}
        ${entry("EC2", "Vpc", "orders")}
      ];`,
    });
    await expect(spec).rejects.toMatchObject({
      code: "TYPE_UNKNOWN",
      message: expect.stringMatching(/3 unknown .*"EC2::Subnet".*"ECS::Cluster".*"EC2::Vpc"/),
    });
  });
});
