/** Writing roles. IAM tells its other servers late: what was just made may be "not there" or "invalid" for seconds. */
import type { IAM } from "@aws-sdk/client-iam";
import type { Aws } from "../../aws/aws.ts";
import { errorName, isConcurrent, isNotFound } from "../../aws/errors.ts";
import { eventually } from "../../aws/retry.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import { jsonOf, objectOf, tagChanges, tagList, tagsOf, textOf, textsOf } from "../live-values.ts";
import type { CreateContext, DeleteContext, Live, UpdateContext } from "../type.ts";
import { samePolicy } from "../policy-document.ts";
import { roleArn, roleLive } from "./role-live.ts";
import { attachedTo, inlineNames } from "./role-read.ts";
import { iam } from "./service.ts";

/** Long enough for IAM to spread a change, which usually takes seconds. */
const SPREADING_MS = 60_000;

/** A policy that names a role or user made a moment ago is refused as malformed until that one is known everywhere. */
function principalNotSpread(error: unknown): boolean {
  return errorName(error).startsWith("MalformedPolicyDocument") && /invalid principal/i.test(String(error));
}

/** Tries again while IAM has not heard of what is being named. */
function spreading<Value>(aws: Aws, awaiting: string, attempt: () => Promise<Value>): Promise<Value> {
  return eventually(aws.clock, attempt, {
    retryOn: (error) => isConcurrent(error) || principalNotSpread(error),
    awaiting,
    deadlineMs: SPREADING_MS,
  });
}

export async function createRole({ aws, stack, state }: CreateContext): Promise<Live> {
  const client = await aws.client(iam);
  const RoleName = textOf(state.RoleName);
  const { Role: made } = await spreading(aws, `IAM to know the principals that may assume ${RoleName}`, () =>
    client.createRole({
      RoleName,
      Path: textOf(state.Path),
      AssumeRolePolicyDocument: JSON.stringify(state.AssumeRolePolicyDocument),
      ...(isEmpty(state.Description) ? {} : { Description: textOf(state.Description) }),
      ...(typeof state.MaxSessionDuration === "number"
        ? { MaxSessionDuration: state.MaxSessionDuration }
        : {}),
      ...(isEmpty(state.PermissionsBoundary)
        ? {}
        : { PermissionsBoundary: textOf(state.PermissionsBoundary) }),
      Tags: tagList(tagsOf(state)),
    }),
  );
  await putInline(aws, client, RoleName, {}, objectOf(state.Policies));
  await attach(aws, client, RoleName, textsOf(state.AttachedPolicies));
  const answer = { ...jsonOf(made ?? {}), ...written(state) };
  return liveAfter({ Arn: roleArn(stack, textOf(state.Path), RoleName), ...answer }, state);
}

export async function updateRole({ aws, state, live, changed }: UpdateContext): Promise<Live> {
  const client = await aws.client(iam);
  const RoleName = live.name;
  if (changed("Tags")) await setTags(client, RoleName, live.state, state);
  if (changed("AssumeRolePolicyDocument")) {
    const PolicyDocument = JSON.stringify(state.AssumeRolePolicyDocument);
    await spreading(aws, `IAM to know the principals that may assume ${RoleName}`, () =>
      client.updateAssumeRolePolicy({ RoleName, PolicyDocument }),
    );
  }
  if (changed("Description")) {
    // Not UpdateRole: whether that clears with an empty text is said nowhere.
    await client.updateRoleDescription({ RoleName, Description: textOf(state.Description) });
  }
  if (changed("MaxSessionDuration")) {
    const Description = textOf(state.Description);
    await client.updateRole({
      RoleName,
      MaxSessionDuration: typeof state.MaxSessionDuration === "number" ? state.MaxSessionDuration : 3600,
      // Nor is it said whether one that is not sent stays.
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
    // Read anew: a policy that was replaced in this apply was detached since the plan, under an ARN that stayed.
    const now = new Set(await attachedTo(client, RoleName));
    const wanted = new Set(textsOf(state.AttachedPolicies));
    await attach(
      aws,
      client,
      RoleName,
      [...wanted].filter((arn) => !now.has(arn)),
    );
    for (const PolicyArn of [...now].filter((arn) => !wanted.has(arn))) {
      await quietly(() => client.detachRolePolicy({ RoleName, PolicyArn }));
    }
  }
  const { Description: _description, PermissionsBoundary: _boundary, ...kept } = live.attributes;
  return liveAfter({ ...kept, ...written(state) }, state);
}

/** What of a state stands in AWS's answer under the same name. */
function written(state: JsonObject): JsonObject {
  const { Tags: _tags, AttachedPolicies: _attached, Policies: _inline, ...rest } = state;
  return rest;
}

function liveAfter(role: JsonObject, state: JsonObject): Live {
  const attached = textsOf(state.AttachedPolicies);
  return roleLive({ role, tags: tagsOf(state), attached, inline: objectOf(state.Policies) });
}

async function setTags(client: IAM, RoleName: string, before: JsonObject, after: JsonObject): Promise<void> {
  const { set, remove } = tagChanges(before, after);
  if (!isEmpty(set)) await client.tagRole({ RoleName, Tags: tagList(set) });
  if (remove.length > 0) await client.untagRole({ RoleName, TagKeys: remove });
}

async function putInline(
  aws: Aws,
  client: IAM,
  RoleName: string,
  before: JsonObject,
  after: JsonObject,
): Promise<void> {
  for (const [PolicyName, document] of Object.entries(after)) {
    if (PolicyName in before && samePolicy(before[PolicyName], document)) continue;
    const PolicyDocument = JSON.stringify(document);
    await fresh(aws, RoleName, () => client.putRolePolicy({ RoleName, PolicyName, PolicyDocument }));
  }
  for (const PolicyName of Object.keys(before).filter((name) => !(name in after))) {
    await quietly(() => client.deleteRolePolicy({ RoleName, PolicyName }));
  }
}

async function attach(aws: Aws, client: IAM, RoleName: string, arns: readonly string[]): Promise<void> {
  for (const PolicyArn of arns)
    await fresh(aws, RoleName, () => client.attachRolePolicy({ RoleName, PolicyArn }));
}

/** A role or policy made a moment ago may not be found yet; one that stays unfound is a wrong ARN, so not for long. */
function fresh<Value>(aws: Aws, RoleName: string, attempt: () => Promise<Value>): Promise<Value> {
  return eventually(aws.clock, attempt, {
    retryOn: (error) => isNotFound(error) || isConcurrent(error),
    awaiting: `IAM to find role ${RoleName} and its policies`,
    deadlineMs: 15_000,
  });
}

async function quietly(attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** A role goes only after its policies are detached, its inline ones removed and its instance profiles left. */
export async function deleteRole({ aws, live }: DeleteContext): Promise<void> {
  const client = await aws.client(iam);
  const RoleName = live.name;
  await quietly(async () => {
    for (const PolicyArn of await attachedTo(client, RoleName)) {
      await quietly(() => client.detachRolePolicy({ RoleName, PolicyArn }));
    }
    for (const PolicyName of await inlineNames(client, RoleName)) {
      await quietly(() => client.deleteRolePolicy({ RoleName, PolicyName }));
    }
    const { InstanceProfiles } = await client.listInstanceProfilesForRole({ RoleName });
    for (const { InstanceProfileName } of InstanceProfiles ?? []) {
      await quietly(() => client.removeRoleFromInstanceProfile({ RoleName, InstanceProfileName }));
    }
    await eventually(aws.clock, () => client.deleteRole({ RoleName }), {
      retryOn: (error) => errorName(error) === "DeleteConflictException" || isConcurrent(error),
      awaiting: `IAM to notice that nothing is attached to role ${RoleName}`,
      deadlineMs: 20_000,
    });
  });
}
