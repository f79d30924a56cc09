/**
 * One spec for two stages of one account: the settings give every resource a name with its stage, the spec keeps short ones.
 * In a terminal: `gatewright plan --stage prod`.
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({ Name: "hello-api", ProtocolType: "HTTP" }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }),
    dependencies: () => ({ api: "hello-api", lambdaFunction: "hello" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /" }),
    dependencies: () => ({ api: "hello-api", integration: "integration::hello-api::hello" }),
  },
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({
      StageName: "$default",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingBurstLimit: 20, ThrottlingRateLimit: 10 },
    }),
    dependencies: () => ({ api: "hello-api" }),
  },
  {
    type: "Function",
    group: "Lambda",
    properties: ({ config }) => ({
      Configuration: {
        FunctionName: "hello",
        Runtime: "nodejs22.x",
        Handler: "hello.handler",
        MemorySize: config.memory,
        Environment: { Variables: { STAGE: config.stage } },
        LoggingConfig: { LogGroup: "/apis/hello" },
      },
    }),
    dependencies: () => ({ role: "hello-role", logGroups: ["/apis/hello"] }),
  },
  {
    type: "LogGroup",
    group: "CloudWatchLogs",
    properties: ({ config }) => ({ logGroupName: "/apis/hello", retentionInDays: config.logDays }),
  },
  {
    type: "Permission",
    group: "Lambda",
    dependencies: () => ({ lambdaFunction: "hello", apiGatewayV2Apis: ["hello-api"] }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: "hello-role",
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
