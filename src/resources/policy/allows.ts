/**
 * Whether a policy of the spec allows something. False only where it certainly does not: conditions, denials and what is not known
 * yet are AWS's to judge.
 */
import { isObject, type JsonValue } from "../../model/values.ts";
import type { Linked, LinkedSpec } from "../../spec/type-rules.ts";
import { listOf, objectOf } from "../live-values.ts";
import { parsedPolicy } from "./document.ts";
import { listed, matchesAction, namesService } from "./trust.ts";

/** AWS's own policies that only let a function log, trace and reach its VPC; every other may allow anything. */
const BASIC =
  /^arn:[^:]+:iam::aws:policy\/(service-role\/AWSLambda(Basic|VPCAccess)ExecutionRole|AWSXRayDaemonWriteAccess|CloudWatchLambdaInsightsExecutionRolePolicy)$/;

/** @param service for a resource's own policy: who must be its principal */
export function mayAllow(document: JsonValue | undefined, action: string, service?: string): boolean {
  if (document === undefined) return false;
  const parsed = parsedPolicy(document);
  if (!isObject(parsed) || parsed.Statement === undefined) return true;
  return listed(parsed.Statement).some((statement) => {
    if (!isObject(statement)) return true;
    const { Effect, Action, Principal } = statement;
    if (Effect === "Deny") return false;
    const acts = Action === undefined || matchesAction(Action, action);
    return acts && (service === undefined || Principal === undefined || namesService(Principal, service));
  });
}

/** Whether a role may do it by its policies, inline, attached or of the spec. */
export function roleMay(role: Linked, spec: LinkedSpec, action: string): boolean {
  const { draft, properties, dependencies } = role;
  if (draft.readOnly || draft.broken === true) return true;
  const policies = (dependencies.policies ?? []).map((target) =>
    "key" in target ? spec.byKey(target.key) : target.arn,
  );
  const attached = [
    ...listOf(properties.AttachedPolicies),
    ...policies.filter((one) => typeof one === "string"),
  ];
  if (attached.some((arn) => typeof arn !== "string" || !BASIC.test(arn))) return true;
  const own = policies.filter((one) => typeof one === "object");
  if (own.some((one) => one.draft.readOnly)) return true;
  return [
    ...listOf(properties.Policies).map((inline) => objectOf(inline).PolicyDocument),
    ...own.map((one) => one.properties.PolicyDocument),
  ].some((document) => document !== undefined && mayAllow(document, action));
}
