/** VPC links. Facts: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html */
import { sdkInput } from "../../aws/sdk-input.ts";
import { isEmpty } from "../../model/values.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { textOf } from "../live-values.ts";
import { patternText, properties, tags, textList } from "../schema.ts";
import type { Readiness } from "../type.ts";
import { supersededByName, supersededName, VPC_LINK } from "./common.ts";
import { gatewayTags } from "./permissions.ts";
import { apiGateway } from "./service.ts";
import { own } from "../../model/own.ts";

/** A link without traffic for 60 days is INACTIVE, which counts as ready: the next request wakes it. */
const READINESS: Record<string, Readiness> = { PENDING: "pending", FAILED: "failed", DELETING: "deleting" };

/** Ids that a dependency fills in and that cannot be changed in place. */
const idsFrom = (dependency: string, says: string) =>
  optional(textList(), says, {
    defaultWords: `from the dependency ${dependency}`,
    createOnly: true,
    unordered: true,
  });

export const vpcLink = defineType({
  type: VPC_LINK,
  summary: "Connects HTTP APIs to a VPC. AWS takes some minutes to create one.",
  service: apiGateway,
  properties: properties({
    Name: required(patternText(/^[\s\S]{1,128}$/, "a name of 1 to 128 characters"), "Name of the VPC link."),
    SubnetIds: idsFrom("subnets", "Its subnets."),
    SecurityGroupIds: idsFrom("securityGroups", "Security groups of its network interfaces."),
    Tags: tags(),
  }),
  dependencies: {
    subnets: { type: "EC2::Subnet", list: true, acceptsId: /^subnet-[0-9a-f]+$/, fills: "SubnetIds" },
    securityGroups: {
      type: "EC2::SecurityGroup",
      list: true,
      acceptsId: /^sg-[0-9a-f]+$/,
      fills: "SecurityGroupIds",
    },
  },
  identity: { by: "tags", property: "Name" },
  physicalName: (name, shortened) => shortened(name, 128),
  id: "VpcLinkId",
  arn: ({ partition, region }, { id }) => `arn:${partition}:apigateway:${region}::/vpclinks/${id}`,
  nameOfArn: (arn) => /:apigateway:[\w-]*::\/vpclinks\/(\w+)$/.exec(arn)?.[1],
  foundByTagsAs: "apigateway",
  tags: {
    style: "map",
    set: (client, ResourceArn, Tags) => client.tagResource({ ResourceArn, Tags }),
    remove: (client, ResourceArn, TagKeys) => client.untagResource({ ResourceArn, TagKeys }),
  },
  replaceOrder: "create-first",
  standing: supersededByName,
  wait: {
    readiness: ({ attributes }) => own(READINESS, textOf(attributes.VpcLinkStatus)) ?? "ready",
    awaiting: ({ name }) => `VPC link ${name} to be available`,
    why: ({ attributes }) => textOf(attributes.VpcLinkStatusMessage),
    // As long as Terraform waits; some minutes are usual.
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
      "iam:CreateServiceLinkedRole": "the first VPC link of an account creates API Gateway's role",
    },
  },
  consequence: ({ name }) => `Integrations that use VPC link ${name} will fail.`,
  calls: {
    list: (client, paging) => client.getVpcLinks(paging),
    create: (client, input) => client.createVpcLink(sdkInput(input)),
    delete: (client, live) => client.deleteVpcLink({ VpcLinkId: live.id }),
  },
  async supersede({ aws, live }) {
    const client = await aws.client(apiGateway);
    await client.updateVpcLink({ VpcLinkId: live.id, Name: supersededName(live) });
  },
});
