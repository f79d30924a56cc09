import * as client from "@aws-sdk/client-iam";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import { iamPage, limitExceeded, needPolicy, needRole, noSuchEntity } from "./common.ts";

const on = sdk<client.IAM>(client);

/** Attaches a managed policy; attaching it again changes nothing. */
const attachRolePolicy = on("attachRolePolicy", (ctx, input) => {
  const record = needRole(ctx, input.RoleName);
  const arn = input.PolicyArn ?? "";
  if (!arn.startsWith("arn:")) throw new AwsError("ValidationError", "Invalid ARN:  Could not be parsed!");
  const policy = ctx.account.policies.get(arn)?.policy;
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  if (record.attached.has(arn)) return;
  if (record.attached.size >= ctx.quotas.attachedPoliciesPerRole) {
    throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${ctx.quotas.attachedPoliciesPerRole}`);
  }
  record.attached.add(arn);
  policy.AttachmentCount = (policy.AttachmentCount ?? 0) + 1;
});

/** Detaches a managed policy that is attached. */
const detachRolePolicy = on("detachRolePolicy", (ctx, input) => {
  const record = needRole(ctx, input.RoleName);
  const arn = input.PolicyArn ?? "";
  if (!record.attached.delete(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
  const policy = ctx.account.policies.get(arn)?.policy;
  if (policy !== undefined) policy.AttachmentCount = (policy.AttachmentCount ?? 1) - 1;
});

const listAttachedRolePolicies = on("listAttachedRolePolicies", (ctx, input) => {
  const all = [...needRole(ctx, input.RoleName).attached]
    .map((arn) => ctx.account.policies.get(arn)?.policy)
    .filter((policy) => policy !== undefined)
    .filter((policy) => (policy.Path ?? "").startsWith(input.PathPrefix ?? "/"))
    .map((policy) => ({ PolicyName: policy.PolicyName, PolicyArn: policy.Arn }));
  const { items, ...rest } = iamPage(ctx, all, input);
  return { AttachedPolicies: items, ...rest };
});

/** Who has the policy attached or as a boundary. */
const listEntitiesForPolicy = on("listEntitiesForPolicy", (ctx, input) => {
  const { policy, heldBy = {} } = needPolicy(ctx, input.PolicyArn);
  const arn = policy.Arn ?? "";
  const attached = input.PolicyUsageFilter !== "PermissionsBoundary";
  const wantsRoles = input.EntityFilter === undefined || input.EntityFilter === "Role";
  const all = [...ctx.account.roles.values()]
    .filter(() => wantsRoles)
    .filter((record) => {
      const boundary = record.role.PermissionsBoundary?.PermissionsBoundaryArn === arn;
      if (input.PolicyUsageFilter === "PermissionsBoundary") return boundary;
      if (input.PolicyUsageFilter === "PermissionsPolicy") return record.attached.has(arn);
      return boundary || record.attached.has(arn);
    })
    .map((record) => ({ RoleName: record.role.RoleName, RoleId: record.role.RoleId }));
  const { items, ...rest } = iamPage(ctx, all, input);
  const wants = (kind: string): boolean => attached && (input.EntityFilter ?? kind) === kind;
  return {
    PolicyGroups: wants("Group") ? (heldBy.groups ?? []).map((GroupName) => ({ GroupName })) : [],
    PolicyUsers: wants("User") ? (heldBy.users ?? []).map((UserName) => ({ UserName })) : [],
    PolicyRoles: items,
    ...rest,
  };
});

export const attachmentOperations = [
  attachRolePolicy,
  detachRolePolicy,
  listAttachedRolePolicies,
  listEntitiesForPolicy,
];
