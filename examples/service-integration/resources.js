/**
 * An HTTP API that hands requests to other AWS services, with no function between: a POST of an order puts its body into
 * an SQS queue, a POST of an event onto the account's default event bus. API Gateway does both as a role of ours.
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({ Name: "orders-api", ProtocolType: "HTTP", Description: "Takes orders and events" }),
  },

  // Named by its queue: integration::orders-api::orders-dev in stage dev.
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: ({ config }) => ({
      IntegrationType: "AWS_PROXY",
      IntegrationSubtype: "SQS-SendMessage",
      PayloadFormatVersion: "1.0",
      RequestParameters: {
        QueueUrl: `https://sqs.${config.region}.amazonaws.com/${config.accountId()}/${config.queueName}`,
        MessageBody: "$request.body",
      },
    }),
    dependencies: () => ({ api: "orders-api", role: "orders-api-role" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "POST /orders" }),
    dependencies: ({ config }) => ({
      api: "orders-api",
      integration: `integration::orders-api::${config.queueName}`,
    }),
  },

  // Without an EventBusName the default bus is meant, and the name says so.
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({
      IntegrationType: "AWS_PROXY",
      IntegrationSubtype: "EventBridge-PutEvents",
      PayloadFormatVersion: "1.0",
      RequestParameters: {
        Source: "orders-api",
        DetailType: "$request.body.type",
        Detail: "$request.body",
      },
    }),
    dependencies: () => ({ api: "orders-api", role: "orders-api-role" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "POST /events" }),
    dependencies: () => ({ api: "orders-api", integration: "integration::orders-api::eventBusDefault" }),
  },

  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({
      StageName: "$default",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingBurstLimit: 20, ThrottlingRateLimit: 10 },
    }),
    dependencies: () => ({ api: "orders-api" }),
  },

  // Whom API Gateway is when it calls the two services.
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: "orders-api-role",
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
      Policies: [
        {
          PolicyName: "send",
          PolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: ["sqs:SendMessage"],
                Resource: `arn:${config.partition}:sqs:${config.region}:${config.accountId()}:${config.queueName}`,
              },
              {
                Effect: "Allow",
                Action: ["events:PutEvents"],
                Resource: `arn:${config.partition}:events:${config.region}:${config.accountId()}:event-bus/default`,
              },
            ],
          },
        },
      ],
    }),
  },
];
