/** Versions and attachments of a managed policy, where most of IAM's traps are. */
import type { IAM } from "@aws-sdk/client-iam";
import { errorName, ifFound } from "../../aws/errors.ts";
import { eventually } from "../../aws/retry.ts";
import type { JsonValue } from "../../model/values.ts";
import { decodedPolicy, samePolicy } from "../policy/document.ts";
import type { DeleteContext } from "../type.ts";
import { type Holders, holdersOf, inUse } from "./holders.ts";
import { iam } from "./service.ts";

/** How often a holder that may be gone is looked for again. */
const LOOKS = 4;
const PAUSE_MS = 5000;

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

/**
 * Deletes a policy: taken from the roles of the stack, without its other versions, then itself.
 * @throws RESOURCE_IN_USE, before anything is changed, while somebody else has it
 */
export async function deletePolicy({ aws, stack, live }: DeleteContext): Promise<void> {
  const client = await aws.client(iam);
  const PolicyArn = live.id;
  const patience = { awaiting: `IAM to release the attachments of ${PolicyArn}`, deadlineMs: 20_000 };
  const free = ({ others }: Holders): boolean => others.length === 0;
  let holders = await holdersOf(client, stack, PolicyArn);
  // A boundary or a role that went a moment ago may still be listed.
  for (let looks = 0; looks < LOOKS && !free(holders); looks += 1) {
    await aws.clock.sleep(PAUSE_MS, aws.signal);
    holders = await holdersOf(client, stack, PolicyArn);
  }
  if (!free(holders)) inUse(live, holders.others);
  for (const RoleName of holders.ours) await ifFound(() => client.detachRolePolicy({ RoleName, PolicyArn }));
  for (const version of await versionsOf(client, PolicyArn)) {
    if (!version.isDefault) await client.deletePolicyVersion({ PolicyArn, VersionId: version.id });
  }
  // A detachment takes a moment to be seen.
  await eventually(aws, () => client.deletePolicy({ PolicyArn }), {
    ...patience,
    retryOn: (error) => errorName(error) === "DeleteConflictException",
  });
}
