import * as client from "@aws-sdk/client-iam";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import type { PolicyRecord } from "../state.ts";
import {
  addTags,
  checkPath,
  deleteConflict,
  exists,
  iamPage,
  limitExceeded,
  needPolicy,
  tagList,
  validation,
} from "./common.ts";
import { checkManagedDocument, newVersion } from "./policy-versions.ts";

const on = sdk<client.IAM>(client);

/** Only the read of one policy and its creation show description and tags. */
function show(record: PolicyRecord, full: boolean): client.Policy {
  const { Description, ...policy } = record.policy;
  if (!full) return policy;
  return {
    ...policy,
    ...(Description === undefined ? {} : { Description }),
    Tags: tagList(record.tags),
  };
}

/** Creates a customer managed policy with its first version. Names are unique without regard to case and path. */
const createPolicy = on("createPolicy", (ctx, input) => {
  const name = input.PolicyName ?? "";
  if (!/^[\w+=,.@-]{1,128}$/.test(name)) {
    throw validation(
      `Value '${name}' at 'policyName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+`,
    );
  }
  const path = checkPath(input.Path ?? "/");
  checkManagedDocument(ctx, input.PolicyDocument ?? "");
  const tags = new Map<string, string>();
  addTags(ctx, tags, input.Tags ?? []);
  const own = [...ctx.account.policies.values()].filter((record) => !record.managedByAws);
  if (own.some((record) => record.policy.PolicyName?.toLowerCase() === name.toLowerCase())) {
    throw exists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
  }
  if (own.length >= ctx.quotas.policiesPerAccount) {
    throw limitExceeded(`Cannot exceed quota for PoliciesPerAccount: ${ctx.quotas.policiesPerAccount}`);
  }
  const now = ctx.now();
  const policy: client.Policy = {
    PolicyName: name,
    PolicyId: ctx.ids.upper("ANPA", 17),
    Arn: `arn:${ctx.partition}:iam::${ctx.accountId}:policy${path}${name}`,
    Path: path,
    DefaultVersionId: "v1",
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: now,
    UpdateDate: now,
    ...(input.Description === undefined || input.Description === ""
      ? {}
      : { Description: input.Description }),
  };
  const record: PolicyRecord = {
    policy,
    versions: new Map(),
    nextVersion: 1,
    tags,
    hiddenFor: ctx.consistency.iamVisible,
    managedByAws: false,
  };
  newVersion(ctx, record, input.PolicyDocument ?? "", true);
  ctx.account.policies.set(policy.Arn ?? "", record);
  return { Policy: show(record, false) };
});

const getPolicy = on("getPolicy", (ctx, input) => {
  return { Policy: show(needPolicy(ctx, input.PolicyArn), true) };
});

/** Policies by scope and path, without description and tags. */
const listPolicies = on("listPolicies", (ctx, input) => {
  const scope = input.Scope ?? "All";
  if (!["All", "AWS", "Local"].includes(scope)) {
    throw validation(
      `Value '${scope}' at 'scope' failed to satisfy constraint: Member must satisfy enum value set: [All, AWS, Local]`,
    );
  }
  const all = [...ctx.account.policies.values()]
    .filter((record) => scope === "All" || record.managedByAws === (scope === "AWS"))
    .filter((record) => (record.policy.Path ?? "").startsWith(input.PathPrefix ?? "/"))
    .filter((record) => input.OnlyAttached !== true || (record.policy.AttachmentCount ?? 0) > 0)
    .map((record) => show(record, false));
  const { items, ...rest } = iamPage(ctx, all, input);
  return { Policies: items, ...rest };
});

/** Deletes a policy that is attached nowhere and has only its default version. */
const deletePolicy = on("deletePolicy", (ctx, input) => {
  const record = needPolicy(ctx, input.PolicyArn);
  if (record.managedByAws) {
    throw new AwsError(
      "AccessDenied",
      `Policy ${input.PolicyArn} is managed by AWS and cannot be deleted.`,
      403,
    );
  }
  const held = [...(record.heldBy?.users ?? []), ...(record.heldBy?.groups ?? [])].length;
  if (held + (record.policy.AttachmentCount ?? 0) + (record.policy.PermissionsBoundaryUsageCount ?? 0) > 0) {
    throw deleteConflict("Cannot delete a policy attached to entities.");
  }
  if (record.versions.size > 1) {
    throw deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  }
  ctx.account.policies.delete(record.policy.Arn ?? "");
});

export const policyOperations = [createPolicy, getPolicy, listPolicies, deletePolicy];
