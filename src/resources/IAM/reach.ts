/** Roles and policies that a live resource names: tags do not find them everywhere, so they are read by their ARN. */
import type { JsonValue } from "../../model/values.ts";
import type { Lookup } from "../type.ts";

interface Reached {
  readonly type: string;
  readonly lookup: Lookup;
}

export function roleNameOf(arn: string): string | undefined {
  return /^arn:[^:]+:iam::\d+:role\/(?:[^:]*\/)?([^/:]+)$/.exec(arn)?.[1];
}

/** AWS's own policies have `aws` where the account is. */
export function policyNameOf(arn: string): string | undefined {
  return /^arn:[^:]+:iam::\d+:policy\/(?:[^:]*\/)?([^/:]+)$/.exec(arn)?.[1];
}

export function reachRole(arn: JsonValue | undefined): readonly Reached[] {
  return reach("IAM::Role", arn, roleNameOf);
}

export function reachPolicy(arn: JsonValue | undefined): readonly Reached[] {
  return reach("IAM::Policy", arn, policyNameOf);
}

function reach(
  type: string,
  arn: JsonValue | undefined,
  nameOf: (arn: string) => string | undefined,
): readonly Reached[] {
  const name = typeof arn === "string" ? nameOf(arn) : undefined;
  return name === undefined || typeof arn !== "string" ? [] : [{ type, lookup: { name, arn } }];
}
