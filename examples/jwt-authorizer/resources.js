/**
 * An HTTP API with a public route and one that requires a token. API Gateway checks the token's signature, issuer,
 * audience and scope, and passes its claims to the function.
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({
      Name: "members-api",
      ProtocolType: "HTTP",
      // Pages of the members' site may call the API.
      CorsConfiguration: {
        AllowOrigins: ["https://members.example.com"],
        AllowMethods: ["GET"],
        AllowHeaders: ["authorization"],
        MaxAge: 600,
      },
    }),
  },
  {
    type: "Authorizer",
    group: "ApiGatewayV2",
    properties: ({ config }) => ({
      Name: "members",
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Issuer: config.issuer, Audience: [config.audience] },
    }),
    dependencies: () => ({ api: "members-api" }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }),
    dependencies: () => ({ api: "members-api", lambdaFunction: "whoami" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /" }),
    dependencies: () => ({ api: "members-api", integration: "integration::members-api::whoami" }),
  },
  // The authorizer implies AuthorizationType: "JWT".
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /me", AuthorizationScopes: ["profile"] }),
    dependencies: () => ({
      api: "members-api",
      integration: "integration::members-api::whoami",
      authorizer: "members",
    }),
  },

  // Without AutoDeploy, callers see a change only when all of it is in place.
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: ({ config }) => ({
      StageName: config.stage,
      AccessLogSettings: { Format: '{"id":"$context.requestId","route":"$context.routeKey"}' },
    }),
    dependencies: () => ({ api: "members-api", logGroup: "/apis/members" }),
  },
  {
    type: "LogGroup",
    group: "CloudWatchLogs",
    properties: () => ({ logGroupName: "/apis/members", retentionInDays: 30 }),
  },

  {
    type: "Function",
    group: "Lambda",
    properties: () => ({
      Configuration: { FunctionName: "whoami", Runtime: "nodejs22.x", Handler: "whoami.handler" },
    }),
    dependencies: () => ({ role: "whoami-role" }),
  },
  {
    type: "Permission",
    group: "Lambda",
    dependencies: () => ({ lambdaFunction: "whoami", apiGatewayV2Apis: ["members-api"] }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: "whoami-role",
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
