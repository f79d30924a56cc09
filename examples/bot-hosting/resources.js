/**
 * What the bot's container needs around it, so that GitHub reaches it and nobody else gets into the network: an HTTP API under a
 * domain name of its own that leads through a VPC link to the container's load balancer, the role that the container runs with, and
 * its log group.
 *
 * The container itself is made elsewhere (an ECS service, or Docker on a machine). It cannot be a Lambda function: the bot is a
 * process that goes on working after it has answered, with a queue, timers and a database. Start it with
 *
 *     PUBLIC_URL=https://gatewright.example.com DATABASE_URL=… AWS_REGION=…
 *
 * HTTP APIs do not stream: the pages of runs do not change by themselves behind one, but do when they are loaded again.
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({
      Name: "gatewright",
      ProtocolType: "HTTP",
      // Webhooks are signed, and sign-in is tied to the name: there is one way in.
      DisableExecuteApiEndpoint: true,
    }),
  },
  {
    type: "VpcLink",
    group: "ApiGatewayV2",
    properties: ({ config }) => ({
      Name: "gatewright",
      SubnetIds: config.subnets,
      SecurityGroupIds: [config.securityGroup],
    }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    name: "bot",
    properties: ({ config }) => ({
      IntegrationType: "HTTP_PROXY",
      IntegrationMethod: "ANY",
      IntegrationUri: config.listener,
      PayloadFormatVersion: "1.0",
    }),
    dependencies: () => ({ api: "gatewright", vpcLink: "gatewright" }),
  },
  // Webhooks, sign-in and pages: the bot itself turns away what is not signed.
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "$default" }),
    dependencies: () => ({ api: "gatewright", integration: "bot" }),
  },
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({
      StageName: "$default",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingBurstLimit: 200, ThrottlingRateLimit: 100 },
    }),
    dependencies: () => ({ api: "gatewright" }),
  },

  {
    type: "HostedZone",
    group: "Route53",
    properties: ({ config }) => ({ Name: `${config.host}.` }),
  },
  {
    type: "Certificate",
    group: "ACM",
    properties: ({ config }) => ({ DomainName: config.host }),
  },
  {
    type: "Record",
    group: "Route53",
    dependencies: ({ config }) => ({ hostedZone: `${config.host}.`, certificate: config.host }),
  },
  {
    type: "DomainName",
    group: "ApiGatewayV2",
    properties: ({ config }) => ({ DomainName: config.host }),
    dependencies: ({ config }) => ({ certificates: [config.host] }),
  },
  {
    type: "Record",
    group: "Route53",
    dependencies: ({ config }) => ({ hostedZone: `${config.host}.`, apiGatewayV2DomainName: config.host }),
  },
  {
    type: "ApiMapping",
    group: "ApiGatewayV2",
    dependencies: ({ config }) => ({ domainName: config.host, stage: "gatewright::$default" }),
  },

  {
    type: "LogGroup",
    group: "CloudWatchLogs",
    properties: () => ({ logGroupName: "/gatewright/bot", retentionInDays: 90 }),
  },
  // The container's role can only become the stages' roles, which trust it and no one else.
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: "gatewright-bot",
      Description: "The Gatewright bot's container",
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
      Policies: [
        {
          PolicyName: "stages",
          PolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: ["sts:AssumeRole", "sts:TagSession"],
                Resource: [
                  `arn:${config.partition}:iam::${config.accountId()}:role/gatewright-dev*`,
                  `arn:${config.partition}:iam::${config.accountId()}:role/gatewright-prod*`,
                ],
              },
            ],
          },
        },
      ],
    }),
  },
];
