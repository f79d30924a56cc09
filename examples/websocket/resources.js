/**
 * A route to the function for messages with this `action`.
 * @param {string} RouteKey
 * @returns {import("gatewright").Resource}
 */
const route = (RouteKey) => ({
  type: "Route",
  group: "ApiGatewayV2",
  properties: () => ({ RouteKey }),
  dependencies: () => ({ api: "chat-api", integration: "integration::chat-api::chat" }),
});

/**
 * A WEBSOCKET API. One function receives connects, disconnects and every message, and answers over the connection.
 *
 *     wscat -c wss://….execute-api.….amazonaws.com/live
 *     > {"action":"echo","text":"hello"}
 *     < hello
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({
      Name: "chat-api",
      ProtocolType: "WEBSOCKET",
      // The route is the message's `action`; all other messages go to $default.
      RouteSelectionExpression: "$request.body.action",
    }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({ IntegrationType: "AWS_PROXY" }),
    dependencies: () => ({ api: "chat-api", lambdaFunction: "chat" }),
  },
  route("$connect"),
  route("$disconnect"),
  route("$default"),
  route("echo"),

  // WEBSOCKET stages do not deploy themselves. Gatewright creates a deployment whenever something changes.
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({
      StageName: "live",
      DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 },
    }),
    dependencies: () => ({ api: "chat-api" }),
  },

  {
    type: "Function",
    group: "Lambda",
    properties: () => ({
      Configuration: { FunctionName: "chat", Runtime: "nodejs22.x", Handler: "chat.handler", Timeout: 10 },
    }),
    dependencies: () => ({ role: "chat-role" }),
  },
  {
    type: "Permission",
    group: "Lambda",
    dependencies: () => ({ lambdaFunction: "chat", apiGatewayV2Apis: ["chat-api"] }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: ({ config, getId }) => ({
      RoleName: "chat-role",
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
                Resource: `${getId({ type: "Api", group: "ApiGatewayV2", name: "chat-api", path: "live.ArnV2" })}/*`,
              },
            ],
          },
        },
      ],
    }),
  },
];
