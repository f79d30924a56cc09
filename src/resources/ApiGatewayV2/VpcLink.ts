/** VPC links. Facts: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html */
import { sdkInput } from "../../aws/sdk-input.ts";
import { isEmpty } from "../../model/values.ts";
import type { DependencyKey } from "../../spec/type-rules.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { textOf } from "../live-values.ts";
import { patternText, properties, tags, textList } from "../schema.ts";
import type { Readiness } from "../type.ts";
import { VPC_LINK } from "./common.ts";
import { gatewayTags } from "./permissions.ts";
import { apiGateway } from "./service.ts";

/** What a replacement calls the old one while both are there. */
const SUPERSEDED = /^gc-superseded-/;

/** Those that nothing has gone through for 60 days are INACTIVE: they come back with the first request. */
const READINESS: Readonly<Record<string, Readiness>> = {
  PENDING: "pending",
  FAILED: "failed",
  DELETING: "deleting",
};

const ids = (type: string, prefix: string, fills: string): DependencyKey => ({
  type,
  list: true,
  acceptsId: new RegExp(`^${prefix}-[0-9a-f]+$`),
  fills,
});

export const vpcLink = defineType({
  type: VPC_LINK,
  summary: "The way of HTTP APIs into a VPC. AWS takes some minutes to make one.",
  service: apiGateway,
  properties: properties({
    Name: required(patternText(/^[\s\S]{1,128}$/, "a name of 1 to 128 characters"), "Name of the VPC link."),
    SubnetIds: optional(textList(), "Subnets to be in.", {
      defaultWords: "from the dependency subnets",
      createOnly: true,
      unordered: true,
    }),
    SecurityGroupIds: optional(textList(), "Security groups of its network interfaces.", {
      defaultWords: "from the dependency securityGroups",
      createOnly: true,
      unordered: true,
    }),
    Tags: tags(),
  }),
  dependencies: {
    subnets: ids("EC2::Subnet", "subnet", "SubnetIds"),
    securityGroups: ids("EC2::SecurityGroup", "sg", "SecurityGroupIds"),
  },
  identity: { by: "tags", property: "Name" },
  id: "VpcLinkId",
  arn: ({ partition, region }, { id }) => `arn:${partition}:apigateway:${region}::/vpclinks/${id}`,
  nameOfArn: (arn) => /:apigateway:[\w-]*::\/vpclinks\/(\w+)$/.exec(arn)?.[1],
  tags: {
    style: "map",
    set: (client, ResourceArn, Tags) => client.tagResource({ ResourceArn, Tags }),
    remove: (client, ResourceArn, TagKeys) => client.untagResource({ ResourceArn, TagKeys }),
  },
  replaceOrder: "create-first",
  wait: {
    readiness: ({ attributes }) => READINESS[textOf(attributes.VpcLinkStatus)] ?? "ready",
    awaiting: ({ name }) => `VPC link ${name} to be available`,
    why: ({ attributes }) => textOf(attributes.VpcLinkStatusMessage),
    // Minutes as a rule; Terraform waits as long.
    deadlineMs: 600_000,
    // Its network interfaces hold the subnets and the security groups until it is gone.
    deletion: true,
  },
  checks: ({ properties: given, dependencies }) =>
    isEmpty(given.SubnetIds) && (dependencies.subnets ?? []).length === 0
      ? [{ path: "SubnetIds", message: "is required", hint: "Or name dependencies.subnets." }]
      : [],
  attributes: { id: "The VPC link's id.", "live.Arn": "Its ARN, for tags and policies." },
  permissions: {
    read: ["GetVpcLinks"],
    write: ["CreateVpcLink", "UpdateVpcLink", "DeleteVpcLink", "TagResource", "UntagResource"],
    besides: {
      ...gatewayTags,
      "iam:CreateServiceLinkedRole": "the first VPC link of an account makes API Gateway's role",
    },
  },
  consequence: ({ name }) => `Integrations that go through VPC link ${name} will fail.`,
  standing: ({ Name }) => (SUPERSEDED.test(textOf(Name)) ? { superseded: true } : {}),
  async supersede({ aws, live }) {
    const client = await aws.client(apiGateway);
    await client.updateVpcLink({ VpcLinkId: live.id, Name: `gc-superseded-${live.id}` });
  },
  calls: {
    list: (client, paging) => client.getVpcLinks(paging),
    create: (client, input) => client.createVpcLink(sdkInput(input)),
    delete: (client, live) => client.deleteVpcLink({ VpcLinkId: live.id }),
  },
});
