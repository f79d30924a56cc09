/**
 * Whether a role of the spec lets a service assume it. A service that is refused looks to AWS like a role that has not
 * spread yet, so an apply would wait a quarter of an hour for it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
import { isObject, type JsonValue } from "../../model/values.ts";
import type { Finding, Linked, LinkedSpec } from "../../spec/type-rules.ts";
import { literal } from "../../text/prose.ts";
import { dependencyOf, doubtful, refused } from "../findings.ts";
import { parsedPolicy } from "./document.ts";

/** `lambda.amazonaws.com`; regional forms and those of other partitions (`.amazonaws.com.cn`) are taken too. */
export interface Service {
  readonly principal: string;
  /** As messages call it: `Lambda`. */
  readonly name: string;
}

/**
 * A finding when the trust policy of the role that `one` depends on visibly lacks the service: an error as soon as `one` is
 * written, since AWS looks at the role then only.
 */
export function untrustedBy(one: Linked, spec: LinkedSpec, service: Service): readonly Finding[] {
  return distrusts(one, spec, service).map(({ message, hint }) => ({
    ...refused(["dependencies", "role"], message, hint),
    severity: "when-written",
  }));
}

/** The same where AWS takes the role unseen and every call fails afterwards; `what` is what the caller then meets. */
export function callsWithoutTrust(
  one: Linked,
  spec: LinkedSpec,
  { what, ...service }: Service & { readonly what: string },
): readonly Finding[] {
  return distrusts(one, spec, service).map(({ role, message, hint }) => ({
    ...doubtful("ROLE_WITHOUT_TRUST", ["dependencies", "role"], `${message}, so ${what}`, hint),
    oncePer: role,
  }));
}

interface Distrust {
  /** The role's key. */
  readonly role: string;
  readonly message: string;
  readonly hint: string;
}

/** At most one: the role that `one` depends on, if its trust policy visibly lacks the service. */
function distrusts(one: Linked, spec: LinkedSpec, { principal, name }: Service): readonly Distrust[] {
  const role = dependencyOf(one, "role", spec);
  if (role === undefined || role.draft.readOnly || role.draft.broken === true) return [];
  const { AssumeRolePolicyDocument: document } = role.properties;
  if (document === undefined || mayAssume(parsedPolicy(document), principal)) return [];
  const at = role.draft.at === undefined ? "" : ` (${role.draft.at.file}:${role.draft.at.line})`;
  return [
    {
      role: role.draft.key,
      message: `${name} cannot assume ${role.draft.name}${at}: its AssumeRolePolicyDocument does not allow ${principal}`,
      hint: `Add {Effect: "Allow", Principal: {Service: "${principal}"}, Action: "sts:AssumeRole"} to its statements.`,
    },
  ];
}

/** False only where the document certainly does not allow it; conditions and denials are AWS's to judge. */
export function mayAssume(document: JsonValue, principal: string): boolean {
  if (!isObject(document) || document.Statement === undefined) return !isObject(document);
  return listed(document.Statement).some((statement) => {
    if (!isObject(statement)) return true;
    const { Effect, Action, Principal } = statement;
    if (Effect === "Deny") return false;
    return (
      (Action === undefined || matchesAction(Action, "sts:AssumeRole")) &&
      (Principal === undefined || namesService(Principal, principal))
    );
  });
}

/** True when one of the actions, which may have wildcards, is the one wanted. */
export function matchesAction(actions: JsonValue, wanted: string): boolean {
  return listed(actions).some((one) => typeof one !== "string" || pattern(one).test(wanted));
}

/** The wildcards of an action. */
function pattern(text: string): RegExp {
  const wild = literal(text).replaceAll("\\*", ".*").replaceAll("\\?", ".");
  return new RegExp(`^${wild}$`, "i");
}

/** True when the principals have the service among them, or everybody. */
export function namesService(principals: JsonValue, wanted: string): boolean {
  if (principals === "*") return true;
  if (!isObject(principals)) return true;
  const { AWS, Service } = principals;
  // An object that stands for another resource's value is not judged.
  if (Object.keys(principals).some((key) => key.startsWith("$"))) return true;
  const everybody = AWS !== undefined && listed(AWS).some((one) => one === "*");
  return everybody || (Service !== undefined && listed(Service).some((one) => isService(one, wanted)));
}

function isService(one: JsonValue, wanted: string): boolean {
  if (typeof one !== "string") return true;
  const [service = ""] = wanted.split(".");
  return new RegExp(`^${service}(\\.[a-z0-9-]+)?\\.amazonaws\\.(com(\\.cn)?|eu)$`, "i").test(one);
}

export function listed(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : [value];
}
