/** The other stack, in TypeScript: types are taken off before it is evaluated. */
import type { CreateResources } from "gatewright";

/** Paths of this API, each answered by the same upstream. */
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
    // Told apart by a name of its own, so that the address can change and the name stays.
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
