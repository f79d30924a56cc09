/**
 * An HTTP API with a Lambda function behind a domain name of its own: https://hello-dev.example.com in stage dev.
 *
 * The first apply waits for the certificate: its record is made meanwhile, and once ACM has found it, the domain name, its
 * mapping and its address in DNS follow. It goes through when the registrar of the domain points to the hosted zone.
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  // Registered once, by a person. It is only read.
  { type: "Domain", group: "Route53Domains", name: ({ config }) => config.domain, readOnly: true },
  {
    type: "HostedZone",
    group: "Route53",
    properties: ({ config }) => ({ Name: `${config.domain}.` }),
    dependencies: ({ config }) => ({ domain: config.domain }),
  },

  // In the API's region. The record below proves to ACM whose the domain is.
  {
    type: "Certificate",
    group: "ACM",
    properties: ({ config }) => ({ DomainName: config.host }),
  },
  {
    type: "Record",
    group: "Route53",
    dependencies: ({ config }) => ({ hostedZone: `${config.domain}.`, certificate: config.host }),
  },

  {
    type: "DomainName",
    group: "ApiGatewayV2",
    properties: ({ config, getId }) => ({
      DomainName: config.host,
      DomainNameConfigurations: [
        { CertificateArn: `${getId({ type: "Certificate", group: "ACM", name: config.host })}` },
      ],
    }),
    dependencies: ({ config }) => ({ certificates: [config.host] }),
  },
  // Where DNS sends who asks for the name.
  {
    type: "Record",
    group: "Route53",
    dependencies: ({ config }) => ({
      hostedZone: `${config.domain}.`,
      apiGatewayV2DomainName: config.host,
    }),
  },
  // An empty key is the domain's root; "v1" would be https://hello-dev.example.com/v1.
  {
    type: "ApiMapping",
    group: "ApiGatewayV2",
    properties: () => ({ ApiMappingKey: "" }),
    dependencies: ({ config }) => ({ domainName: config.host, stage: "hello-api::$default" }),
  },

  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({ Name: "hello-api", ProtocolType: "HTTP" }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({
      ConnectionType: "INTERNET",
      IntegrationMethod: "POST",
      IntegrationType: "AWS_PROXY",
      PayloadFormatVersion: "2.0",
    }),
    dependencies: () => ({ api: "hello-api", lambdaFunction: "hello" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /hello" }),
    dependencies: () => ({ api: "hello-api", integration: "integration::hello-api::hello" }),
  },
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({
      StageName: "$default",
      AutoDeploy: true,
      AccessLogSettings: { Format: "$context.requestId $context.domainName $context.status" },
    }),
    dependencies: () => ({ api: "hello-api", logGroup: "/hello-api/access" }),
  },
  // Made by the stage itself, because it has AutoDeploy.
  {
    type: "Deployment",
    group: "ApiGatewayV2",
    properties: () => ({ AutoDeployed: true }),
    dependencies: () => ({ api: "hello-api", stage: "hello-api::$default" }),
  },
  {
    type: "LogGroup",
    group: "CloudWatchLogs",
    properties: () => ({ logGroupName: "/hello-api/access", retentionInDays: 14 }),
  },

  // Its code is in the folder hello beside this file.
  {
    type: "Function",
    group: "Lambda",
    properties: () => ({
      Configuration: { FunctionName: "hello", Runtime: "nodejs22.x", Handler: "hello.handler" },
    }),
    dependencies: () => ({ role: "hello-role" }),
  },
  {
    type: "Permission",
    group: "Lambda",
    dependencies: () => ({ lambdaFunction: "hello", apiGatewayV2Apis: ["hello-api"] }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: () => ({
      RoleName: "hello-role",
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
    }),
    dependencies: () => ({ policies: ["hello-policy"] }),
  },
  {
    type: "Policy",
    group: "IAM",
    properties: () => ({
      PolicyName: "hello-policy",
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: "*",
          },
        ],
      },
    }),
  },
];
