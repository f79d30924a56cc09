/** What the types below an Api share: who their parent is, which protocol it speaks, how they are read and changed. */
import type { JsonObject, JsonValue } from "../../model/values.ts";
import type { CreateContext, Live } from "../type.ts";
import type { DependencyKey, Entry } from "../../spec/type-rules.ts";

export const API = "ApiGatewayV2::Api";
export const INTEGRATION = "ApiGatewayV2::Integration";
export const ROUTE = "ApiGatewayV2::Route";
export const STAGE = "ApiGatewayV2::Stage";
export const DEPLOYMENT = "ApiGatewayV2::Deployment";
export const AUTHORIZER = "ApiGatewayV2::Authorizer";
export const MODEL = "ApiGatewayV2::Model";
export const INTEGRATION_RESPONSE = "ApiGatewayV2::IntegrationResponse";
export const ROUTE_RESPONSE = "ApiGatewayV2::RouteResponse";
export const VPC_LINK = "ApiGatewayV2::VpcLink";
export const DOMAIN_NAME = "ApiGatewayV2::DomainName";
export const API_MAPPING = "ApiGatewayV2::ApiMapping";
export const ROUTING_RULE = "ApiGatewayV2::RoutingRule";

export type Protocol = "HTTP" | "WEBSOCKET";

/** The dependency of every type below an Api. */
export const parentApi: DependencyKey = { type: API, required: true, parent: true };

function protocol(value: JsonValue | undefined): Protocol {
  return value === "WEBSOCKET" ? "WEBSOCKET" : "HTTP";
}

/** The same of a live Api. */
export function protocolOfApi(api: Live): Protocol {
  return protocol(api.state.ProtocolType);
}

/** The name of the Api that an entry names as its parent. That it names one is checked by the loader. */
export function apiNameOf(entry: Entry): string {
  return entry.dependencies.api?.[0] ?? "NO-API";
}

/** The live Api in which something is made. */
export function apiOf({ parent, desired }: CreateContext): Live {
  if (parent === undefined) throw new Error(`bug: ${desired.name} would be created without its Api`);
  return parent;
}

/** The Api's id, as calls for its children take it. */
export function ofParent(api: Live | undefined): { ApiId: string } {
  if (api === undefined) throw new Error("bug: a call below an Api has no Api");
  return { ApiId: api.id };
}

/** The parent's id and name, for `list` and for references. */
export function parentAttributes(api: Live | undefined): JsonObject {
  return api === undefined ? {} : { ApiId: api.id, ApiName: api.name, ProtocolType: protocolOfApi(api) };
}

export function stageName(api: string, stage: string): string {
  return `${api}::${stage}`;
}

/**
 * The name that a create-first replacement gives the old resource, so that the two can be distinguished after a
 * crash.
 */
export function supersededName({ id }: Live): string {
  return `gc-superseded-${id}`;
}

/** Whether AWS's answer has such a name. */
export function supersededByName({ Name }: JsonObject): { superseded?: true } {
  return typeof Name === "string" && Name.startsWith("gc-superseded-") ? { superseded: true } : {};
}

/** API Gateway makes some resources itself (quick create) and lets nobody change them. */
export function managedByAws({ ApiGatewayManaged }: JsonObject): { managed?: true } {
  return ApiGatewayManaged === true ? { managed: true } : {};
}
