/** IAM roles with their inline and attached policies. Facts: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
import * as z from "zod";
import { isOurs } from "../../aws/tags.ts";
import { isUnknown, type JsonObject, type JsonValue } from "../../model/values.ts";
import type { Entry } from "../../spec/type-rules.ts";
import { defineType } from "../define.ts";
import { optional, required, withFacts } from "../facts.ts";
import { listOf, objectOf, tagList, tagMapOf, textOf } from "../live-values.ts";
import { nameFrom } from "../naming.ts";
import { decodedPolicy, parsedPolicy } from "../policy/document.ts";
import { arnText, patternText, properties, tags, textList, wholeNumber } from "../schema.ts";
import type { Desired, WriteCondition } from "../type.ts";
import { descriptionText, iamDocument, pathOf, pathSchema } from "./iam-schema.ts";
import { reachPolicy, roleNameOf } from "./reach.ts";
import { attachedTo, inlineOf } from "./role-read.ts";
import { createRole, deleteRole, updateRole } from "./role-write.ts";
import { iam } from "./service.ts";

const inlinePolicy = properties({
  PolicyName: required(
    patternText(/^[\w+=,.@-]{1,128}$/, "a policy's name"),
    "Name of the inline policy, unique in the role.",
  ),
  PolicyDocument: required(iamDocument(), "The policy document."),
});

/** AttachedPolicies as AWS lists them (`{PolicyName, PolicyArn}`) become plain ARNs. */
function plainAttachments(entry: Entry): Entry {
  const { AttachedPolicies } = entry.properties;
  if (!Array.isArray(AttachedPolicies)) return entry;
  const arns = AttachedPolicies.map((item) => objectOf(item).PolicyArn ?? item);
  return { ...entry, properties: { ...entry.properties, AttachedPolicies: arns } };
}

/** One list of ARNs, whichever way they were given; what is not known yet comes last. */
function attachedPolicies(desired: Desired): JsonValue[] {
  const given: JsonValue[] = [
    ...listOf(desired.properties.AttachedPolicies),
    ...desired.dependencies("policies").map((policy) => policy.attribute("Arn")),
  ];
  const known = [...new Set(given.filter((arn) => typeof arn === "string"))].sort();
  return [...known, ...given.filter(isUnknown)];
}

/** Inline policies as a map: names are unique, and a change is then shown at its policy, not at a position. */
function inlinePolicies(wanted: JsonValue | undefined): JsonObject {
  return Object.fromEntries(
    listOf(wanted)
      .map(objectOf)
      .map(({ PolicyName, PolicyDocument }) => [textOf(PolicyName), parsedPolicy(PolicyDocument)]),
  );
}

/**
 * Whoever may write a bounded role cannot make one without the boundary, nor take it off: the key is that of the request where it sets one, else
 * of the role. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
function boundedBy(boundary: string): Readonly<Record<string, WriteCondition>> {
  // Like, because the account in it may be a star.
  const condition = { StringLike: { "iam:PermissionsBoundary": boundary } };
  const actions = [
    "CreateRole",
    "PutRolePermissionsBoundary",
    "PutRolePolicy",
    "DeleteRolePolicy",
    "AttachRolePolicy",
    "DetachRolePolicy",
  ];
  return {
    ...Object.fromEntries(actions.map((action) => [`iam:${action}`, condition])),
    "iam:DeleteRolePermissionsBoundary": "never",
  };
}

export const role = defineType({
  type: "IAM::Role",
  summary: "A role that functions, integrations and stages assume.",
  service: iam,
  properties: properties({
    RoleName: required(
      patternText(/^[\w+=,.@-]{1,64}$/, "a role's name: letters, digits and + = , . @ - _, at most 64"),
      "Name of the role, also its name in the spec.",
      { createOnly: true },
    ),
    Path: optional(pathSchema(), "Path in front of the name.", { default: "/", createOnly: true }),
    AssumeRolePolicyDocument: required(
      iamDocument(),
      "Who may assume the role: a policy document, as an object or as JSON text.",
      { policyDocument: true },
    ),
    Description: optional(descriptionText(), "Description."),
    MaxSessionDuration: optional(wholeNumber(3600, 43200), "Maximum session duration in seconds.", {
      default: 3600,
    }),
    PermissionsBoundary: optional(
      arnText("iam", /:\w*:policy\/\S{1,2000}/),
      "ARN of the permissions boundary.",
      { clear: "own call" },
    ),
    AttachedPolicies: optional(
      textList(arnText("iam", /:\w*:policy\/\S{1,2000}/)),
      "ARNs of attached policies, such as AWS-managed ones; `{PolicyName, PolicyArn}` is also accepted. Put policies of the spec into dependencies.policies.",
      { unordered: true },
    ),
    // In a state they are documents by name.
    Policies: optional(z.array(withFacts(inlinePolicy, { policyDocument: true })), "Inline policies."),
    Tags: tags(),
  }),
  alsoAccepted: {
    AttachedPolicies: {
      as: "readonly (string | { PolicyArn: string; PolicyName?: string })[]",
      says: "ARNs, or AWS's list of `{PolicyName, PolicyArn}`.",
    },
  },
  attributes: { id: "The role's ARN.", "live.Arn": "The role's ARN.", "live.RoleName": "The role's name." },
  outputs: { RoleArn: "Arn" },
  allows: ["Policies", "AttachedPolicies"],
  permissions: {
    read: ["GetRole", "ListRolePolicies", "GetRolePolicy", "ListAttachedRolePolicies"],
    write: [
      "CreateRole",
      "UpdateRole",
      "UpdateRoleDescription",
      "UpdateAssumeRolePolicy",
      "DeleteRole",
      "PutRolePolicy",
      "DeleteRolePolicy",
      "AttachRolePolicy",
      "DetachRolePolicy",
      "PutRolePermissionsBoundary",
      "DeleteRolePermissionsBoundary",
      "ListInstanceProfilesForRole",
      "GetInstanceProfile",
      "RemoveRoleFromInstanceProfile",
      "TagRole",
      "UntagRole",
    ],
  },
  writtenIf: ({ properties: { PermissionsBoundary: boundary } }) =>
    typeof boundary === "string" && boundary !== "" ? boundedBy(boundary) : {},
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  quotas: [
    {
      name: "managed policies per role",
      most: 25,
      elementsOf: "AttachedPolicies",
      andDependencies: "policies",
    },
    {
      name: "managed policies per role",
      most: 10,
      elementsOf: "AttachedPolicies",
      andDependencies: "policies",
      adjustable: true,
    },
  ],
  dependencies: {
    policies: { type: "IAM::Policy", list: true, acceptsArn: true },
    apiGatewayV2Apis: { type: "ApiGatewayV2::Api", list: true, orderOnly: true, aliases: ["apiGatewayV2s"] },
    openIdConnectProvider: { type: "IAM::OpenIDConnectProvider", orderOnly: true },
  },
  identity: { by: "name", property: "RoleName", caseless: true },
  physicalName: (name, shortened) => shortened(name, 64),
  id: "Arn",
  arn({ partition, account }, { name, properties: { Path } }) {
    const path = pathOf(Path);
    return path === undefined ? undefined : `arn:${partition}:iam::${account}:role${path}${name}`;
  },
  nameOfArn: roleNameOf,
  tags: {
    style: "list",
    set: (client, arn, added) => client.tagRole({ RoleName: roleNameOf(arn), Tags: tagList(added) }),
    remove: (client, arn, TagKeys) => client.untagRole({ RoleName: roleNameOf(arn), TagKeys }),
  },
  consequence: (live) => `Nothing can assume ${live.name} any longer: functions with this role fail.`,
  canonical: (entry) => nameFrom("RoleName", plainAttachments(entry)),
  checks(entry) {
    const names = listOf(entry.properties.Policies).map((inline) => textOf(objectOf(inline).PolicyName));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    return twice === undefined
      ? []
      : [
          {
            path: "Policies",
            message: `two inline policies are named "${twice}"`,
            hint: "Give each its own PolicyName.",
          },
        ];
  },
  fromSpec: (wanted, desired) => ({
    ...wanted,
    AssumeRolePolicyDocument: parsedPolicy(wanted.AssumeRolePolicyDocument),
    AttachedPolicies: attachedPolicies(desired),
    Policies: inlinePolicies(wanted.Policies),
  }),
  reaches: ({ state }) => [
    ...listOf(state.AttachedPolicies).flatMap(reachPolicy),
    ...reachPolicy(state.PermissionsBoundary),
  ],
  calls: {
    async get(client, RoleName, { stack, inSpec }) {
      const { Role: found } = await client.getRole({ RoleName });
      if (found === undefined) return undefined;
      const own = {
        ...found,
        AssumeRolePolicyDocument: decodedPolicy(found.AssumeRolePolicyDocument),
        PermissionsBoundary: found.PermissionsBoundary?.PermissionsBoundaryArn,
      };
      // Referred to by a function but not ours: it is enough to know that it exists.
      if (!inSpec && !isOurs(tagMapOf(found.Tags), stack)) return own;
      const [attached, Policies] = await Promise.all([
        attachedTo(client, RoleName),
        inlineOf(client, RoleName),
      ]);
      return { ...own, AttachedPolicies: attached.sort(), Policies };
    },
    create: (client, _input, context) => createRole(client, context),
    update: (client, _input, context) => updateRole(client, context),
    delete: (client, _live, context) => deleteRole(client, context),
  },
});
