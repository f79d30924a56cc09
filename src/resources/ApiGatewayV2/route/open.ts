/** Which routes anybody may call, and which lead nowhere. */
import { isEmpty } from "../../../model/values.ts";
import type { Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { doubtful } from "../../findings.ts";
import { textOf } from "../../live-values.ts";
import { API, ROUTE_RESPONSE } from "../common.ts";
import { protocolOf } from "../protocol.ts";

/** `GET /hello`; of a WEBSOCKET API only `$connect` asks who somebody is. */
export function openRoute(one: Linked, spec: LinkedSpec): string | undefined {
  const { AuthorizationType = "NONE", AuthorizerId, RouteKey } = one.properties;
  const asks =
    AuthorizationType !== "NONE" || !isEmpty(AuthorizerId) || one.dependencies.authorizer !== undefined;
  const key = textOf(RouteKey);
  if (asks || key === "") return undefined;
  const api = one.parent === undefined ? undefined : spec.byKey(one.parent);
  const name = api?.draft.name ?? "";
  const { ProtocolType } = api?.properties ?? {};
  if (ProtocolType === "WEBSOCKET") return key === "$connect" ? `connections to ${name}` : undefined;
  return spec.ofType(API).length > 1 ? `${key} of ${name}` : key;
}

export function endFindings(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const { properties, dependencies, draft } = one;
  if (draft.readOnly) return [];
  const key = textOf(properties.RouteKey);
  const findings: Finding[] = [];
  if (isEmpty(properties.Target) && dependencies.integration === undefined)
    findings.push(
      doubtful(
        "ROUTE_WITHOUT_TARGET",
        "RouteKey",
        `${JSON.stringify(key)} has no integration: every call of it fails`,
        "Name an Integration in dependencies.integration.",
      ),
    );
  if (protocolOf(one, spec) !== "WEBSOCKET") return findings;
  const answers = spec.ofType(ROUTE_RESPONSE).some(({ parent }) => parent === draft.key);
  const expects = !isEmpty(properties.RouteResponseSelectionExpression);
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
  if (expects && !answers)
    findings.push(
      doubtful(
        "ROUTE_WITHOUT_RESPONSE",
        "RouteResponseSelectionExpression",
        `${JSON.stringify(key)} is to answer, but has no RouteResponse: callers get nothing`,
        'Add a RouteResponse with RouteResponseKey: "$default" that depends on the route.',
      ),
    );
  if (answers && !expects)
    findings.push(
      doubtful(
        "ROUTE_WITHOUT_RESPONSE",
        "RouteKey",
        `${JSON.stringify(key)} has a RouteResponse, but no RouteResponseSelectionExpression: callers get nothing`,
        'Give the route RouteResponseSelectionExpression: "$default".',
      ),
    );
  return findings;
}
