/** Hosted zones. Facts: https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html */
import { createHash } from "node:crypto";
import type { HostedZone, ListHostedZonesByNameResponse, Route53, VPC } from "@aws-sdk/client-route-53";
import { isAlreadyExists } from "../../aws/errors.ts";
import { sdkInput } from "../../aws/sdk-input.ts";
import { ownershipTags } from "../../aws/tags.ts";
import type { StackFacts } from "../../model/stack.ts";
import { isEmpty, type JsonObject, type JsonValue } from "../../model/values.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { listOf, objectOf, tagList, tagsOf, textOf } from "../live-values.ts";
import { nameFrom } from "../naming.ts";
import { flag, limitedText, patternText, properties, tags } from "../schema.ts";
import type { Live, ReadContext } from "../type.ts";
import { bareId, bareName, dnsName, dnsValue, domainText } from "./dns-name.ts";
import { route53 } from "./service.ts";

export const HOSTED_ZONE = "Route53::HostedZone";

/** How many tags Route 53 takes, and how many of them are ours. */
const MOST_TAGS = 10;
const OWN_TAGS = 5;
/** SOA and NS, which every zone has. */
const OWN_RECORDS = 2;
/** References of zones that were deleted are used up, so each deletion costs one. */
const MOST_REFERENCES = 50;

const idOfArn = (arn: string): string | undefined => /^arn:[^:]+:route53:::hostedzone\/(\w+)$/.exec(arn)?.[1];
const idIn = (arn: string): string => idOfArn(arn) ?? arn;

/** What every CallerReference of a stack's zone of this name begins with: it says whose an untagged zone is. */
function referenceOf({ account, projectName, stage, source }: StackFacts, name: string): string {
  const facts = JSON.stringify([account, projectName, stage, source ?? "", name]);
  return `gatewright-${createHash("sha256").update(facts).digest("hex").slice(0, 32)}`;
}

/** All zones of a name: Route 53 allows several. */
async function zonesOf(client: Route53, name: string): Promise<readonly HostedZone[]> {
  const found: HostedZone[] = [];
  let from: { DNSName: string; HostedZoneId?: string } | undefined = { DNSName: name };
  while (from !== undefined) {
    const page: ListHostedZonesByNameResponse = await client.listHostedZonesByName({
      ...from,
      MaxItems: 100,
    });
    found.push(...(page.HostedZones ?? []).filter((zone) => dnsValue(zone.Name ?? "") === name));
    const { IsTruncated, NextDNSName = "", NextHostedZoneId = "" } = page;
    from =
      IsTruncated === true && dnsValue(NextDNSName) === name
        ? { DNSName: NextDNSName, HostedZoneId: NextHostedZoneId }
        : undefined;
  }
  return found;
}

/** A zone as AWS describes it, in the terms of the spec. */
async function describe(client: Route53, Id: string): Promise<JsonObject> {
  const [answer, { ResourceTagSet }] = await Promise.all([
    client.getHostedZone({ Id }),
    client.listTagsForResource({ ResourceType: "hostedzone", ResourceId: Id }),
  ]);
  return zoneOf(answer.HostedZone, {
    VPCs: (answer.VPCs ?? []).map(({ VPCRegion = "", VPCId = "" }) => ({ VPCRegion, VPCId })),
    Tags: (ResourceTagSet?.Tags ?? []).map(({ Key = "", Value = "" }) => ({ Key, Value })),
    ...delegationOf(answer.DelegationSet),
  });
}

/** Asked once per reading, by whichever way the zone was found. */
function described(client: Route53, { once }: Pick<ReadContext, "once">, id: string): Promise<JsonObject> {
  return once(`GetHostedZone ${id}`, () => describe(client, id));
}

function delegationOf(
  set: { Id?: string | undefined; NameServers?: readonly string[] | undefined } = {},
): JsonObject {
  return {
    ...(set.Id === undefined ? {} : { DelegationSetId: bareId(set.Id) }),
    NameServers: (set.NameServers ?? []).join(" "),
  };
}

function zoneOf(zone: HostedZone | undefined, more: JsonObject): JsonObject {
  const { Id = "", Name = "", CallerReference = "", Config = {}, ResourceRecordSetCount = 0 } = zone ?? {};
  return {
    Id: bareId(Id),
    Name: dnsValue(Name),
    CallerReference,
    ResourceRecordSetCount,
    HostedZoneConfig: isEmpty(Config.Comment) ? {} : { Comment: Config.Comment ?? "" },
    ...more,
  };
}

/**
 * Creates a zone, or takes the one that an attempt with a lost answer made. Two zones of one name would each answer for
 * it with name servers of their own.
 */
async function createOnce(client: Route53, input: JsonObject, reference: string): Promise<JsonObject> {
  const Name = textOf(input.Name);
  for (let used = 0; ; used += 1) {
    const CallerReference = `${reference}-${used}`;
    try {
      const made = await client.createHostedZone(sdkInput({ ...input, CallerReference }));
      return zoneOf(made.HostedZone, delegationOf(made.DelegationSet));
    } catch (error) {
      if (!isAlreadyExists(error) || used === MOST_REFERENCES) throw error;
      const before = (await zonesOf(client, Name)).find((zone) => zone.CallerReference === CallerReference);
      if (before !== undefined) return describe(client, bareId(before.Id ?? ""));
    }
  }
}

const vpcsIn = ({ VPCs }: JsonObject): readonly VPC[] =>
  listOf(VPCs).map((one) => sdkInput<VPC>(objectOf(one)));
const sameVpc = (left: VPC, right: VPC): boolean =>
  left.VPCId === right.VPCId && left.VPCRegion === right.VPCRegion;
const isPrivate = ({ VPCs, HostedZoneConfig }: JsonObject): boolean =>
  !isEmpty(VPCs) || objectOf(HostedZoneConfig).PrivateZone === true;

/** Adds first: a private zone keeps at least one. */
async function setVpcs(client: Route53, HostedZoneId: string, before: readonly VPC[], after: readonly VPC[]) {
  for (const one of after.filter((vpc) => !before.some((other) => sameVpc(vpc, other))))
    await client.associateVPCWithHostedZone({ HostedZoneId, VPC: one });
  for (const one of before.filter((vpc) => !after.some((other) => sameVpc(vpc, other))))
    await client.disassociateVPCFromHostedZone({ HostedZoneId, VPC: one });
}

const setTags = (client: Route53, ResourceId: string, map: Readonly<Record<string, string>>) =>
  client.changeTagsForResource({ ResourceType: "hostedzone", ResourceId, AddTags: tagList(map) });

/** Records in the zone that this stack does not have. */
function strangers({ id, attributes }: Live, ours: readonly Live[]): number {
  const known = ours.filter(({ parentId }) => parentId === id).length;
  return Number(attributes.ResourceRecordSetCount ?? 0) - OWN_RECORDS - known;
}

function withName(properties: JsonObject, change: (name: string) => JsonValue): JsonObject {
  const { Name } = properties;
  return typeof Name === "string" ? { ...properties, Name: change(Name) } : properties;
}

export const hostedZone = defineType({
  type: HOSTED_ZONE,
  summary: "The records of a domain name, and the name servers that answer for it.",
  service: route53,
  properties: properties({
    Name: required(
      domainText("a domain name"),
      "The domain name, with or without a dot at the end; also its name in the spec.",
      { createOnly: true },
    ),
    HostedZoneConfig: optional(
      properties({
        Comment: optional(limitedText(256), "Free text."),
        PrivateZone: optional(
          flag(),
          "That the zone is private, for a `readOnly` one; else its VPCs say it.",
          { ignored: true },
        ),
      }),
      "Its comment, and whether it is private.",
    ),
    VPCs: optional(
      properties({
        VPCRegion: required(limitedText(64, 1), "Region of the VPC."),
        VPCId: required(
          patternText(/^vpc-[\w-]{1,1020}$/, 'a VPC\'s id, such as "vpc-0a1b"'),
          "Id of the VPC.",
        ),
      }).array(),
      "VPCs in which it answers: the zone is then private.",
      { unordered: true },
    ),
    DelegationSetId: optional(
      patternText(/^[A-Z0-9]{1,32}$/, "the id of a reusable delegation set"),
      "Reusable delegation set whose name servers it gets.",
      { createOnly: true, defaultWords: "four name servers of its own" },
    ),
    Tags: tags(),
  }),
  dependencies: { domain: { type: "Route53Domains::Domain", orderOnly: true } },
  identity: { by: "tags", property: "Name" },
  called: "`Name`, with or without the dot at its end",
  id: "Id",
  arn: ({ partition }, { id }) => `arn:${partition}:route53:::hostedzone/${id}`,
  nameOfArn: idOfArn,
  // Known to the tagging API in us-east-1 only; elsewhere the base branch's spec tells of a zone that left.
  foundByTagsAs: "route53:hostedzone",
  canonical: (entry) =>
    nameFrom("Name", {
      ...entry,
      name: entry.name === undefined ? undefined : dnsName(entry.name),
      properties: withName(entry.properties, dnsName),
    }),
  aliases: ({ properties: { Name } }) => [bareName(textOf(Name))],
  tags: {
    style: "list",
    set: (client, arn, added) => setTags(client, idIn(arn), added),
    remove: (client, arn, RemoveTagKeys) =>
      client.changeTagsForResource({ ResourceType: "hostedzone", ResourceId: idIn(arn), RemoveTagKeys }),
  },
  // An apply that stopped before it tagged its zone finds it by what it was created with.
  standing({ CallerReference, Name, Tags }, { stack }) {
    const isTagged = listOf(Tags).some((tag) => textOf(objectOf(tag).Key).startsWith("gc-"));
    const begun = textOf(CallerReference).startsWith(`${referenceOf(stack, textOf(Name))}-`);
    return begun && !isTagged && Array.isArray(Tags) ? { tags: ownershipTags(stack) } : {};
  },
  protected: "its name servers: a zone made again has others, which the registrar must be told",
  checks: ({ properties: { VPCs, DelegationSetId, Tags } }) => [
    ...(isEmpty(VPCs) || isEmpty(DelegationSetId)
      ? []
      : [{ path: "DelegationSetId", message: "is only for public zones, and VPCs make this one private" }]),
    ...(Object.keys(objectOf(Tags)).length > MOST_TAGS - OWN_TAGS
      ? [
          {
            path: "Tags",
            message: `has ${Object.keys(objectOf(Tags)).length} tags: Route 53 takes ${MOST_TAGS}, of which Gatewright needs up to ${OWN_TAGS}`,
          },
        ]
      : []),
  ],
  replaces: ({ path }, before, after) =>
    /^VPCs\b/.test(path) ? isPrivate(before) !== isPrivate(after) : undefined,
  usedElsewhere(live, ours) {
    const count = strangers(live, ours);
    return count > 0 ? `${count} record${count === 1 ? "" : "s"} in the zone` : undefined;
  },
  attributes: {
    id: "The zone's id.",
    "live.Id": "The zone's id.",
    "live.Arn": "The zone's ARN.",
    "live.NameServers": "Its name servers, with spaces between them: what the registrar is told.",
  },
  outputs: { NameServers: "NameServers" },
  writtenAt: ({ stack: { partition } }) => [`arn:${partition}:route53:::hostedzone/*`],
  permissions: {
    read: ["ListHostedZonesByName", "GetHostedZone", "ListTagsForResource"],
    write: [
      "CreateHostedZone",
      "UpdateHostedZoneComment",
      "AssociateVPCWithHostedZone",
      "DisassociateVPCFromHostedZone",
      "ChangeTagsForResource",
      "DeleteHostedZone",
    ],
    besides: { "ec2:DescribeVpcs": "to associate a private zone with a VPC" },
  },
  consequence: ({ name }) =>
    `Nothing under ${bareName(name)} resolves any longer until the registrar is told the name servers of a new zone.`,
  calls: {
    async named(client, name, { wanted }) {
      const found = await zonesOf(client, name);
      // A public and a private zone of one name are usual; the spec means one of them.
      if (wanted === undefined) return found;
      return found.filter(({ Config }) => (Config?.PrivateZone === true) === isPrivate(wanted));
    },
    complete: async ({ aws, once }, answer) =>
      described(await aws.client(route53), { once }, bareId(textOf(answer.Id))),
    byArn: (client, arn, reading) => described(client, reading, idIn(arn)),
    async create(client, input, { stack }) {
      const { Name = "", Tags = {}, VPCs, HostedZoneConfig, DelegationSetId } = input;
      const vpcs = vpcsIn({ VPCs: VPCs ?? [] });
      const [first] = vpcs;
      const made = await createOnce(
        client,
        {
          Name,
          ...(DelegationSetId === undefined ? {} : { DelegationSetId }),
          ...(first === undefined ? {} : { VPC: objectOf(listOf(VPCs)[0]) }),
          ...(HostedZoneConfig === undefined && first === undefined
            ? {}
            : { HostedZoneConfig: { ...objectOf(HostedZoneConfig), PrivateZone: first !== undefined } }),
        },
        referenceOf(stack, textOf(Name)),
      );
      const id = textOf(made.Id);
      await setTags(client, id, tagsOf({ Tags }));
      await setVpcs(client, id, vpcs.slice(0, 1), vpcs);
      const { CallerReference = "", NameServers = "" } = made;
      return { Id: id, CallerReference, NameServers };
    },
    async update(client, _input, { live, state, changed }) {
      const { Comment } = objectOf(state.HostedZoneConfig);
      if (changed("HostedZoneConfig"))
        await client.updateHostedZoneComment({ Id: live.id, Comment: textOf(Comment) });
      if (changed("VPCs")) await setVpcs(client, live.id, vpcsIn(live.state), vpcsIn(state));
      return {};
    },
    delete: (client, live) => client.deleteHostedZone({ Id: live.id }),
  },
});
