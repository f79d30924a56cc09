/**
 * A route of the chat.
 * @param {string} RouteKey
 * @param {string} integration
 * @param {{ RouteResponseSelectionExpression?: "$default" }} [more]
 * @returns {import("gatewright").Resource}
 */
const route = (RouteKey, integration, more = {}) => ({
  type: "Route",
  group: "ApiGatewayV2",
  properties: () => ({ RouteKey, ...more }),
  dependencies: () => ({ api: "rooms-api", integration }),
});

/**
 * A chat over WEBSOCKET. A table holds who is connected, every message goes to all of them, and its sender is told how many
 * got it. Whatever has no known action is answered by the API itself, without a function.
 *
 *     wscat -c wss://….execute-api.….amazonaws.com/live
 *     > {"action":"send","text":"hello"}
 *     < hello
 *     < {"sent":1}
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({
      Name: "rooms-api",
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
    }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({ IntegrationType: "AWS_PROXY" }),
    dependencies: () => ({ api: "rooms-api", lambdaFunction: "chat" }),
  },
  route("$connect", "integration::rooms-api::chat"),
  route("$disconnect", "integration::rooms-api::chat"),
  // With a response, what the function returns goes back over the connection.
  route("send", "integration::rooms-api::chat", { RouteResponseSelectionExpression: "$default" }),
  {
    type: "RouteResponse",
    group: "ApiGatewayV2",
    properties: () => ({ RouteResponseKey: "$default" }),
    dependencies: () => ({ route: "route::rooms-api::send" }),
  },

  // Everything else: a MOCK integration says what is known.
  {
    type: "Integration",
    group: "ApiGatewayV2",
    name: "unknown-action",
    properties: () => ({
      IntegrationType: "MOCK",
      TemplateSelectionExpression: "\\$default",
      RequestTemplates: { $default: '{"statusCode":200}' },
    }),
    dependencies: () => ({ api: "rooms-api" }),
  },
  {
    type: "IntegrationResponse",
    group: "ApiGatewayV2",
    properties: () => ({
      IntegrationResponseKey: "$default",
      TemplateSelectionExpression: "\\$default",
      ResponseTemplates: { $default: '{"message":"send {\\"action\\":\\"send\\",\\"text\\":\\"…\\"}"}' },
    }),
    dependencies: () => ({ integration: "unknown-action" }),
  },
  route("$default", "unknown-action", { RouteResponseSelectionExpression: "$default" }),
  {
    type: "RouteResponse",
    group: "ApiGatewayV2",
    properties: () => ({ RouteResponseKey: "$default" }),
    dependencies: () => ({ route: "route::rooms-api::$default" }),
  },

  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({
      StageName: "live",
      DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 },
    }),
    dependencies: () => ({ api: "rooms-api" }),
  },

  {
    type: "Table",
    group: "DynamoDB",
    properties: () => ({
      TableName: "connections",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "connectionId", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "connectionId", KeyType: "HASH" }],
    }),
  },
  {
    type: "Function",
    group: "Lambda",
    properties: ({ getId }) => ({
      Configuration: {
        FunctionName: "chat",
        Runtime: "nodejs22.x",
        Handler: "chat.handler",
        Timeout: 10,
        Environment: {
          Variables: { TABLE_NAME: getId({ type: "Table", group: "DynamoDB", name: "connections" }) },
        },
      },
    }),
    dependencies: () => ({ role: "chat-role" }),
  },
  {
    type: "Permission",
    group: "Lambda",
    dependencies: () => ({ lambdaFunction: "chat", apiGatewayV2Apis: ["rooms-api"] }),
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
          PolicyName: "chat",
          PolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: ["execute-api:ManageConnections"],
                Resource: `${getId({ type: "Api", group: "ApiGatewayV2", name: "rooms-api", path: "live.ArnV2" })}/*`,
              },
              {
                Effect: "Allow",
                Action: ["dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Scan"],
                Resource: getId({ type: "Table", group: "DynamoDB", name: "connections", path: "live.Arn" }),
              },
            ],
          },
        },
      ],
    }),
  },
];
