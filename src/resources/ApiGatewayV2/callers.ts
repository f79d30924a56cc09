/** Finds calls of a function without permission: AWS accepts them, and the first caller gets an error. */
import type { Finding, Linked, LinkedSpec } from "../../spec/type-rules.ts";
import { allowsGateway, PERMISSION } from "../Lambda/permission/allows.ts";
import { own } from "../../model/own.ts";

interface Caller {
  /** The property that may hold a role instead of the function's permission. */
  readonly role: string;
  /** What the API does then. */
  readonly what: string;
}

/** A warning when API Gateway may not invoke the function that `one` calls. */
export function callsWithoutPermission(one: Linked, spec: LinkedSpec, caller: Caller): readonly Finding[] {
  const [target] = one.dependencies.lambdaFunction ?? [];
  if (target === undefined || !("key" in target)) return [];
  const called = spec.byKey(target.key);
  // A function of another stack may have its permission in a place that we do not read.
  if (called === undefined || called.draft.readOnly) return [];
  if (one.dependencies.role !== undefined || own(one.properties, caller.role) !== undefined) return [];
  const allowed = spec
    .ofType(PERMISSION)
    .some((permission) => permission.parent === target.key && allowsGateway(permission));
  if (allowed) return [];
  const { name } = called.draft;
  return [
    {
      severity: "warning",
      code: "NO_PERMISSION_FOR_API",
      message: `${one.draft.key} calls ${name}, but apigateway.amazonaws.com has no permission to invoke it: the API ${caller.what}`,
      hint: `Add {type: "Permission", group: "Lambda", dependencies: () => ({ lambdaFunction: "${name}", apiGatewayV2Apis: ["…"] })}, or give the integration or authorizer a role.`,
      oncePer: target.key,
    },
  ];
}
