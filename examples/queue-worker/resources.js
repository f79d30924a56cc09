/**
 * An HTTP API that takes jobs at once and works on them later: POST /jobs puts its body into a queue, and a function works on
 * the queue in batches. What fails five times is kept in a second queue.
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({ Name: "jobs-api", ProtocolType: "HTTP" }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({
      IntegrationType: "AWS_PROXY",
      IntegrationSubtype: "SQS-SendMessage",
      PayloadFormatVersion: "1.0",
      // The dependency sqsQueue gives QueueUrl.
      RequestParameters: { MessageBody: "$request.body" },
    }),
    dependencies: () => ({ api: "jobs-api", sqsQueue: "jobs", role: "jobs-api-role" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "POST /jobs" }),
    dependencies: () => ({ api: "jobs-api", integration: "integration::jobs-api::jobs" }),
  },
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({
      StageName: "$default",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingBurstLimit: 20, ThrottlingRateLimit: 10 },
    }),
    dependencies: () => ({ api: "jobs-api" }),
  },

  {
    type: "Queue",
    group: "SQS",
    properties: ({ getId }) => ({
      QueueName: "jobs",
      Attributes: {
        // Six times the worker's Timeout, as AWS recommends: a message must not come back while it is worked on.
        VisibilityTimeout: 180,
        RedrivePolicy: {
          deadLetterTargetArn: getId({ type: "Queue", group: "SQS", name: "jobs-dead", path: "live.Arn" }),
          maxReceiveCount: 5,
        },
      },
    }),
  },
  {
    type: "Queue",
    group: "SQS",
    properties: () => ({ QueueName: "jobs-dead", Attributes: { MessageRetentionPeriod: 1209600 } }),
  },
  {
    type: "EventSourceMapping",
    group: "Lambda",
    properties: () => ({ BatchSize: 10, FunctionResponseTypes: ["ReportBatchItemFailures"] }),
    dependencies: () => ({ lambdaFunction: "worker", sqsQueue: "jobs" }),
  },
  {
    type: "Function",
    group: "Lambda",
    properties: () => ({
      Configuration: {
        FunctionName: "worker",
        Runtime: "nodejs22.x",
        Handler: "worker.handler",
        Timeout: 30,
      },
    }),
    dependencies: () => ({ role: "worker-role" }),
  },

  // The worker's role may read the queue, API Gateway's may write to it.
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: "worker-role",
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
      AttachedPolicies: [
        `arn:${config.partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole`,
      ],
    }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: ({ getId }) => ({
      RoleName: "jobs-api-role",
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
                Resource: getId({ type: "Queue", group: "SQS", name: "jobs", path: "live.Arn" }),
              },
            ],
          },
        },
      ],
    }),
  },
];
