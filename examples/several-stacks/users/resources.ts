/** The other stack, in TypeScript. Types are stripped before it is evaluated. */
import type { CreateResources } from "gatewright";

/** The paths of this API. The same upstream answers all of them. */
const PATHS: readonly string[] = ["/users", "/users/{id}"];

export const createResources: CreateResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({ Name: "users", ProtocolType: "HTTP" }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    // With an explicit name, the integration keeps its name when the address changes.
    name: "upstream",
    properties: ({ config }) => ({
      IntegrationType: "HTTP_PROXY",
      IntegrationMethod: "GET",
      IntegrationUri: `https://users.${config.stage}.example.com`,
      PayloadFormatVersion: "1.0",
      RequestParameters: { "overwrite:path": "$request.path" },
    }),
    dependencies: () => ({ api: "users" }),
  },
  ...PATHS.map(
    (path) =>
      ({
        type: "Route",
        group: "ApiGatewayV2",
        properties: () => ({ RouteKey: `GET ${path}` }),
        dependencies: () => ({ api: "users", integration: "upstream" }),
      }) as const,
  ),
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({ StageName: "$default", AutoDeploy: true }),
    dependencies: () => ({ api: "users" }),
  },
];
