/** The live form of a role. */
import { isEmpty, type JsonObject } from "../../model/values.ts";
import { objectOf, textOf, userTags } from "../live-values.ts";
import type { Live } from "../type.ts";
import type { StackFacts } from "../../model/stack.ts";
import { decodedPolicy, parsedPolicy } from "../policy-document.ts";

export const ROLE = "IAM::Role";

export function roleArn(stack: StackFacts, path: string, name: string): string {
  return `arn:${stack.partition}:iam::${stack.account}:role${path}${name}`;
}

export interface RoleParts {
  /** AWS's answer, or the state that was just written. */
  readonly role: JsonObject;
  readonly tags: Readonly<Record<string, string>>;
  readonly attached: readonly string[];
  /** Documents by name. */
  readonly inline: JsonObject;
}

export function roleLive({ role, tags, attached, inline }: RoleParts): Live {
  const trust = role.AssumeRolePolicyDocument;
  const document = typeof trust === "string" ? decodedPolicy(trust) : parsedPolicy(trust);
  const boundary = role.PermissionsBoundary;
  const boundaryArn = typeof boundary === "string" ? boundary : objectOf(boundary).PermissionsBoundaryArn;
  const state: JsonObject = {
    RoleName: role.RoleName ?? "",
    Path: role.Path ?? "/",
    AssumeRolePolicyDocument: document,
    MaxSessionDuration: role.MaxSessionDuration ?? 3600,
    AttachedPolicies: [...attached].sort(),
    Policies: inline,
    Tags: userTags(tags),
  };
  if (!isEmpty(role.Description)) state.Description = textOf(role.Description);
  if (!isEmpty(boundaryArn)) state.PermissionsBoundary = textOf(boundaryArn);
  const arn = textOf(role.Arn);
  const { Tags: _tags, ...answer } = role;
  return {
    type: ROLE,
    name: textOf(role.RoleName),
    id: arn,
    state,
    attributes: { ...answer, AssumeRolePolicyDocument: document, Arn: arn },
    tags,
  };
}
