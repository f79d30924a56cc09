/**
 * Statements of a function's resource policy: AddPermission's parameters on one side, the policy's JSON on the other.
 * Pairs observed: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
import { createHash } from "node:crypto";
import {
  canonicalJson,
  isEmpty,
  isObject,
  isUnknown,
  type JsonObject,
  type JsonValue,
} from "../../model/values.ts";
import { accountOfRoot, canonicalPolicy, parsedPolicy } from "../policy/document.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";
import { own } from "../../model/own.ts";

/** Condition keys, lower case, and the parameter that makes each. */
const CONDITIONS: Readonly<Record<string, string>> = {
  "aws:sourcearn": "SourceArn",
  "aws:sourceaccount": "SourceAccount",
  "aws:principalorgid": "PrincipalOrgID",
  "lambda:eventsourcetoken": "EventSourceToken",
  "lambda:functionurlauthtype": "FunctionUrlAuthType",
  "lambda:invokedviafunctionurl": "InvokedViaFunctionUrl",
};

/** The key of a statement in a state: its id, behind its qualifier where it has one. */
export function statementKey(id: string, qualifier: string): string {
  return qualifier === "" ? id : `${qualifier}:${id}`;
}

/** A statement of a policy as AddPermission's parameters, without its id; undefined when no call can make it. */
export function parametersOf(statement: JsonObject): JsonObject | undefined {
  const { Sid: _sid, Effect, Principal, Action, Resource: _resource, Condition, ...rest } = statement;
  const action = single(Action);
  const principal = principalOf(Principal);
  if (Effect !== "Allow" || action === undefined || principal === undefined || Object.keys(rest).length > 0) {
    return undefined;
  }
  const parameters: JsonObject = { Action: action, Principal: principal };
  for (const tests of Object.values(objectOf(Condition))) {
    for (const [key, value] of Object.entries(objectOf(tests))) {
      const parameter = own(CONDITIONS, key.toLowerCase());
      const tested = single(value);
      if (parameter === undefined || tested === undefined) return undefined;
      parameters[parameter] =
        parameter === "InvokedViaFunctionUrl" ? String(tested) === "true" : String(tested);
    }
  }
  return parameters;
}

/** The one value of a value that may be a list. */
function single(value: JsonValue | undefined): JsonValue | undefined {
  const one = Array.isArray(value) ? (value.length === 1 ? value[0] : undefined) : value;
  return isObject(one) && !isUnknown(one) ? undefined : one;
}

/** AddPermission's Principal: `*`, an account, an ARN or a service. */
function principalOf(principal: JsonValue | undefined): JsonValue | undefined {
  if (!isObject(principal) || isUnknown(principal)) return principal;
  const entries = Object.entries(principal);
  const [kind, who] = entries[0] ?? [];
  if (entries.length !== 1 || (kind !== "AWS" && kind !== "Service")) return undefined;
  const one = single(who);
  return one === undefined ? undefined : accountOfRoot(one);
}

/** AddPermission's parameters as the spec has them, in the form that `parametersOf` gives. */
export function canonicalParameters(written: JsonObject): JsonObject {
  const { StatementId: _id, FunctionName: _name, RevisionId: _revision, ...kept } = written;
  const parameters = Object.fromEntries(Object.entries(kept).filter(([, value]) => !isEmpty(value)));
  if (parameters.Principal !== undefined) parameters.Principal = accountOfRoot(parameters.Principal);
  return parameters;
}

/** An id for a statement without one, the same in every plan: `apigateway-InvokeFunction`, numbered when taken. */
export function inventedId(parameters: JsonObject, taken: ReadonlySet<string>): string {
  const principal = textOf(parameters.Principal).replace(/\.amazonaws\.com(\.cn)?$/, "");
  const action = textOf(parameters.Action).replace(/^lambda:/, "");
  const base = idText(`${principal === "*" ? "anyone" : principal}-${action === "*" ? "all" : action}`);
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

/** Text in the letters of a StatementId, at most 100 of them. */
export function idText(raw: string): string {
  const text = raw.replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "");
  if (text.length <= 90) return text === "" ? "statement" : text;
  return `${text.slice(0, 80)}-${createHash("sha256").update(raw).digest("hex").slice(0, 8)}`;
}

/** Statements of a policy document, each with its id. */
export function statementsOf(
  document: JsonValue | undefined,
): readonly { id: string; statement: JsonObject }[] {
  const parsed = objectOf(parsedPolicy(document));
  const all = Array.isArray(parsed.Statement) ? parsed.Statement : [parsed.Statement ?? null];
  return listOf(all)
    .filter(isObject)
    .filter((statement) => !isUnknown(statement))
    .map((statement) => ({ id: textOf(statement.Sid), statement }));
}

/** What a statement without parameters looks like in a state: it can be seen and removed, not made. */
export function foreignStatement(statement: JsonObject): JsonObject {
  const canonical = objectOf(canonicalPolicy({ Statement: [statement] }));
  return { Statement: canonicalJson(listOf(canonical.Statement)[0]) };
}
