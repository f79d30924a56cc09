import * as client from "@aws-sdk/client-iam";
import type { Ctx } from "../core/context.ts";
import { sdk } from "../core/sdk.ts";
import type { Tagged } from "../core/service.ts";
import { each } from "../core/table.ts";
import { type AccountState, need } from "../state.ts";
import {
  addTags,
  checkPath,
  deleteConflict,
  exists,
  iamPage,
  limitExceeded,
  needRole,
  noSuchEntity,
  tagList,
} from "./common.ts";

const on = sdk<client.IAM>(client);

/** Paths, where they are not `/`. */
const paths = each<AccountState, Map<string, string>>(() => new Map());

function instanceProfile(ctx: Ctx, InstanceProfileName: string, members: ReadonlySet<string>) {
  const Path = paths(ctx.account).get(InstanceProfileName) ?? "/";
  const Roles = [...members].flatMap((name) => ctx.account.roles.get(name.toLowerCase())?.role ?? []);
  return {
    Path,
    InstanceProfileName,
    InstanceProfileId: `AIPA${InstanceProfileName}`,
    Arn: `arn:${ctx.partition}:iam::${ctx.accountId}:instance-profile${Path}${InstanceProfileName}`,
    CreateDate: ctx.now(),
    Roles,
  };
}

function membersOf(ctx: Ctx, name = ""): Set<string> {
  return need(ctx.account.instanceProfiles.get(name), () =>
    noSuchEntity(`Instance Profile ${name} cannot be found.`),
  );
}

function tagsIn(ctx: Ctx, name = ""): Map<string, string> {
  membersOf(ctx, name);
  const tags = ctx.account.instanceProfileTags.get(name) ?? new Map<string, string>();
  ctx.account.instanceProfileTags.set(name, tags);
  return tags;
}

const createInstanceProfile = on("createInstanceProfile", (ctx, input) => {
  const { InstanceProfileName: name = "", Path = "/", Tags = [] } = input;
  if (ctx.account.instanceProfiles.has(name)) throw exists(`Instance Profile ${name} already exists.`);
  checkPath(Path);
  const tags = new Map<string, string>();
  addTags(ctx, tags, Tags);
  ctx.account.instanceProfiles.set(name, new Set());
  ctx.account.instanceProfileTags.set(name, tags);
  paths(ctx.account).set(name, Path);
  return { InstanceProfile: { ...instanceProfile(ctx, name, new Set()), Tags: tagList(tags) } };
});

const addRoleToInstanceProfile = on("addRoleToInstanceProfile", (ctx, input) => {
  const members = membersOf(ctx, input.InstanceProfileName);
  const { role } = needRole(ctx, input.RoleName);
  if (members.size > 0) throw limitExceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
  members.add(role.RoleName ?? "");
});

const deleteInstanceProfile = on("deleteInstanceProfile", (ctx, { InstanceProfileName: name = "" }) => {
  if (membersOf(ctx, name).size > 0)
    throw deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
  ctx.account.instanceProfiles.delete(name);
  ctx.account.instanceProfileTags.delete(name);
  paths(ctx.account).delete(name);
});

const tagInstanceProfile = on("tagInstanceProfile", (ctx, { InstanceProfileName, Tags = [] }) => {
  addTags(ctx, tagsIn(ctx, InstanceProfileName), Tags);
});

const untagInstanceProfile = on("untagInstanceProfile", (ctx, { InstanceProfileName, TagKeys = [] }) => {
  for (const key of TagKeys) tagsIn(ctx, InstanceProfileName).delete(key);
});

const getInstanceProfile = on("getInstanceProfile", (ctx, input) => {
  const name = input.InstanceProfileName ?? "";
  const members = ctx.account.instanceProfiles.get(name);
  if (members === undefined) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  const tags = ctx.account.instanceProfileTags.get(name) ?? new Map<string, string>();
  return { InstanceProfile: { ...instanceProfile(ctx, name, members), Tags: tagList(tags) } };
});

const listInstanceProfilesForRole = on("listInstanceProfilesForRole", (ctx, input) => {
  const { role } = needRole(ctx, input.RoleName);
  // Without tags, as AWS's reference says.
  const all = [...ctx.account.instanceProfiles]
    .filter(([, members]) => members.has(role.RoleName ?? ""))
    .map(([name, members]) => instanceProfile(ctx, name, members));
  const { items, ...rest } = iamPage(ctx, all, input);
  return { InstanceProfiles: items, ...rest };
});

const removeRoleFromInstanceProfile = on("removeRoleFromInstanceProfile", (ctx, input) => {
  const members = ctx.account.instanceProfiles.get(input.InstanceProfileName ?? "");
  if (members === undefined) {
    throw noSuchEntity(`Instance Profile ${input.InstanceProfileName} cannot be found.`);
  }
  if (!members.delete(input.RoleName ?? "")) {
    throw noSuchEntity(`Role with name ${input.RoleName} cannot be found.`);
  }
});

export const instanceProfileOperations = [
  createInstanceProfile,
  addRoleToInstanceProfile,
  listInstanceProfilesForRole,
  getInstanceProfile,
  removeRoleFromInstanceProfile,
  deleteInstanceProfile,
  tagInstanceProfile,
  untagInstanceProfile,
];

export const taggedProfiles = (ctx: Ctx): Tagged[] =>
  [...ctx.account.instanceProfiles.keys()].map((name) => ({
    arn: instanceProfile(ctx, name, new Set()).Arn,
    tags: tagsIn(ctx, name),
  }));
