import type { Resource } from "gatewright";

/**
 * An HTTP API. Its GET /hello is answered by the function in the folder my-api-function.
 */
export const createResources = (): Resource[] => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: { Name: "my-api", ProtocolType: "HTTP" },
  },

  // A route says which requests there are, its integration what answers them.
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: { RouteKey: "GET /hello" },
    dependencies: { api: "my-api", integration: "integration::my-api::my-api-function" },
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: { IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" },
    dependencies: { api: "my-api", lambdaFunction: "my-api-function" },
  },

  // The stage $default serves the API at its own address, without a stage name in the path.
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: { StageName: "$default", AutoDeploy: true },
    dependencies: { api: "my-api" },
  },

  // Its code is the folder of its name.
  {
    type: "Function",
    group: "Lambda",
    properties: {
      Configuration: { FunctionName: "my-api-function", Runtime: "nodejs22.x", Handler: "index.handler" },
    },
    dependencies: { role: "my-api-role" },
  },
  // Without this permission the API may not invoke the function, and answers with 500.
  {
    type: "Permission",
    group: "Lambda",
    dependencies: { lambdaFunction: "my-api-function", apiGatewayV2Apis: ["my-api"] },
  },
  // What the function may do: write its logs.
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: "my-api-role",
      // What it may do at most, whatever its policies say: access/resources.js has it.
      PermissionsBoundary: `arn:${config.partition}:iam::${config.accountId()}:policy/gatewright-boundary`,
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
      AttachedPolicies: [`arn:${config.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`],
    }),
  },
];
