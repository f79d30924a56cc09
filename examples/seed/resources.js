/**
 * The smallest stack with an integration, in GruCloud's older dialect: `name` is next to the properties, and the
 * function's properties are flat. The integration's name is derived: integration::my-api::my-function.
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    name: "my-api",
    properties: () => ({ ProtocolType: "HTTP", Description: "Answers with what my-function says" }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }),
    dependencies: () => ({ api: "my-api", lambdaFunction: "my-function" }),
  },
  {
    type: "Function",
    group: "Lambda",
    name: "my-function",
    properties: () => ({ Runtime: "nodejs22.x", Handler: "my-function.handler" }),
    dependencies: () => ({ role: "lambda-role" }),
  },
  {
    type: "Role",
    group: "IAM",
    name: "lambda-role",
    properties: () => ({
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
    name: "lambda-policy",
    properties: () => ({
      Description: "Lets functions write their logs",
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["logs:*"], Resource: "*" }],
      },
    }),
  },
];
