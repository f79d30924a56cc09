/**
 * One of two stacks in a repository. Each directory is planned, locked and applied separately.
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({ Name: "orders", ProtocolType: "HTTP" }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }),
    dependencies: () => ({ api: "orders", lambdaFunction: "list-orders" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /orders" }),
    dependencies: () => ({ api: "orders", integration: "integration::orders::list-orders" }),
  },
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({ StageName: "$default", AutoDeploy: true }),
    dependencies: () => ({ api: "orders" }),
  },
  {
    type: "Function",
    group: "Lambda",
    properties: () => ({
      Configuration: { FunctionName: "list-orders", Runtime: "nodejs22.x", Handler: "list-orders.handler" },
    }),
    dependencies: () => ({ role: "list-orders-role" }),
  },
  {
    type: "Permission",
    group: "Lambda",
    dependencies: () => ({ lambdaFunction: "list-orders", apiGatewayV2Apis: ["orders"] }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: "list-orders-role",
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
