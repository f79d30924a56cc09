/**
 * The API of the first example, deployed to dev in one account and to prod in another: .github/gatewright.yml says where.
 *
 *     GET https://….execute-api.….amazonaws.com/hello        {"message":"Hello, world!", …}
 *     GET https://….execute-api.….amazonaws.com/hello/ana    {"message":"Hello, ana!", …}
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: ({ config }) => ({
      Name: "my-api",
      ProtocolType: "HTTP",
      Description: `Says hello, stage ${config.stage}`,
    }),
  },

  // The target of the routes. Its name is derived: integration::my-api::my-function.
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({
      ConnectionType: "INTERNET",
      IntegrationMethod: "POST",
      IntegrationType: "AWS_PROXY",
      PayloadFormatVersion: "2.0",
    }),
    dependencies: () => ({ api: "my-api", lambdaFunction: "my-function" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /hello" }),
    dependencies: () => ({ api: "my-api", integration: "integration::my-api::my-function" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /hello/{name}" }),
    dependencies: () => ({ api: "my-api", integration: "integration::my-api::my-function" }),
  },

  // The stage $default serves the API at its own address, without a stage name in the path.
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({ StageName: "$default", AutoDeploy: true }),
    dependencies: () => ({ api: "my-api" }),
  },

  // Its code is in the folder my-function beside this file.
  {
    type: "Function",
    group: "Lambda",
    properties: () => ({
      Configuration: {
        FunctionName: "my-function",
        Runtime: "nodejs22.x",
        Handler: "my-function.handler",
        MemorySize: 128,
        Timeout: 3,
      },
    }),
    dependencies: () => ({ role: "lambda-role" }),
  },
  // Without this permission the API may not invoke the function, and answers with 500.
  {
    type: "Permission",
    group: "Lambda",
    dependencies: () => ({ lambdaFunction: "my-function", apiGatewayV2Apis: ["my-api"] }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: "lambda-role",
      // What it may do at most, whatever its policies say: the role that applies can make no other (access/resources.js).
      PermissionsBoundary: `arn:${config.partition}:iam::${config.accountId()}:policy/gatewright-boundary`,
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
    }),
    dependencies: () => ({ policies: ["lambda-policy"] }),
  },
  {
    type: "Policy",
    group: "IAM",
    properties: () => ({
      PolicyName: "lambda-policy",
      Description: "Lets functions write their logs",
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["logs:*"], Resource: "*" }],
      },
    }),
  },
];
