import * as client from "@aws-sdk/client-iam";
import { sdk } from "../core/sdk.ts";
import { encodeDocument, iamPage, limitExceeded, needRole, noSuchEntity, validation } from "./common.ts";
import { checkDocument } from "./documents.ts";

const on = sdk<client.IAM>(client);

const missing = (name: string | undefined): Error =>
  noSuchEntity(`The role policy with name ${name} cannot be found.`);

/** Adds or replaces an inline policy; all of a role's together may have 10,240 characters without white space. */
const putRolePolicy = on("putRolePolicy", (ctx, input) => {
  const record = needRole(ctx, input.RoleName);
  const name = input.PolicyName ?? "";
  if (!/^[\w+=,.@-]{1,128}$/.test(name)) {
    throw validation(
      `Value '${name}' at 'policyName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+`,
    );
  }
  const document = input.PolicyDocument ?? "";
  checkDocument(document, "identity");
  const others = [...record.inline].filter(([key]) => key !== name).map(([, text]) => text);
  const size = [...others, document].reduce((sum, text) => sum + text.replace(/\s/g, "").length, 0);
  if (size > ctx.quotas.inlinePolicySize) {
    throw limitExceeded(
      `Maximum policy size of ${ctx.quotas.inlinePolicySize} bytes exceeded for role ${record.role.RoleName}`,
    );
  }
  record.inline.set(name, document);
});

const getRolePolicy = on("getRolePolicy", (ctx, input) => {
  const record = needRole(ctx, input.RoleName);
  const document = record.inline.get(input.PolicyName ?? "");
  if (document === undefined) throw missing(input.PolicyName);
  return {
    RoleName: record.role.RoleName,
    PolicyName: input.PolicyName,
    PolicyDocument: encodeDocument(document),
  };
});

const deleteRolePolicy = on("deleteRolePolicy", (ctx, input) => {
  if (!needRole(ctx, input.RoleName).inline.delete(input.PolicyName ?? "")) throw missing(input.PolicyName);
});

const listRolePolicies = on("listRolePolicies", (ctx, input) => {
  const names = [...needRole(ctx, input.RoleName).inline.keys()].sort();
  const { items, ...rest } = iamPage(ctx, names, input);
  return { PolicyNames: items, ...rest };
});

export const inlineOperations = [putRolePolicy, getRolePolicy, deleteRolePolicy, listRolePolicies];
