/** Reading what hangs on a role. */
import type { IAM } from "@aws-sdk/client-iam";
import type { JsonObject } from "../../model/values.ts";
import { decodedPolicy } from "../policy/document.ts";

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

/** A role's inline policies: documents by name. */
export async function inlineOf(client: IAM, RoleName: string): Promise<JsonObject> {
  const names = await inlineNames(client, RoleName);
  const documents = await Promise.all(
    names.map(async (PolicyName) => {
      const { PolicyDocument } = await client.getRolePolicy({ RoleName, PolicyName });
      return [PolicyName, decodedPolicy(PolicyDocument)] as const;
    }),
  );
  return Object.fromEntries(documents);
}
