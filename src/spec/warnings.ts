/** What is allowed and works otherwise than meant. */
import { isObject, type JsonValue } from "../model/values.ts";
import type { Linked } from "./draft.ts";
import type { SpecWarning } from "./types.ts";

const GATEWAY = /^apigateway\.amazonaws\.com(\.cn)?$/;

/** What calls a function, with the properties that hold a role instead of a permission. */
const CALLERS: Readonly<Record<string, { role: string; what: string }>> = {
  "ApiGatewayV2::Integration": { role: "CredentialsArn", what: "answers 500" },
  "ApiGatewayV2::Authorizer": { role: "AuthorizerCredentialsArn", what: "refuses every request" },
};

export function warningsOf(linked: readonly Linked[]): readonly SpecWarning[] {
  const allowed = new Set(linked.flatMap((one) => (allowsGateway(one) && one.parent ? [one.parent] : [])));
  const byKey = new Map(linked.map((one) => [one.draft.key, one]));
  const warned = new Set<string>();
  return linked.flatMap((one): SpecWarning[] => {
    const { key, at, type } = one.draft;
    const caller = CALLERS[type.type];
    const [target] = one.dependencies.lambdaFunction ?? [];
    if (caller === undefined || target === undefined || !("key" in target)) return [];
    const called = byKey.get(target.key);
    // A function that is not ours may well have its permission where we do not look.
    if (called === undefined || called.draft.readOnly || allowed.has(target.key)) return [];
    if (one.dependencies.role !== undefined || one.properties[caller.role] !== undefined) return [];
    if (warned.has(`${type.type} ${target.key}`)) return [];
    warned.add(`${type.type} ${target.key}`);
    const name = called.draft.name;
    return [
      {
        code: "NO_PERMISSION_FOR_API",
        message: `${key} calls ${name}, which apigateway.amazonaws.com has no permission to invoke: the API ${caller.what}`,
        hint: `Add {type: "Permission", group: "Lambda", dependencies: () => ({ lambdaFunction: "${name}", apiGatewayV2Apis: ["…"] })}, or give the caller a role.`,
        ...(at === undefined ? {} : { at }),
        resource: key,
      },
    ];
  });
}

/** True for a Lambda::Permission with a statement for API Gateway, or an api among its dependencies that makes one. */
function allowsGateway({ draft, dependencies, properties }: Linked): boolean {
  if (draft.type.type !== "Lambda::Permission") return false;
  const statements = [...listOf(properties.Permissions), ...listOf(properties.FunctionPermissions)];
  if (listOf(properties.Permissions).length === 0 && dependencies.apiGatewayV2Apis !== undefined) return true;
  return statements.some((statement) => {
    if (!isObject(statement)) return false;
    const { Principal } = statement;
    return typeof Principal !== "string" || Principal === "*" || GATEWAY.test(Principal);
  });
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
