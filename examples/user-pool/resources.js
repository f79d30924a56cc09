/**
 * An HTTP API for members, who sign in at a user pool of this stack, and for a partner, whose key a function checks:
 * GET /me takes the pool's tokens, GET /partner the header x-partner-key.
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({ Name: "club-api", ProtocolType: "HTTP" }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }),
    dependencies: () => ({ api: "club-api", lambdaFunction: "members" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /me", AuthorizationScopes: ["openid"] }),
    dependencies: () => ({
      api: "club-api",
      integration: "integration::club-api::members",
      authorizer: "members",
    }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /partner" }),
    dependencies: () => ({
      api: "club-api",
      integration: "integration::club-api::members",
      authorizer: "partners",
    }),
  },
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({
      StageName: "$default",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingBurstLimit: 20, ThrottlingRateLimit: 10 },
    }),
    dependencies: () => ({ api: "club-api" }),
  },

  // The pool is the issuer; its client is the audience.
  {
    type: "Authorizer",
    group: "ApiGatewayV2",
    properties: ({ getId }) => ({
      Name: "members",
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: {
        Audience: [
          getId({ type: "UserPoolClient", group: "CognitoIdentityServiceProvider", name: "club-site" }),
        ],
      },
    }),
    dependencies: () => ({ api: "club-api", userPool: "club" }),
  },
  {
    type: "Authorizer",
    group: "ApiGatewayV2",
    properties: () => ({
      Name: "partners",
      AuthorizerType: "REQUEST",
      AuthorizerPayloadFormatVersion: "2.0",
      EnableSimpleResponses: true,
      IdentitySource: ["$request.header.x-partner-key"],
    }),
    dependencies: () => ({ api: "club-api", lambdaFunction: "partner-key" }),
  },

  {
    type: "UserPool",
    group: "CognitoIdentityServiceProvider",
    properties: () => ({
      PoolName: "club",
      UsernameAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
    }),
  },
  {
    type: "UserPoolClient",
    group: "CognitoIdentityServiceProvider",
    properties: () => ({
      ClientName: "club-site",
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email"],
      CallbackURLs: ["https://club.example.com/signed-in"],
      SupportedIdentityProviders: ["COGNITO"],
    }),
    dependencies: () => ({ userPool: "club" }),
  },
  {
    type: "UserPoolDomain",
    group: "CognitoIdentityServiceProvider",
    properties: ({ config }) => ({ Domain: config.domain }),
    dependencies: () => ({ userPool: "club" }),
  },

  {
    type: "Function",
    group: "Lambda",
    properties: () => ({
      Configuration: { FunctionName: "members", Runtime: "nodejs22.x", Handler: "members.handler" },
    }),
    dependencies: () => ({ role: "club-role" }),
  },
  {
    type: "Function",
    group: "Lambda",
    properties: () => ({
      Configuration: {
        FunctionName: "partner-key",
        Runtime: "nodejs22.x",
        Handler: "partner-key.handler",
        Environment: {
          // Of "an example key": echo -n … | sha256sum
          Variables: {
            PARTNER_KEY_SHA256: "eb72c3541ce3eae9992b0cf506950ce98a8483a6a97dcb111e5547f03a1758d3",
          },
        },
      },
    }),
    dependencies: () => ({ role: "club-role" }),
  },
  {
    type: "Permission",
    group: "Lambda",
    dependencies: () => ({ lambdaFunction: "members", apiGatewayV2Apis: ["club-api"] }),
  },
  {
    type: "Permission",
    group: "Lambda",
    dependencies: () => ({ lambdaFunction: "partner-key", apiGatewayV2Apis: ["club-api"] }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: "club-role",
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
