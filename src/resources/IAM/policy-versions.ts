/** Versions and attachments of a managed policy, where most of IAM's traps are. */
import type { IAM } from "@aws-sdk/client-iam";
import type { Aws } from "../../aws/aws.ts";
import { errorName, ifFound } from "../../aws/errors.ts";
import { eventually, waitFor } from "../../aws/retry.ts";
import type { JsonValue } from "../../model/values.ts";
import { decodedPolicy, samePolicy } from "../policy/document.ts";
import { iam } from "./service.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_VERSIONS = 5;

interface Version {
  readonly id: string;
  readonly isDefault: boolean;
  readonly number: number;
}

async function versionsOf(client: IAM, PolicyArn: string): Promise<Version[]> {
  const versions: Version[] = [];
  let marker: string | undefined;
  do {
    const page = await client.listPolicyVersions({
      PolicyArn,
      ...(marker === undefined ? {} : { Marker: marker }),
    });
    for (const version of page.Versions ?? []) {
      const id = version.VersionId ?? "";
      versions.push({
        id,
        isDefault: version.IsDefaultVersion === true,
        number: Number(id.replace(/^v/, "")),
      });
    }
    marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (marker !== undefined);
  // Ids count up and are never used again, so the lowest number is the oldest.
  return versions.sort((a, b) => a.number - b.number);
}

/**
 * Gives the policy a new document as its default version; the id of that version. `known` is the default version of
 * the last reading: when it has moved since, an earlier attempt whose answer was lost may already have made this very
 * version, and a second one would push out one that someone may still want.
 */
export async function setDocument(
  client: IAM,
  PolicyArn: string,
  document: JsonValue,
  known: JsonValue | undefined,
): Promise<string | undefined> {
  const versions = await versionsOf(client, PolicyArn);
  const current = versions.find(({ isDefault }) => isDefault);
  if (current !== undefined && known !== undefined && current.id !== known) {
    const { PolicyVersion } = await client.getPolicyVersion({ PolicyArn, VersionId: current.id });
    if (samePolicy(decodedPolicy(PolicyVersion?.Document), document)) return current.id;
  }
  const surplus = Math.max(0, versions.length - (MOST_VERSIONS - 1));
  for (const version of versions.filter(({ isDefault }) => !isDefault).slice(0, surplus)) {
    await client.deletePolicyVersion({ PolicyArn, VersionId: version.id });
  }
  const { PolicyVersion } = await client.createPolicyVersion({
    PolicyArn,
    PolicyDocument: JSON.stringify(document),
    SetAsDefault: true,
  });
  return PolicyVersion?.VersionId;
}

/** Deletes a policy: detached from every role, without its other versions, then itself. */
export async function deletePolicy(aws: Aws, PolicyArn: string): Promise<void> {
  const client = await aws.client(iam);
  const patience = {
    awaiting: `IAM to release the attachments of ${PolicyArn} (Gatewright does not detach users, groups and permissions boundaries)`,
    deadlineMs: 20_000,
  };
  // Before anything is detached: a policy that cannot be deleted must stay attached to its roles.
  const roles = await waitFor(aws, () => rolesIfOnlyRoles(client, PolicyArn), {
    ...patience,
    until: (only) => only !== undefined,
  });
  for (const RoleName of roles ?? [])
    await ifFound(() => client.detachRolePolicy({ RoleName, PolicyArn }), undefined);
  for (const version of await versionsOf(client, PolicyArn)) {
    if (!version.isDefault) await client.deletePolicyVersion({ PolicyArn, VersionId: version.id });
  }
  // A detachment takes a moment to be seen.
  await eventually(aws, () => client.deletePolicy({ PolicyArn }), {
    ...patience,
    retryOn: (error) => errorName(error) === "DeleteConflictException",
  });
}

/** The roles that have the policy attached; nothing while a user or a group has it, or it is somebody's boundary. */
async function rolesIfOnlyRoles(client: IAM, PolicyArn: string): Promise<readonly string[] | undefined> {
  const { Policy } = await client.getPolicy({ PolicyArn });
  if ((Policy?.PermissionsBoundaryUsageCount ?? 0) > 0) return undefined;
  const roles: string[] = [];
  let marker: string | undefined;
  do {
    const page = await client.listEntitiesForPolicy({
      PolicyArn,
      ...(marker === undefined ? {} : { Marker: marker }),
    });
    if ((page.PolicyUsers ?? []).length + (page.PolicyGroups ?? []).length > 0) return undefined;
    for (const { RoleName } of page.PolicyRoles ?? []) if (RoleName !== undefined) roles.push(RoleName);
    marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (marker !== undefined);
  return roles;
}
