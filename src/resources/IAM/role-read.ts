/** Reading roles: GetRole, then what hangs on it, only for roles that are ours or wanted. */
import type { IAM } from "@aws-sdk/client-iam";
import { isNotFound } from "../../aws/errors.ts";
import { isOurs } from "../../aws/tags.ts";
import type { JsonObject } from "../../model/values.ts";
import { jsonOf, tagMapOf } from "../live-values.ts";
import type { Live, ReadContext } from "../type.ts";
import { decodedPolicy } from "../policy-document.ts";
import { roleLive } from "./role-live.ts";
import { iam } from "./service.ts";

export async function readRoles(context: ReadContext): Promise<readonly Live[]> {
  const wanted = new Map<string, boolean>();
  for (const { name, properties } of context.lookups) {
    wanted.set(name, wanted.get(name) === true || properties !== undefined);
  }
  const found = await Promise.all([...wanted].map(([name, inSpec]) => readOne(context, name, inSpec)));
  return found.filter((live) => live !== undefined);
}

async function readOne(
  { aws, stack }: ReadContext,
  RoleName: string,
  inSpec: boolean,
): Promise<Live | undefined> {
  const client = await aws.client(iam);
  try {
    const { Role: role } = await client.getRole({ RoleName });
    if (role === undefined) return undefined;
    const tags = tagMapOf(role.Tags);
    // Reached from a function but not ours: that it is there is all we need to know.
    if (!inSpec && !isOurs(tags, stack))
      return roleLive({ role: jsonOf(role), tags, attached: [], inline: {} });
    const [attached, inline] = await Promise.all([attachedTo(client, RoleName), inlineOf(client, RoleName)]);
    return roleLive({ role: jsonOf(role), tags, attached, inline });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** ARNs of the policies attached to a role. */
export async function attachedTo(client: IAM, RoleName: string): Promise<string[]> {
  const arns: string[] = [];
  let marker: string | undefined;
  do {
    const page = await client.listAttachedRolePolicies({
      RoleName,
      ...(marker === undefined ? {} : { Marker: marker }),
    });
    for (const { PolicyArn } of page.AttachedPolicies ?? [])
      if (PolicyArn !== undefined) arns.push(PolicyArn);
    marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (marker !== undefined);
  return arns;
}

/** Names of a role's inline policies. */
export async function inlineNames(client: IAM, RoleName: string): Promise<string[]> {
  const names: string[] = [];
  let marker: string | undefined;
  do {
    const page = await client.listRolePolicies({
      RoleName,
      ...(marker === undefined ? {} : { Marker: marker }),
    });
    names.push(...(page.PolicyNames ?? []));
    marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (marker !== undefined);
  return names;
}

async function inlineOf(client: IAM, RoleName: string): Promise<JsonObject> {
  const names = await inlineNames(client, RoleName);
  const documents = await Promise.all(
    names.map(async (PolicyName) => {
      const { PolicyDocument } = await client.getRolePolicy({ RoleName, PolicyName });
      return [PolicyName, decodedPolicy(PolicyDocument)] as const;
    }),
  );
  return Object.fromEntries(documents);
}
