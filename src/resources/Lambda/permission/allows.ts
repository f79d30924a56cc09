/** Whether a permission of the spec lets a service invoke its function. */
import { isObject } from "../../../model/values.ts";
import type { Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { dependencyOf } from "../../findings.ts";
import { listOf, textOf } from "../../live-values.ts";

export const PERMISSION = "Lambda::Permission";

/** What is to be invoked: a function, or an alias of it. */
export interface Invoked {
  /** The function. */
  readonly fn: Linked;
  /** The alias; empty for the function itself. */
  readonly qualifier: string;
}

/** The function or alias of the spec that a dependency names; undefined for one of another stack. */
export function invokedBy(one: Linked, spec: LinkedSpec): Invoked | undefined {
  const isFunction = one.dependencies.lambdaFunction !== undefined;
  const found = dependencyOf(one, isFunction ? "lambdaFunction" : "lambdaAlias", spec);
  const fn = isFunction ? found : spec.byKey(found?.parent ?? "");
  if (found === undefined || fn === undefined) return undefined;
  return { fn, qualifier: fn === found ? "" : textOf(found.properties.Name) };
}

/** True with a statement for the service, such as `apigateway.amazonaws.com`; a readOnly function has its permission elsewhere. */
export function isAllowed({ fn, qualifier }: Invoked, spec: LinkedSpec, service: string): boolean {
  if (fn.draft.readOnly) return true;
  const permissions = spec.ofType(PERMISSION).filter(({ parent }) => parent === fn.draft.key);
  return permissions.some((one) => allows(one, qualifier, service));
}

function allows({ dependencies, properties }: Linked, qualifier: string, service: string): boolean {
  const written = listOf(properties.Permissions);
  // Without statements, it makes one for each of its APIs.
  const forApis = written.length === 0 && dependencies.apiGatewayV2Apis !== undefined;
  if (
    forApis &&
    service.startsWith("apigateway.") &&
    (dependencies.lambdaAlias === undefined) === (qualifier === "")
  )
    return true;
  return [...written, ...listOf(properties.FunctionPermissions)].some((statement) => {
    if (!isObject(statement)) return false;
    const { Principal, Qualifier } = statement;
    if (textOf(Qualifier) !== qualifier) return false;
    return typeof Principal !== "string" || Principal === "*" || Principal.replace(/\.cn$/, "") === service;
  });
}
