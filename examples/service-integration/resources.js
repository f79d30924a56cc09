/**
 * An HTTP API that passes requests to other AWS services, without a function in between: POST /orders sends its body to
 * an SQS queue, POST /events to the account's default event bus, POST /refunds starts a state machine. API Gateway assumes a
 * role of this stack for all three.
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({ Name: "orders-api", ProtocolType: "HTTP", Description: "Takes orders and events" }),
  },

  // Named after its queue: integration::orders-api::orders-dev in stage dev.
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

  // Without EventBusName this is the default bus, which is part of the integration's name.
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

  // The dependency gives StateMachineArn; the answer has the execution's ARN.
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({
      IntegrationType: "AWS_PROXY",
      IntegrationSubtype: "StepFunctions-StartExecution",
      PayloadFormatVersion: "1.0",
      RequestParameters: { Input: "$request.body" },
    }),
    dependencies: () => ({
      api: "orders-api",
      role: "orders-api-role",
      stepFunctionsStateMachine: "refund",
    }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "POST /refunds" }),
    dependencies: () => ({ api: "orders-api", integration: "integration::orders-api::refund" }),
  },
  {
    type: "StateMachine",
    group: "StepFunctions",
    properties: () => ({
      name: "refund",
      definition: {
        StartAt: "Wait",
        States: {
          Wait: { Type: "Wait", Seconds: 60, Next: "Done" },
          Done: { Type: "Succeed" },
        },
      },
    }),
    dependencies: () => ({ role: "refund-role" }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: () => ({
      RoleName: "refund-role",
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "states.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
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
    dependencies: () => ({ api: "orders-api" }),
  },

  // The role that API Gateway assumes to call the three services.
  {
    type: "Role",
    group: "IAM",
    properties: ({ config, getId }) => ({
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
              {
                Effect: "Allow",
                Action: ["states:StartExecution"],
                Resource: getId({ type: "StateMachine", group: "StepFunctions", name: "refund" }),
              },
            ],
          },
        },
      ],
    }),
  },
];
