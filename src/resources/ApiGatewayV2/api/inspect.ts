/** An Api that nobody can call: allowed by AWS, and hardly meant. */
import type { Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { isEmpty } from "../../../model/values.ts";
import { ROUTE, STAGE } from "../common.ts";

export function inspectApi({ draft, properties }: Linked, spec: LinkedSpec): readonly Finding[] {
  // Somebody else's has its own; quick create makes a route and a stage.
  if (draft.readOnly || !isEmpty(properties.Target)) return [];
  const has = (type: string): boolean => spec.ofType(type).some(({ parent }) => parent === draft.key);
  const findings: Finding[] = [];
  if (!has(STAGE))
    findings.push(
      warning(
        "API_WITHOUT_STAGE",
        `${draft.key} has no Stage in this spec: without one nobody can call it`,
        'Add a Stage that depends on the Api, such as StageName: "$default" with AutoDeploy: true.',
      ),
    );
  if (!has(ROUTE))
    findings.push(
      warning(
        "API_WITHOUT_ROUTES",
        `${draft.key} has no Route in this spec: it answers every call with 404`,
        "Add a Route that depends on the Api and on an Integration.",
      ),
    );
  return findings;
}

function warning(code: string, message: string, hint: string): Finding {
  return { severity: "warning", code, message, hint };
}

/** A WEBSOCKET API without a route `$connect` lets everybody connect. */
export function openConnections({ draft, properties }: Linked, spec: LinkedSpec): string | undefined {
  if (properties.ProtocolType !== "WEBSOCKET") return undefined;
  const routes = spec.ofType(ROUTE).filter(({ parent }) => parent === draft.key);
  if (routes.length === 0 || routes.some((route) => route.properties.RouteKey === "$connect"))
    return undefined;
  return `connections to ${draft.name}`;
}
