/** The operations of every kind of resource, one line each in order of the files. */
export { apis } from "./apis.ts";
export { authorizers } from "./authorizers.ts";
export { deployments } from "./deployments.ts";
export { integrations } from "./integrations.ts";
export { modelOperations } from "./models.ts";
export { routes } from "./routes.ts";
export { stages } from "./stages.ts";
export { vpcLinkOperations } from "./vpc-links.ts";
export { integrationResponses, routeResponses } from "./responses.ts";
export { apiMappingOperations, domainNameOperations } from "./domain-names.ts";
export { routingRuleOperations } from "./routing-rules.ts";
