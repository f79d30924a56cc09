import type { Resource } from "gatewright";

/**
 * A WEBSOCKET API. The function in the folder my-api-function receives connects, disconnects and every message, and
 * answers over the connection.
 *
 *     wscat -c wss://….execute-api.….amazonaws.com/live
 *     > {"action":"hello","name":"Ana"}
 *     < Hello, Ana!
 */
export const createResources = (): Resource[] => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: {
      Name: "my-api",
      ProtocolType: "WEBSOCKET",
      // The route is the message's `action`; all other messages go to $default.
      RouteSelectionExpression: "$request.body.action",
    },
  },
  // A route for each kind of message, all to the function.
  ...["$connect", "$disconnect", "$default", "hello"].map(
    (RouteKey): Resource => ({
      type: "Route",
      group: "ApiGatewayV2",
      properties: { RouteKey },
      dependencies: { api: "my-api", integration: "integration::my-api::my-api-function" },
    }),
  ),
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: { IntegrationType: "AWS_PROXY" },
    dependencies: { api: "my-api", lambdaFunction: "my-api-function" },
  },

  // Gatewright deploys the stage whenever something that it serves changes.
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: {
      StageName: "live",
      DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 },
    },
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
  // Without this permission the API may not invoke the function.
  {
    type: "Permission",
    group: "Lambda",
    dependencies: { lambdaFunction: "my-api-function", apiGatewayV2Apis: ["my-api"] },
  },
  // What the function may do: write its logs, and answer over connections of this API.
  {
    type: "Role",
    group: "IAM",
    properties: ({ config, getId }) => ({
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
      Policies: [
        {
          PolicyName: "answer",
          PolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: ["execute-api:ManageConnections"],
                // This reference also makes Gatewright create the API before this policy.
                Resource: `${getId({ type: "Api", group: "ApiGatewayV2", name: "my-api", path: "live.ArnV2" })}/*`,
              },
            ],
          },
        },
      ],
    }),
  },
];
