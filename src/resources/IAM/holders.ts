/** Who else holds on to a policy or a role: taking it from them would break them without a word. */
import type { IAM } from "@aws-sdk/client-iam";
import { ifFound } from "../../aws/errors.ts";
import { isOurs, ownerText } from "../../aws/tags.ts";
import { fail } from "../../model/errors.ts";
import type { StackFacts } from "../../model/stack.ts";
import { tagMapOf } from "../live-values.ts";
import type { Live } from "../type.ts";

/** Who has a policy: our roles by name, everybody else in words. */
export interface Holders {
  readonly ours: readonly string[];
  readonly others: readonly string[];
}

export async function holdersOf(client: IAM, stack: StackFacts, PolicyArn: string): Promise<Holders> {
  const ours: string[] = [];
  const others: string[] = [];
  for (const PolicyUsageFilter of ["PermissionsPolicy", "PermissionsBoundary"] as const) {
    const as = PolicyUsageFilter === "PermissionsBoundary" ? " (as its permissions boundary)" : "";
    let Marker: string | undefined;
    do {
      const page = await client.listEntitiesForPolicy({
        PolicyArn,
        PolicyUsageFilter,
        ...(Marker === undefined ? {} : { Marker }),
      });
      others.push(...(page.PolicyUsers ?? []).map(({ UserName }) => `user ${UserName}${as}`));
      others.push(...(page.PolicyGroups ?? []).map(({ GroupName }) => `group ${GroupName}${as}`));
      for (const { RoleName = "" } of page.PolicyRoles ?? []) {
        const stranger = await strangerRole(client, stack, RoleName);
        // A boundary is taken from a role of ours by the role's own step, never here.
        if (stranger !== undefined || as !== "") others.push(`${stranger ?? `role ${RoleName}`}${as}`);
        else ours.push(RoleName);
      }
      Marker = page.IsTruncated === true ? page.Marker : undefined;
    } while (Marker !== undefined);
  }
  return { ours, others };
}

/** The role in words, unless it is ours or gone. */
async function strangerRole(client: IAM, stack: StackFacts, RoleName: string): Promise<string | undefined> {
  const answer = await ifFound(() => client.getRole({ RoleName }));
  const tags = tagMapOf(answer?.Role?.Tags);
  if (answer === undefined || isOurs(tags, stack)) return undefined;
  return `role ${RoleName} (${ownerText(tags)})`;
}

/** Instance profiles that have a role and are not ours, in words; ours by name. */
export async function profilesOf(client: IAM, stack: StackFacts, RoleName: string): Promise<Holders> {
  const ours: string[] = [];
  const others: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await client.listInstanceProfilesForRole({
      RoleName,
      ...(Marker === undefined ? {} : { Marker }),
    });
    for (const { InstanceProfileName = "" } of page.InstanceProfiles ?? []) {
      // Only GetInstanceProfile shows tags.
      const answer = await ifFound(() => client.getInstanceProfile({ InstanceProfileName }));
      if (answer === undefined) continue;
      if (isOurs(tagMapOf(answer.InstanceProfile?.Tags), stack)) ours.push(InstanceProfileName);
      else others.push(`instance profile ${InstanceProfileName}`);
    }
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
  return { ours, others };
}

/** Stops a deletion that would break others. */
export function inUse({ type, name, id }: Live, others: readonly string[]): never {
  return fail("RESOURCE_IN_USE", `${type}::${name} (${id}) is still used by ${others.join(", ")}`, {
    hint: "Gatewright takes it only from resources of this stack. Remove it there first, or keep it in the spec.",
    resource: `${type}::${name}`,
  });
}
