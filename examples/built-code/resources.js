/**
 * Three functions whose code a workflow builds (.github/workflows/build.yml): TypeScript with npm packages, Python with pip packages,
 * and a Go program. In a terminal: `npm run build`, then `gatewright plan --code dist`.
 *
 *     GET https://….execute-api.….amazonaws.com/orders    {"orders":[{"id":"o-1","pieces":2}]}
 *     GET https://….execute-api.….amazonaws.com/report    {"pieces":"1,204"}
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({ Name: "shop", ProtocolType: "HTTP" }),
  },
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({ StageName: "$default", AutoDeploy: true }),
    dependencies: () => ({ api: "shop" }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }),
    dependencies: () => ({ api: "shop", lambdaFunction: "orders" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /orders" }),
    dependencies: () => ({ api: "shop", integration: "integration::shop::orders" }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }),
    dependencies: () => ({ api: "shop", lambdaFunction: "report" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /report" }),
    dependencies: () => ({ api: "shop", integration: "integration::shop::report" }),
  },

  // `Artifact` is the name that the workflow uploads the code under.
  {
    type: "Function",
    group: "Lambda",
    name: "orders",
    properties: () => ({
      Runtime: "nodejs22.x",
      Handler: "handler.handler",
      Code: { Artifact: "orders" },
    }),
    dependencies: () => ({ role: "shop-role" }),
  },
  {
    type: "Function",
    group: "Lambda",
    name: "report",
    properties: () => ({
      Runtime: "python3.13",
      Handler: "handler.handler",
      Code: { Artifact: "report" },
    }),
    dependencies: () => ({ role: "shop-role" }),
  },
  {
    type: "Function",
    group: "Lambda",
    name: "worker",
    properties: () => ({
      Runtime: "provided.al2023",
      Handler: "bootstrap",
      Architectures: ["arm64"],
      Code: { Artifact: "worker" },
    }),
    dependencies: () => ({ role: "shop-role" }),
  },
  {
    type: "Permission",
    group: "Lambda",
    dependencies: () => ({ lambdaFunction: "orders", apiGatewayV2Apis: ["shop"] }),
  },
  {
    type: "Permission",
    group: "Lambda",
    dependencies: () => ({ lambdaFunction: "report", apiGatewayV2Apis: ["shop"] }),
  },
  {
    type: "Role",
    group: "IAM",
    name: "shop-role",
    properties: ({ config }) => ({
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
