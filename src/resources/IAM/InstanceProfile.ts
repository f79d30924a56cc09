/** Instance profiles. Facts: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html */
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { listOf, objectOf, tagList, tagsOf, textOf, textsOf } from "../live-values.ts";
import { patternText, properties, tags, textList } from "../schema.ts";
import { pathOf, pathSchema } from "./iam-schema.ts";
import { iam } from "./service.ts";

const nameOfProfile = (arn: string): string | undefined =>
  /^arn:[^:]+:iam::\d*:instance-profile\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];

export const instanceProfile = defineType({
  type: "IAM::InstanceProfile",
  summary: "Gives EC2 instances a role.",
  service: iam,
  properties: properties({
    InstanceProfileName: required(
      patternText(
        /^[\w+=,.@-]{1,128}$/,
        "an instance profile's name: letters, digits and + = , . @ - _, at most 128",
      ),
      "Name of the profile, also its name in the spec.",
      { createOnly: true },
    ),
    Path: optional(pathSchema(), "Path in front of the name.", { default: "/", createOnly: true }),
    Roles: optional(textList(undefined, 1), "Name of its role; AWS takes one.", {
      defaultWords: "from the dependency roles",
    }),
    Tags: tags(),
  }),
  dependencies: { roles: { type: "IAM::Role", list: true } },
  identity: { by: "name", property: "InstanceProfileName" },
  physicalName: (name, shortened) => shortened(name, 128),
  id: "Arn",
  arn({ partition, account }, { name, properties: { Path } }) {
    const path = pathOf(Path);
    return path === undefined ? undefined : `arn:${partition}:iam::${account}:instance-profile${path}${name}`;
  },
  nameOfArn: nameOfProfile,
  foundByTagsAs: "iam:instance-profile",
  tags: {
    style: "list",
    set: (client, arn, added) =>
      client.tagInstanceProfile({ InstanceProfileName: nameOfProfile(arn), Tags: tagList(added) }),
    remove: (client, arn, TagKeys) =>
      client.untagInstanceProfile({ InstanceProfileName: nameOfProfile(arn), TagKeys }),
  },
  attributes: {
    id: "The profile's ARN.",
    "live.Arn": "The profile's ARN.",
    "live.InstanceProfileName": "The profile's name.",
  },
  permissions: {
    read: ["GetInstanceProfile"],
    write: [
      "CreateInstanceProfile",
      "AddRoleToInstanceProfile",
      "RemoveRoleFromInstanceProfile",
      "DeleteInstanceProfile",
      "TagInstanceProfile",
      "UntagInstanceProfile",
    ],
    besides: { "iam:PassRole": "to give the profile its role" },
  },
  consequence: (live) => `Instances with profile ${live.name} lose their role.`,
  fromSpec(wanted, desired) {
    const [role] = desired.dependencies("roles");
    return role === undefined || listOf(wanted.Roles).length > 0 ? wanted : { ...wanted, Roles: [role.name] };
  },
  fromAws: (answer) => ({
    ...answer,
    Roles: listOf(answer.Roles).map((one) =>
      typeof one === "string" ? one : textOf(objectOf(one).RoleName),
    ),
  }),
  calls: {
    async get(client, InstanceProfileName) {
      const { InstanceProfile } = await client.getInstanceProfile({ InstanceProfileName });
      return InstanceProfile;
    },
    async create(client, input) {
      const InstanceProfileName = textOf(input.InstanceProfileName);
      await client.createInstanceProfile({
        InstanceProfileName,
        Path: textOf(input.Path),
        Tags: tagList(tagsOf(input)),
      });
      for (const RoleName of textsOf(input.Roles))
        await client.addRoleToInstanceProfile({ InstanceProfileName, RoleName });
      return {};
    },
    async update(client, _input, { live, state }) {
      const InstanceProfileName = live.name;
      // There is room for one role only.
      for (const RoleName of textsOf(live.state.Roles))
        await client.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName });
      for (const RoleName of textsOf(state.Roles))
        await client.addRoleToInstanceProfile({ InstanceProfileName, RoleName });
      return {};
    },
    async delete(client, live) {
      const InstanceProfileName = live.name;
      for (const RoleName of textsOf(live.state.Roles))
        await client.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName });
      await client.deleteInstanceProfile({ InstanceProfileName });
    },
  },
});
