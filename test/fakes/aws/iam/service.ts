import * as client from "@aws-sdk/client-iam";
import { AwsError } from "../core/errors.ts";
import { operation, service } from "../core/service.ts";
import * as attachments from "./attachments.ts";
import * as inline from "./inline.ts";
import * as policies from "./policies.ts";
import * as roles from "./roles.ts";
import * as tags from "./tags.ts";
import * as versions from "./versions.ts";

/** IAM: roles and customer managed policies. */
export const iam = service(
  {
    id: "iam",
    protocol: "query",
    key: "2010-05-08",
    xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    missing: (member) =>
      new AwsError(
        "ValidationError",
        `1 validation error detected: Value null at '${member.charAt(0).toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null`,
      ),
    throttled: () => new AwsError("Throttling", "Rate exceeded"),
    busy: () =>
      new AwsError(
        "ConcurrentModification",
        "The request was rejected because multiple requests to change this object were submitted simultaneously.",
        409,
      ),
    // IAM is one for the account, and its tags are found where it lives.
    tagged: (ctx) =>
      [...(ctx.regionName === "us-east-1" ? ctx.account.policies.values() : [])]
        .filter((record) => !record.managedByAws)
        .map(({ policy, tags }) => ({ arn: policy.Arn ?? "", tags })),
  },
  client,
  [
    operation(client.CreateRole$, roles.createRole),
    operation(client.GetRole$, roles.getRole),
    operation(client.ListRoles$, roles.listRoles),
    operation(client.UpdateRole$, roles.updateRole),
    operation(client.UpdateRoleDescription$, roles.updateRoleDescription),
    operation(client.UpdateAssumeRolePolicy$, roles.updateAssumeRolePolicy),
    operation(client.DeleteRole$, roles.deleteRole),
    operation(client.PutRolePermissionsBoundary$, roles.putRolePermissionsBoundary),
    operation(client.DeleteRolePermissionsBoundary$, roles.deleteRolePermissionsBoundary),
    operation(client.TagRole$, tags.tagRole),
    operation(client.UntagRole$, tags.untagRole),
    operation(client.ListRoleTags$, tags.listRoleTags),
    operation(client.TagPolicy$, tags.tagPolicy),
    operation(client.UntagPolicy$, tags.untagPolicy),
    operation(client.ListPolicyTags$, tags.listPolicyTags),
    operation(client.PutRolePolicy$, inline.putRolePolicy),
    operation(client.GetRolePolicy$, inline.getRolePolicy),
    operation(client.DeleteRolePolicy$, inline.deleteRolePolicy),
    operation(client.ListRolePolicies$, inline.listRolePolicies),
    operation(client.AttachRolePolicy$, attachments.attachRolePolicy),
    operation(client.DetachRolePolicy$, attachments.detachRolePolicy),
    operation(client.ListAttachedRolePolicies$, attachments.listAttachedRolePolicies),
    operation(client.ListEntitiesForPolicy$, attachments.listEntitiesForPolicy),
    operation(client.ListInstanceProfilesForRole$, attachments.listInstanceProfilesForRole),
    operation(client.RemoveRoleFromInstanceProfile$, attachments.removeRoleFromInstanceProfile),
    operation(client.CreatePolicy$, policies.createPolicy),
    operation(client.GetPolicy$, policies.getPolicy),
    operation(client.ListPolicies$, policies.listPolicies),
    operation(client.DeletePolicy$, policies.deletePolicy),
    operation(client.GetPolicyVersion$, versions.getPolicyVersion),
    operation(client.ListPolicyVersions$, versions.listPolicyVersions),
    operation(client.CreatePolicyVersion$, versions.createPolicyVersion),
    operation(client.SetDefaultPolicyVersion$, versions.setDefaultPolicyVersion),
    operation(client.DeletePolicyVersion$, versions.deletePolicyVersion),
  ],
);
