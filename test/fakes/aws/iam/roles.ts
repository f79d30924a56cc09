import * as client from "@aws-sdk/client-iam";
import type { Ctx } from "../core/context.ts";
import { sdk } from "../core/sdk.ts";
import {
  addTags,
  checkPath,
  deleteConflict,
  encodeDocument,
  exists,
  iamPage,
  limitExceeded,
  needPolicy,
  needRole,
  tagList,
  validation,
} from "./common.ts";
import { checkDocument } from "./documents.ts";
import type { RoleRecord } from "../state.ts";

const on = sdk<client.IAM>(client);

function checkTrust(ctx: Ctx, document: string): void {
  checkDocument(document, "trust");
  if (document.replace(/\s/g, "").length > ctx.quotas.trustPolicySize) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${ctx.quotas.trustPolicySize}`);
  }
}

function checkSession(seconds: number): number {
  if (seconds >= 3600 && seconds <= 43_200) return seconds;
  const bound = seconds < 3600 ? "greater than or equal to 3600" : "less than or equal to 43200";
  throw validation(
    `Value '${seconds}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value ${bound}`,
  );
}

function checkDescription(text: string): string {
  if (text.length <= 1000) return text;
  throw validation(
    `Value at 'description' failed to satisfy constraint: Member must have length less than or equal to 1000`,
  );
}

/** The role as IAM shows it: GetRole has the tags and the last use, ListRoles has neither, nor the boundary. */
function show(record: RoleRecord, full: boolean): client.Role {
  const { role } = record;
  if (full) {
    const tags = tagList(record.tags);
    return { ...role, ...(tags.length === 0 ? {} : { Tags: tags }), RoleLastUsed: {} };
  }
  const { PermissionsBoundary: _boundary, ...rest } = role;
  return rest;
}

/** Creates a role. Names are unique without regard to case. */
const createRole = on("createRole", (ctx, input) => {
  const name = input.RoleName ?? "";
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) {
    throw validation(
      `Value '${name}' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+ and have length less than or equal to 64`,
    );
  }
  const path = checkPath(input.Path ?? "/");
  checkTrust(ctx, input.AssumeRolePolicyDocument ?? "");
  const tags = new Map<string, string>();
  addTags(ctx, tags, input.Tags ?? []);
  const { roles } = ctx.account;
  if (roles.has(name.toLowerCase())) throw exists(`Role with name ${name} already exists.`);
  if (roles.size >= ctx.quotas.rolesPerAccount) {
    throw limitExceeded(`Cannot exceed quota for RolesPerAccount: ${ctx.quotas.rolesPerAccount}`);
  }
  const trust = input.AssumeRolePolicyDocument ?? "";
  const role: client.Role = {
    Path: path,
    RoleName: name,
    RoleId: ctx.ids.upper("AROA", 17),
    Arn: `arn:${ctx.partition}:iam::${ctx.accountId}:role${path}${name}`,
    CreateDate: ctx.now(),
    AssumeRolePolicyDocument: encodeDocument(trust),
    MaxSessionDuration: checkSession(input.MaxSessionDuration ?? 3600),
    // An empty description is the same as none.
    ...(input.Description === undefined || input.Description === ""
      ? {}
      : { Description: checkDescription(input.Description) }),
  };
  const record: RoleRecord = {
    role,
    trust,
    inline: new Map(),
    attached: new Set(),
    tags,
    notAssumableFor: ctx.consistency.roleAssumable,
    hiddenFor: ctx.consistency.iamVisible,
  };
  if (input.PermissionsBoundary !== undefined) setBoundary(ctx, record, input.PermissionsBoundary);
  roles.set(name.toLowerCase(), record);
  // The answer leaves out what a reading has.
  const {
    Description: _text,
    MaxSessionDuration: _seconds,
    RoleLastUsed: _use,
    ...made
  } = show(record, true);
  return { Role: made };
});

/** One role with its tags. */
const getRole = on("getRole", (ctx, input) => {
  return { Role: show(needRole(ctx, input.RoleName), true) };
});

/** Roles by path prefix, without tags and boundary. */
const listRoles = on("listRoles", (ctx, input) => {
  const prefix = input.PathPrefix ?? "/";
  const all = [...ctx.account.roles.values()]
    .filter((record) => (record.role.Path ?? "").startsWith(prefix))
    .map((record) => show(record, false))
    .sort((a, b) => ((a.RoleName ?? "") < (b.RoleName ?? "") ? -1 : 1));
  const { items, ...rest } = iamPage(ctx, all, input);
  return { Roles: items, ...rest };
});

/** Changes description and session length; what is not sent stays, whatever the documentation says. */
const updateRole = on("updateRole", (ctx, input) => {
  const { role } = needRole(ctx, input.RoleName);
  if (input.MaxSessionDuration !== undefined)
    role.MaxSessionDuration = checkSession(input.MaxSessionDuration);
  if (input.Description !== undefined) setDescription(role, input.Description);
  return {};
});

function setDescription(role: client.Role, text: string): void {
  if (text === "") delete role.Description;
  else role.Description = checkDescription(text);
}

/** The older way to change the description. */
const updateRoleDescription = on("updateRoleDescription", (ctx, input) => {
  const record = needRole(ctx, input.RoleName);
  setDescription(record.role, input.Description ?? "");
  return { Role: show(record, true) };
});

/** Replaces the trust policy. */
const updateAssumeRolePolicy = on("updateAssumeRolePolicy", (ctx, input) => {
  const record = needRole(ctx, input.RoleName);
  const document = input.PolicyDocument ?? "";
  checkTrust(ctx, document);
  record.trust = document;
  record.role.AssumeRolePolicyDocument = encodeDocument(document);
});

/** Deletes a role that nothing hangs on any more. */
const deleteRole = on("deleteRole", (ctx, input) => {
  const record = needRole(ctx, input.RoleName);
  const name = record.role.RoleName ?? "";
  for (const members of ctx.account.instanceProfiles.values()) {
    if (members.has(name))
      throw deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
  }
  if (record.attached.size > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
  if (record.inline.size > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
  removeBoundary(ctx, record);
  ctx.account.roles.delete(name.toLowerCase());
});

function setBoundary(ctx: Ctx, record: RoleRecord, arn: string): void {
  const { policy } = needPolicy(ctx, arn);
  removeBoundary(ctx, record);
  policy.PermissionsBoundaryUsageCount = (policy.PermissionsBoundaryUsageCount ?? 0) + 1;
  record.role.PermissionsBoundary = {
    PermissionsBoundaryArn: arn,
    // The SDK's enum knows `PermissionsBoundaryPolicy` only; AWS answers `Policy`.
    PermissionsBoundaryType: "Policy" as never,
  };
}

function removeBoundary(ctx: Ctx, record: RoleRecord): void {
  const arn = record.role.PermissionsBoundary?.PermissionsBoundaryArn;
  if (arn === undefined) return;
  const policy = ctx.account.policies.get(arn)?.policy;
  if (policy !== undefined)
    policy.PermissionsBoundaryUsageCount = (policy.PermissionsBoundaryUsageCount ?? 1) - 1;
  delete record.role.PermissionsBoundary;
}

/** Sets or replaces the permissions boundary. */
const putRolePermissionsBoundary = on("putRolePermissionsBoundary", (ctx, input) => {
  setBoundary(ctx, needRole(ctx, input.RoleName), input.PermissionsBoundary ?? "");
});

/** Removes the permissions boundary; there is none: NoSuchEntity. */
const deleteRolePermissionsBoundary = on("deleteRolePermissionsBoundary", (ctx, input) => {
  removeBoundary(ctx, needRole(ctx, input.RoleName));
});

export const roleOperations = [
  createRole,
  getRole,
  listRoles,
  updateRole,
  updateRoleDescription,
  updateAssumeRolePolicy,
  deleteRole,
  putRolePermissionsBoundary,
  deleteRolePermissionsBoundary,
];
