import * as client from "@aws-sdk/client-iam";
import type { Ctx } from "../core/context.ts";
import { sdk } from "../core/sdk.ts";
import type { PolicyRecord } from "../state.ts";
import {
  deleteConflict,
  encodeDocument,
  iamPage,
  limitExceeded,
  needPolicy,
  noSuchEntity,
} from "./common.ts";
import { checkDocument } from "./documents.ts";

const on = sdk<client.IAM>(client);

const MAX_VERSIONS = 5;

/** Grammar and size of a managed policy's document; white space does not count. */
export function checkManagedDocument(ctx: Ctx, document: string): void {
  checkDocument(document, "identity");
  if (document.replace(/\s/g, "").length > ctx.quotas.managedPolicySize) {
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${ctx.quotas.managedPolicySize}`);
  }
}

/** Appends a version; numbers are never used twice. */
export function newVersion(
  ctx: Ctx,
  record: PolicyRecord,
  document: string,
  makeDefault: boolean,
): client.PolicyVersion {
  const version: client.PolicyVersion = {
    Document: encodeDocument(document),
    VersionId: `v${record.nextVersion++}`,
    IsDefaultVersion: false,
    CreateDate: ctx.now(),
  };
  record.versions.set(version.VersionId ?? "", version);
  if (makeDefault) setDefault(record, version.VersionId ?? "");
  return version;
}

function setDefault(record: PolicyRecord, id: string): void {
  for (const version of record.versions.values()) version.IsDefaultVersion = version.VersionId === id;
  record.policy.DefaultVersionId = id;
}

function needVersion(record: PolicyRecord, id: string | undefined): client.PolicyVersion {
  const version = record.versions.get(id ?? "");
  if (version === undefined) {
    throw noSuchEntity(`Policy ${record.policy.Arn} version ${id} does not exist or is not attachable.`);
  }
  return version;
}

const getPolicyVersion = on("getPolicyVersion", (ctx, input) => {
  return { PolicyVersion: needVersion(needPolicy(ctx, input.PolicyArn), input.VersionId) };
});

/** Versions, newest first, without their documents. */
const listPolicyVersions = on("listPolicyVersions", (ctx, input) => {
  const all = [...needPolicy(ctx, input.PolicyArn).versions.values()]
    .reverse()
    .map(({ Document: _document, ...version }) => version);
  const { items, ...rest } = iamPage(ctx, all, input);
  return { Versions: items, ...rest };
});

/** Adds a version; the sixth is refused until one is deleted. */
const createPolicyVersion = on("createPolicyVersion", (ctx, input) => {
  const record = needPolicy(ctx, input.PolicyArn);
  checkManagedDocument(ctx, input.PolicyDocument ?? "");
  if (record.versions.size >= MAX_VERSIONS) {
    throw limitExceeded(
      `A managed policy can have up to ${MAX_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  const { Document: _document, ...shown } = newVersion(
    ctx,
    record,
    input.PolicyDocument ?? "",
    input.SetAsDefault === true,
  );
  record.policy.UpdateDate = ctx.now();
  return { PolicyVersion: shown };
});

const setDefaultPolicyVersion = on("setDefaultPolicyVersion", (ctx, input) => {
  const record = needPolicy(ctx, input.PolicyArn);
  setDefault(record, needVersion(record, input.VersionId).VersionId ?? "");
  record.policy.UpdateDate = ctx.now();
});

/** Deletes a version that is not the default one. */
const deletePolicyVersion = on("deletePolicyVersion", (ctx, input) => {
  const record = needPolicy(ctx, input.PolicyArn);
  const version = needVersion(record, input.VersionId);
  if (version.IsDefaultVersion === true)
    throw deleteConflict("Cannot delete the default version of a policy.");
  record.versions.delete(version.VersionId ?? "");
});

export const versionOperations = [
  getPolicyVersion,
  listPolicyVersions,
  createPolicyVersion,
  setDefaultPolicyVersion,
  deletePolicyVersion,
];
