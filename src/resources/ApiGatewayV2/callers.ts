/** Finds calls of a function without permission: AWS accepts them, and the first caller gets an error. */
import type { Finding, Linked, LinkedSpec } from "../../spec/type-rules.ts";
import { invokedBy, isAllowed } from "../Lambda/permission/allows.ts";
import { own } from "../../model/own.ts";

interface Caller {
  /** The property that may hold a role instead of the function's permission. */
  readonly role: string;
  /** What the API does then. */
  readonly what: string;
}

/** A warning when API Gateway may not invoke the function that `one` calls. */
export function callsWithoutPermission(one: Linked, spec: LinkedSpec, caller: Caller): readonly Finding[] {
  const invoked = invokedBy(one, spec);
  if (invoked === undefined) return [];
  if (one.dependencies.role !== undefined || own(one.properties, caller.role) !== undefined) return [];
  if (isAllowed(invoked, spec, "apigateway.amazonaws.com")) return [];
  const { fn, qualifier } = invoked;
  const { name } = fn.draft;
  const named = qualifier === "" ? "" : `lambdaAlias: "${qualifier}", `;
  return [
    {
      severity: "warning",
      code: "NO_PERMISSION_FOR_API",
      message: `${one.draft.key} calls ${qualifier === "" ? name : `${name}:${qualifier}`}, but apigateway.amazonaws.com has no permission to invoke it: the API ${caller.what}`,
      hint: `Add {type: "Permission", group: "Lambda", dependencies: () => ({ lambdaFunction: "${name}", ${named}apiGatewayV2Apis: ["…"] })}, or give the integration or authorizer a role.`,
      oncePer: `${fn.draft.key}:${qualifier}`,
    },
  ];
}
