/** The stack that the benchmarks measure: Api, Stage, Deployment, Integration, Route, Function, Permission, Role, Policy, LogGroup. */

const resources = `
exports.createResources = () => [
  { type: "Api", group: "ApiGatewayV2", properties: () => ({ Name: "my-api", ProtocolType: "HTTP" }) },
  {
    type: "Integration", group: "ApiGatewayV2",
    properties: () => ({ ConnectionType: "INTERNET", IntegrationMethod: "POST", IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }),
    dependencies: () => ({ api: "my-api", lambdaFunction: "my-function" }),
  },
  {
    type: "Route", group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /" }),
    dependencies: () => ({ api: "my-api", integration: "integration::my-api::my-function" }),
  },
  {
    type: "Stage", group: "ApiGatewayV2",
    properties: () => ({ StageName: "live", AccessLogSettings: { Format: "$context.requestId" } }),
    dependencies: () => ({ api: "my-api", logGroup: "/my-api/access" }),
  },
  { type: "Deployment", group: "ApiGatewayV2", dependencies: () => ({ api: "my-api", stage: "my-api::live" }) },
  {
    type: "Function", group: "Lambda",
    properties: () => ({ Configuration: { FunctionName: "my-function", Handler: "my-function.handler", Runtime: "nodejs22.x" } }),
    dependencies: () => ({ role: "lambda-role" }),
  },
  {
    type: "Permission", group: "Lambda",
    properties: ({ getId }) => ({
      Permissions: [{
        Action: "lambda:InvokeFunction", FunctionName: "my-function", Principal: "apigateway.amazonaws.com", StatementId: "api",
        SourceArn: \`\${getId({ type: "Api", group: "ApiGatewayV2", name: "my-api", path: "live.ArnV2" })}/*/*\`,
      }],
    }),
    dependencies: () => ({ lambdaFunction: "my-function", apiGatewayV2Apis: ["my-api"] }),
  },
  {
    type: "Role", group: "IAM",
    properties: () => ({
      RoleName: "lambda-role",
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] },
    }),
    dependencies: () => ({ policies: ["lambda-policy"] }),
  },
  {
    type: "Policy", group: "IAM",
    properties: () => ({
      PolicyName: "lambda-policy",
      PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["logs:*"], Resource: "*" }] },
    }),
  },
  { type: "LogGroup", group: "CloudWatchLogs", properties: () => ({ logGroupName: "/my-api/access", retentionInDays: 7 }) },
];
`;

export const tenResources: Readonly<Record<string, string>> = {
  "resources.js": resources,
  "my-function/my-function.js": 'exports.handler = async () => ({ statusCode: 200, body: "hello" });\n',
};
