/** Customer-managed IAM policies. Facts: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html */
import { isOurs } from "../../aws/tags.ts";
import { isEmpty } from "../../model/values.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { listOf, tagList, tagMapOf, tagsOf, textOf } from "../live-values.ts";
import { decodedPolicy, parsedPolicy } from "../policy/document.ts";
import { limitedText, patternText, properties, tags } from "../schema.ts";
import { iamDocument, pathOf, pathSchema } from "./iam-schema.ts";
import { policyNameOf } from "./reach.ts";
import { deletePolicy, setDocument } from "./policy-versions.ts";
import { iam } from "./service.ts";

export const policy = defineType({
  type: "IAM::Policy",
  summary: "A customer-managed policy that can be attached to roles.",
  service: iam,
  properties: properties({
    PolicyName: required(
      patternText(/^[\w+=,.@-]{1,128}$/, "a policy's name: letters, digits and + = , . @ - _, at most 128"),
      "Name of the policy, also its name in the spec.",
      { createOnly: true },
    ),
    Path: optional(pathSchema(), "Path in front of the name.", { default: "/", createOnly: true }),
    PolicyDocument: required(iamDocument(), "The policy document, as an object or as JSON text.", {
      policyDocument: true,
    }),
    Description: optional(
      limitedText(1000),
      "Description. AWS cannot change it, so a change replaces the policy.",
      { createOnly: true },
    ),
    Tags: tags(),
  }),
  identity: { by: "name", property: "PolicyName", caseless: true },
  physicalName: (name, shortened) => shortened(name, 128),
  id: "Arn",
  arn({ partition, account }, { name, properties: { Path } }) {
    const path = pathOf(Path);
    return path === undefined ? undefined : `arn:${partition}:iam::${account}:policy${path}${name}`;
  },
  nameOfArn: policyNameOf,
  place: ({ Path }) => textOf(Path) || "/",
  tags: {
    style: "list",
    set: (client, PolicyArn, added) => client.tagPolicy({ PolicyArn, Tags: tagList(added) }),
    remove: (client, PolicyArn, TagKeys) => client.untagPolicy({ PolicyArn, TagKeys }),
  },
  attributes: { id: "The policy's ARN.", "live.Arn": "The policy's ARN." },
  allows: ["PolicyDocument"],
  permissions: {
    read: ["GetPolicy", "GetPolicyVersion"],
    write: [
      "CreatePolicy",
      "CreatePolicyVersion",
      "ListPolicyVersions",
      "DeletePolicyVersion",
      "ListEntitiesForPolicy",
      "GetRole",
      "DetachRolePolicy",
      "DeletePolicy",
      "TagPolicy",
      "UntagPolicy",
    ],
  },
  usedElsewhere({ id, attributes: { AttachmentCount } }, ours) {
    const own = ours.filter(({ state }) => listOf(state.AttachedPolicies).includes(id)).length;
    const others = typeof AttachmentCount === "number" ? AttachmentCount - own : 0;
    return others > 0
      ? `${others} ${others === 1 ? "role, user or group" : "roles, users or groups"}`
      : undefined;
  },
  consequence: (live) => `Roles with ${live.name} attached lose its permissions.`,
  fromSpec: (wanted) => ({ ...wanted, PolicyDocument: parsedPolicy(wanted.PolicyDocument) }),
  calls: {
    async get(client, _name, { arn: PolicyArn, inSpec, stack }) {
      const { Policy: found } = await client.getPolicy({ PolicyArn });
      // Somebody else's policy attached to a role of ours: reading its document would cost a call for nothing.
      if (found === undefined || !(inSpec || isOurs(tagMapOf(found.Tags), stack))) return found;
      const { PolicyVersion } = await client.getPolicyVersion({
        PolicyArn,
        VersionId: found.DefaultVersionId,
      });
      return { ...found, PolicyDocument: decodedPolicy(PolicyVersion?.Document) };
    },
    async create(client, { PolicyName, Path, PolicyDocument, Description, ...input }) {
      const { Policy: made } = await client.createPolicy({
        PolicyName: textOf(PolicyName),
        Path: textOf(Path),
        PolicyDocument: JSON.stringify(PolicyDocument),
        ...(isEmpty(Description) ? {} : { Description: textOf(Description) }),
        Tags: tagList(tagsOf(input)),
      });
      return { ...made, Tags: input.Tags };
    },
    async update(client, { PolicyDocument = {} }, { live }) {
      const known = live.attributes.DefaultVersionId;
      return { DefaultVersionId: await setDocument(client, live.id, PolicyDocument, known) };
    },
    delete: (_client, _live, context) => deletePolicy(context),
  },
});
