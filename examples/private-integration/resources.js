/**
 * An HTTP API in front of a service that the internet cannot reach: a VPC link leads to the listener of its load balancer. The
 * link takes minutes to make; the apply says so and waits.
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({ Name: "inside-api", ProtocolType: "HTTP" }),
  },
  {
    type: "VpcLink",
    group: "ApiGatewayV2",
    properties: ({ config }) => ({
      Name: "inside",
      SubnetIds: config.subnets,
      SecurityGroupIds: [config.securityGroup],
    }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    name: "orders-service",
    properties: ({ config }) => ({
      IntegrationType: "HTTP_PROXY",
      IntegrationMethod: "ANY",
      IntegrationUri: config.listener,
      PayloadFormatVersion: "1.0",
      // Who is asking, for the service's log; and the name that its certificate must have.
      RequestParameters: { "overwrite:header.x-request-id": "$context.requestId" },
      TlsConfig: { ServerNameToVerify: "orders.internal.example.com" },
    }),
    // The link makes the connection a VPC_LINK.
    dependencies: () => ({ api: "inside-api", vpcLink: "inside" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /orders/{id}" }),
    dependencies: () => ({ api: "inside-api", integration: "orders-service" }),
  },
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({
      StageName: "$default",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingBurstLimit: 20, ThrottlingRateLimit: 10 },
    }),
    dependencies: () => ({ api: "inside-api" }),
  },
];
