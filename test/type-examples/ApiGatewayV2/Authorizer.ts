import { httpApi, socketApi, role, ROLE_ARN, otherRole, OTHER_ROLE_ARN, fn, fnFiles } from "../beside.ts";
import { PARENT, type TypeExample } from "../example.ts";

export const example: TypeExample = {
  type: "ApiGatewayV2::Authorizer",
  cloudFormation: [{ type: "AWS::ApiGatewayV2::Authorizer" }],
  differences: {
    "ApiId: only there": PARENT,
    "AuthorizerType: replaces here only":
      "an update merges, and the members of the other type cannot be taken away",
  },
  lives: [
    {
      as: "JWT",
      beside: [httpApi],
      dependencies: { api: "shop" },
      full: {
        Name: "tokens",
        AuthorizerType: "JWT",
        IdentitySource: ["$request.header.Authorization"],
        JwtConfiguration: { Audience: ["web", "app"], Issuer: "https://issuer.example" },
      },
      minimal: {
        Name: "tokens",
        AuthorizerType: "JWT",
        IdentitySource: ["$request.header.Authorization"],
        JwtConfiguration: { Audience: ["web"], Issuer: "https://issuer.example" },
      },
      needed: [
        "Name",
        "AuthorizerType",
        "IdentitySource",
        "JwtConfiguration",
        "JwtConfiguration.Audience",
        "JwtConfiguration.Issuer",
      ],
      changed: {
        Name: "passes",
        IdentitySource: ["$request.querystring.token"],
        "JwtConfiguration.Audience": ["app"],
        "JwtConfiguration.Issuer": "https://other.example",
      },
    },
    {
      as: "REQUEST",
      beside: [httpApi, role, otherRole, fn],
      files: fnFiles,
      dependencies: { api: "shop", lambdaFunction: "fn" },
      full: {
        Name: "gate",
        AuthorizerType: "REQUEST",
        IdentitySource: ["$request.header.Authorization", "$request.querystring.token"],
        AuthorizerCredentialsArn: ROLE_ARN,
        AuthorizerPayloadFormatVersion: "2.0",
        AuthorizerResultTtlInSeconds: 60,
        EnableSimpleResponses: true,
      },
      minimal: { Name: "gate", AuthorizerType: "REQUEST" },
      // Without an identity source nothing can be kept.
      needed: ["Name", "AuthorizerType", "IdentitySource"],
      changed: {
        Name: "door",
        IdentitySource: ["$request.header.Authorization"],
        AuthorizerCredentialsArn: OTHER_ROLE_ARN,
        AuthorizerResultTtlInSeconds: 0,
        EnableSimpleResponses: false,
      },
      unseen: { AuthorizerPayloadFormatVersion: "2.0 is the default" },
    },
    {
      as: "REQUEST with the first payload",
      beside: [httpApi, role, fn],
      files: fnFiles,
      dependencies: { api: "shop", lambdaFunction: "fn" },
      full: { Name: "gate", AuthorizerType: "REQUEST", AuthorizerPayloadFormatVersion: "1.0" },
      minimal: { Name: "gate", AuthorizerType: "REQUEST" },
      needed: ["Name", "AuthorizerType"],
      changed: { AuthorizerPayloadFormatVersion: "2.0" },
    },
    {
      as: "WEBSOCKET",
      beside: [socketApi, role, otherRole, fn],
      files: fnFiles,
      dependencies: { api: "shop", lambdaFunction: "fn" },
      full: {
        Name: "gate",
        AuthorizerType: "REQUEST",
        IdentitySource: ["route.request.header.Auth", "route.request.querystring.token"],
        AuthorizerCredentialsArn: ROLE_ARN,
      },
      minimal: { Name: "gate", AuthorizerType: "REQUEST" },
      needed: ["Name", "AuthorizerType"],
      changed: {
        Name: "door",
        IdentitySource: ["route.request.header.Auth"],
        AuthorizerCredentialsArn: OTHER_ROLE_ARN,
      },
    },
  ],
  notLived: {
    AuthorizerUri: "the dependency lambdaFunction: Authorizer.test.ts",
    IdentityValidationExpression: "taken by AWS and not used",
  },
  notChanged: {
    AuthorizerType: "most others change with it: api-gateway-edits.test.ts",
  },
};
