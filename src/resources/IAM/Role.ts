/** IAM roles with their inline and attached policies. Facts: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
import { factLists, optional, required, withFacts } from "../facts.ts";
import * as z from "zod";
import { hasMarker } from "../../model/reference-marker.ts";
import { isUnknown, type JsonObject, type JsonValue } from "../../model/values.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";
import { nameFrom, propertyName } from "../naming.ts";
import { patternText, properties, tagMap, text, wholeNumber } from "../schema.ts";
import type { Desired, ResourceType } from "../type.ts";
import type { Entry } from "../../spec/type-rules.ts";
import { documentSchema, pathSchema } from "./iam-schema.ts";
import { parsedPolicy } from "../policy-document.ts";
import { ROLE, roleArn } from "./role-live.ts";
import { readRoles } from "./role-read.ts";
import { createRole, deleteRole, updateRole } from "./role-write.ts";
import { tagListToMap } from "./tag-list.ts";
import { iam } from "./service.ts";

const inlinePolicy = properties({
  PolicyName: required(
    patternText(/^[\w+=,.@-]{1,128}$/, "a policy's name"),
    "Name of the inline policy, unique in the role.",
  ),
  PolicyDocument: required(documentSchema(), "The policy document."),
});

const schema = properties({
  RoleName: required(
    patternText(/^[\w+=,.@-]{1,64}$/, "a role's name: letters, digits and + = , . @ - _, at most 64"),
    "Name of the role, also its name in the spec.",
    { createOnly: true },
  ),
  Path: optional(pathSchema(), "Path in front of the name. Default: /.", { createOnly: true }),
  AssumeRolePolicyDocument: required(
    documentSchema(),
    "Who may assume the role: a policy document, as an object or as JSON text.",
    { policyDocument: true },
  ),
  Description: optional(text().max(1000), "Description."),
  MaxSessionDuration: optional(
    wholeNumber(3600, 43200),
    "Maximum session duration in seconds. Default: 3600.",
  ),
  PermissionsBoundary: optional(text(), "ARN of the permissions boundary."),
  AttachedPolicies: optional(
    z.array(text()),
    "ARNs of attached policies, such as AWS-managed ones; `{PolicyName, PolicyArn}` is also accepted. Put policies of the spec into dependencies.policies.",
    { unordered: true },
  ),
  // In a state they are documents by name.
  Policies: optional(z.array(withFacts(inlinePolicy, { policyDocument: true })), "Inline policies."),
  Tags: tagMap().optional(),
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

export const role: ResourceType = {
  type: ROLE,
  summary: "A role that functions, integrations and stages assume.",
  service: iam,
  attributes: { id: "The role's ARN.", "live.Arn": "The role's ARN.", "live.RoleName": "The role's name." },
  outputs: { RoleArn: "Arn" },
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
      "RemoveRoleFromInstanceProfile",
      "TagRole",
      "UntagRole",
    ],
  },
  dependencies: {
    policies: { type: "IAM::Policy", list: true, acceptsArn: true },
    apiGatewayV2Apis: { type: "ApiGatewayV2::Api", list: true, orderOnly: true, aliases: ["apiGatewayV2s"] },
  },
  schema,
  ...factLists(schema),
  taggable: true,
  replaceOrder: "delete-first",
  consequence: (live) => `Nothing can assume ${live.name} any longer: functions with this role fail.`,
  canonical: (entry) => nameFrom("RoleName", plainAttachments(tagListToMap(entry))),
  name: (entry) => propertyName("RoleName", entry),
  check(entry) {
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
  desiredState(desired) {
    const { AttachedPolicies, Policies, ...wanted } = desired.properties;
    return {
      Path: "/",
      MaxSessionDuration: 3600,
      ...wanted,
      RoleName: desired.name,
      AssumeRolePolicyDocument: parsedPolicy(wanted.AssumeRolePolicyDocument),
      AttachedPolicies: attachedPolicies(desired),
      Policies: inlinePolicies(Policies),
    };
  },
  predict({ name, properties: wanted, stack }): Record<string, string> {
    const path = wanted.Path ?? "/";
    if (typeof path !== "string" || hasMarker(name)) return {};
    const arn = roleArn(stack, path, name);
    return { id: arn, Arn: arn, RoleName: name };
  },
  read: readRoles,
  nameOfArn: (arn) => /^arn:[^:]+:iam::\d+:role\/(?:[^:]*\/)?([^/:]+)$/.exec(arn)?.[1],
  reaches: (live) =>
    listOf(live.state.AttachedPolicies).flatMap((arn) => {
      // AWS's own policies have `aws` where the account is.
      const name =
        typeof arn === "string" ? /^arn:[^:]+:iam::\d+:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1] : undefined;
      return name === undefined ? [] : [{ type: "IAM::Policy", lookup: { name, arn: textOf(arn) } }];
    }),
  create: createRole,
  update: updateRole,
  delete: deleteRole,
};
