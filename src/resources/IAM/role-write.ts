/** Writing roles. IAM is eventually consistent: what was just created may be "not found" or "invalid" for seconds. */
import type { IAM } from "@aws-sdk/client-iam";
import type { Aws } from "../../aws/aws.ts";
import { errorName, ifFound, isNotFound } from "../../aws/errors.ts";
import { eventually } from "../../aws/retry.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import { objectOf, tagList, tagsOf, textOf, textsOf } from "../live-values.ts";
import type { CreateContext, DeleteContext, UpdateContext } from "../type.ts";
import { samePolicy } from "../policy/document.ts";
import { swap } from "../../aws/swap.ts";
import { inUse, profilesOf } from "./holders.ts";
import { attachedTo, inlineNames } from "./role-read.ts";

export async function createRole(client: IAM, { aws, state }: CreateContext): Promise<object> {
  const RoleName = textOf(state.RoleName);
  const { Role: made } = await client.createRole({
    RoleName,
    Path: textOf(state.Path),
    AssumeRolePolicyDocument: JSON.stringify(state.AssumeRolePolicyDocument),
    ...(isEmpty(state.Description) ? {} : { Description: textOf(state.Description) }),
    ...(typeof state.MaxSessionDuration === "number" ? { MaxSessionDuration: state.MaxSessionDuration } : {}),
    ...(isEmpty(state.PermissionsBoundary) ? {} : { PermissionsBoundary: textOf(state.PermissionsBoundary) }),
    Tags: tagList(tagsOf(state)),
  });
  await putInline(aws, client, RoleName, {}, objectOf(state.Policies));
  for (const arn of textsOf(state.AttachedPolicies)) await attach(aws, client, RoleName, arn);
  return { ...made, ...state };
}

export async function updateRole(client: IAM, { aws, state, live, changed }: UpdateContext): Promise<object> {
  const RoleName = live.name;
  if (changed("AssumeRolePolicyDocument")) {
    const PolicyDocument = JSON.stringify(state.AssumeRolePolicyDocument);
    await client.updateAssumeRolePolicy({ RoleName, PolicyDocument });
  }
  if (changed("Description")) {
    // Not UpdateRole: AWS does not document whether an empty text clears the description.
    await client.updateRoleDescription({ RoleName, Description: textOf(state.Description) });
  }
  if (changed("MaxSessionDuration")) {
    const Description = textOf(state.Description);
    await client.updateRole({
      RoleName,
      MaxSessionDuration: typeof state.MaxSessionDuration === "number" ? state.MaxSessionDuration : 3600,
      // Nor does it document whether omitting it keeps the value.
      ...(Description === "" ? {} : { Description }),
    });
  }
  if (changed("PermissionsBoundary")) {
    const PermissionsBoundary = textOf(state.PermissionsBoundary);
    if (PermissionsBoundary === "") await client.deleteRolePermissionsBoundary({ RoleName });
    else await client.putRolePermissionsBoundary({ RoleName, PermissionsBoundary });
  }
  if (changed("Policies")) {
    await putInline(aws, client, RoleName, objectOf(live.state.Policies), objectOf(state.Policies));
  }
  if (changed("AttachedPolicies")) {
    // Read again: a policy that this apply replaced was detached after the plan, and its ARN is the same.
    const now = await attachedTo(client, RoleName);
    const wanted = textsOf(state.AttachedPolicies);
    await swap({
      coming: wanted.filter((arn) => !now.includes(arn)),
      going: now.filter((arn) => !wanted.includes(arn)),
      add: (PolicyArn) => attach(aws, client, RoleName, PolicyArn),
      remove: (PolicyArn) => ifFound(() => client.detachRolePolicy({ RoleName, PolicyArn })),
    });
  }
  return {};
}

async function putInline(
  aws: Aws,
  client: IAM,
  RoleName: string,
  before: JsonObject,
  after: JsonObject,
): Promise<void> {
  await swap({
    coming: Object.keys(after).filter(
      (name) => !(Object.hasOwn(before, name) && samePolicy(before[name], after[name])),
    ),
    going: Object.keys(before).filter((name) => !Object.hasOwn(after, name)),
    add(PolicyName) {
      const PolicyDocument = JSON.stringify(after[PolicyName]);
      return fresh(aws, RoleName, () => client.putRolePolicy({ RoleName, PolicyName, PolicyDocument }));
    },
    remove: (PolicyName) => ifFound(() => client.deleteRolePolicy({ RoleName, PolicyName })),
  });
}

function attach(aws: Aws, client: IAM, RoleName: string, PolicyArn: string): Promise<unknown> {
  return fresh(aws, RoleName, () => client.attachRolePolicy({ RoleName, PolicyArn }));
}

/** A role made a moment ago may not be found yet. */
function fresh<Value>(aws: Aws, RoleName: string, attempt: () => Promise<Value>): Promise<Value> {
  return eventually(aws, attempt, {
    retryOn: isNotFound,
    awaiting: `IAM to find role ${RoleName}`,
    deadlineMs: 15_000,
  });
}

/**
 * A role goes only after its policies are detached, its inline ones removed and its instance profiles left.
 * @throws RESOURCE_IN_USE, before anything is changed, while an instance profile of somebody else has it
 */
export async function deleteRole(client: IAM, { aws, stack, live }: DeleteContext): Promise<void> {
  const RoleName = live.name;
  const profiles = await profilesOf(client, stack, RoleName);
  if (profiles.others.length > 0) inUse(live, profiles.others);
  for (const PolicyArn of await attachedTo(client, RoleName)) {
    await ifFound(() => client.detachRolePolicy({ RoleName, PolicyArn }));
  }
  for (const PolicyName of await inlineNames(client, RoleName)) {
    await ifFound(() => client.deleteRolePolicy({ RoleName, PolicyName }));
  }
  for (const InstanceProfileName of profiles.ours) {
    await ifFound(() => client.removeRoleFromInstanceProfile({ RoleName, InstanceProfileName }));
  }
  await eventually(aws, () => client.deleteRole({ RoleName }), {
    retryOn: (error) => errorName(error) === "DeleteConflictException",
    awaiting: `IAM to notice that nothing is attached to role ${RoleName}`,
    deadlineMs: 20_000,
  });
}
