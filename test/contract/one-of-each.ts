/** A stack with a resource of every type, applied to the fake AWS. */
import type { ConnectedAws } from "../../src/aws/connect.ts";
import { connectAws } from "../../src/aws/connect.ts";
import type { StackOptions } from "../../src/engine/stack.ts";
import { createFakeAws, type FakeAws } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { memorySource } from "../unit/spec/loading.ts";

const SPEC = `
const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] };
const rights = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }] };
const issuer = { Audience: ["shop"], Issuer: "https://login.example" };
exports.createResources = () => [
  { type: "Api", group: "ApiGatewayV2", properties: { Name: "api", ProtocolType: "HTTP" } },
  { type: "Integration", group: "ApiGatewayV2", properties: { IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }, dependencies: { api: "api", lambdaFunction: "function" } },
  { type: "Route", group: "ApiGatewayV2", properties: { RouteKey: "GET /", AuthorizationType: "JWT" }, dependencies: { api: "api", integration: "integration::api::function", authorizer: "tokens" } },
  { type: "Authorizer", group: "ApiGatewayV2", properties: { Name: "tokens", AuthorizerType: "JWT", IdentitySource: ["$request.header.Authorization"], JwtConfiguration: issuer }, dependencies: { api: "api" } },
  { type: "Stage", group: "ApiGatewayV2", properties: { StageName: "dev", AccessLogSettings: { Format: "$context.requestId" } }, dependencies: { api: "api", logGroup: "/access" } },
  { type: "Deployment", group: "ApiGatewayV2", dependencies: { api: "api", stage: "dev" } },
  { type: "Function", group: "Lambda", properties: { FunctionName: "function", Handler: "index.handler", Runtime: "nodejs22.x" }, dependencies: { role: "role" } },
  { type: "Permission", group: "Lambda", dependencies: { lambdaFunction: "function", apiGatewayV2Apis: ["api"] } },
  { type: "Role", group: "IAM", properties: { RoleName: "role", AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: "inline", PolicyDocument: rights }] }, dependencies: { policies: ["policy"] } },
  { type: "Policy", group: "IAM", properties: { PolicyName: "policy", PolicyDocument: rights } },
  { type: "Api", group: "ApiGatewayV2", properties: { Name: "chat", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" } },
  { type: "Model", group: "ApiGatewayV2", properties: { Name: "Message", Schema: { type: "object" } }, dependencies: { api: "chat" } },
  { type: "VpcLink", group: "ApiGatewayV2", properties: { Name: "link" }, dependencies: { subnets: "subnet-1" } },
  { type: "LogGroup", group: "CloudWatchLogs", properties: { logGroupName: "/access" } },
];
`;

export interface OneOfEach {
  readonly fake: FakeAws;
  readonly aws: ConnectedAws;
  readonly options: StackOptions;
}

export function oneOfEach(): OneOfEach {
  const fake = createFakeAws();
  const { region, credentials, requestHandler } = fake.clientConfig();
  const clock = createFakeClock();
  const aws = connectAws({ region, credentials, requestHandler, clock, budget: async () => {}, attempts: 1 });
  const files = { "resources.js": SPEC, "function/index.js": "exports.handler = async () => ({});" };
  const options = { source: memorySource(files), directory: ".", stage: "dev", region, projectName: "shop" };
  return { fake, aws, options };
}
