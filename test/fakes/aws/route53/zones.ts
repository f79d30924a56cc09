import * as client from "@aws-sdk/client-route-53";
import type { Ctx } from "../core/context.ts";
import { pageLimit } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import type { Tagged } from "../core/service.ts";
import { each, table } from "../core/table.ts";
import { tagProblem } from "../core/tags.ts";
import { type AccountState, need } from "../state.ts";
import { asked, answered, canonical, compareNames } from "./names.ts";

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
  readonly isPrivate: boolean;
  readonly delegationSet: client.DelegationSet | undefined;
  comment: string | undefined;
  vpcs: client.VPC[];
  /** By name, type and set identifier. */
  records: Map<string, client.ResourceRecordSet>;
  readonly tags: Map<string, string>;
}

const zones = table<AccountState, Zone>();
/** References are used up, also by zones that were deleted. */
const references = each<AccountState, Set<string>>(() => new Set());
const MOST_TAGS = 10;

const on = sdk<client.Route53>(client);

export const invalidInput = (message: string): AwsError => new AwsError("InvalidInput", message);
export const bare = (id = ""): string => id.replace(/^\/\w+\//, "");
export const recordKey = ({ Name, Type, SetIdentifier = "" }: client.ResourceRecordSet): string =>
  `${Name} ${Type} ${SetIdentifier}`;

export function zone(ctx: Ctx, id?: string): Zone {
  return need(
    zones(ctx.account).get(bare(id)),
    () =>
      // 404 as in the API's reference.
      new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${bare(id)}`, 404),
  );
}

export function changeInfo(ctx: Ctx): client.ChangeInfo {
  return { Id: `/change/${ctx.ids.upper("C", 20)}`, Status: "PENDING", SubmittedAt: ctx.now() };
}

/** What public DNS answers, where a zone of this account is asked; undefined where somebody else's is. */
export function publicValues(ctx: Ctx, Name: string, Type: string): readonly string[] | undefined {
  const asked = canonical(Name);
  const over = [...zones(ctx.account).values()].filter(
    ({ name, isPrivate }) => !isPrivate && (asked === name || asked.endsWith(`.${name}`)),
  );
  if (over.length === 0) return undefined;
  return over.flatMap(({ records }) =>
    [...records.values()]
      .filter((record) => record.Name === asked && record.Type === Type)
      .flatMap(({ ResourceRecords = [] }) => ResourceRecords.map(({ Value = "" }) => Value)),
  );
}

export const taggedZones = (ctx: Ctx): Tagged[] =>
  // Global resources are in us-east-1 for the tagging API.
  ctx.regionName === "us-east-1"
    ? [...zones(ctx.account).values()].map(({ id, tags }) => ({
        arn: `arn:${ctx.partition}:route53:::hostedzone/${id}`,
        tags,
      }))
    : [];

const shown = (one: Zone): client.HostedZone => ({
  Id: `/hostedzone/${one.id}`,
  Name: answered(one.name),
  CallerReference: one.reference,
  Config: { PrivateZone: one.isPrivate, ...(one.comment === undefined ? {} : { Comment: one.comment }) },
  ResourceRecordSetCount: one.records.size,
});

/** The records that every zone has. */
function ownRecords(name: string, servers: readonly string[]): Map<string, client.ResourceRecordSet> {
  const own: client.ResourceRecordSet[] = [
    {
      Name: name,
      Type: "NS",
      TTL: 172_800,
      ResourceRecords: servers.map((Value) => ({ Value: `${Value}.` })),
    },
    {
      Name: name,
      Type: "SOA",
      TTL: 900,
      ResourceRecords: [{ Value: `${servers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400` }],
    },
  ];
  return new Map(own.map((record) => [recordKey(record), record]));
}

export const zoneOperations = [
  on(
    "createHostedZone",
    (ctx, { Name = "", CallerReference = "", VPC, HostedZoneConfig = {}, DelegationSetId }) => {
      const name = canonical(Name);
      if (!/^(?=.{1,255}$)([a-z0-9_-]{1,63}\.)+$/.test(name))
        throw new AwsError("InvalidDomainName", `The domain name ${Name} is not valid`);
      if (references(ctx.account).has(CallerReference))
        throw new AwsError(
          "HostedZoneAlreadyExists",
          `A hosted zone has already been created with the specified caller reference: ${CallerReference}`,
          409,
        );
      if ((HostedZoneConfig.PrivateZone === true) !== (VPC !== undefined) && VPC === undefined)
        throw invalidInput("When you're creating a private hosted zone, you must specify a VPC");
      if (VPC !== undefined && DelegationSetId !== undefined)
        throw invalidInput("A private hosted zone cannot use a reusable delegation set");
      references(ctx.account).add(CallerReference);
      const id = ctx.ids.upper("Z", 20);
      const number = zones(ctx.account).size + 1;
      const NameServers = ["com", "net", "org", "co.uk"].map(
        (end, at) => `ns-${number * 10 + at}.awsdns-0${at}.${end}`,
      );
      const made: Zone = {
        id,
        name,
        reference: CallerReference,
        isPrivate: VPC !== undefined,
        delegationSet:
          VPC === undefined
            ? { NameServers, ...(DelegationSetId && { Id: `/delegationset/${DelegationSetId}` }) }
            : undefined,
        comment: HostedZoneConfig.Comment,
        vpcs: VPC === undefined ? [] : [VPC],
        records: ownRecords(name, NameServers),
        tags: new Map(),
      };
      zones(ctx.account).set(id, made);
      return {
        HostedZone: shown(made),
        ChangeInfo: changeInfo(ctx),
        DelegationSet: made.delegationSet,
        VPC,
        Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${id}`,
      };
    },
  ),
  on("getHostedZone", (ctx, { Id }) => {
    const found = zone(ctx, Id);
    return {
      HostedZone: shown(found),
      DelegationSet: found.delegationSet,
      VPCs: found.vpcs.length === 0 ? undefined : found.vpcs,
    };
  }),
  on("listHostedZonesByName", (ctx, { DNSName, HostedZoneId, MaxItems }) => {
    const all = [...zones(ctx.account).values()].sort(
      (a, b) => compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1),
    );
    const from = DNSName === undefined ? undefined : asked(DNSName);
    const start = all.findIndex(
      ({ name, id }) =>
        from === undefined ||
        compareNames(name, from) > 0 ||
        (name === from && (HostedZoneId === undefined || id >= bare(HostedZoneId))),
    );
    const size = pageLimit(ctx, MaxItems, 100);
    const rest = start < 0 ? [] : all.slice(start);
    const next = rest[size];
    return {
      HostedZones: rest.slice(0, size).map(shown),
      DNSName,
      IsTruncated: next !== undefined,
      NextDNSName: next?.name,
      NextHostedZoneId: next?.id,
      MaxItems: size,
    };
  }),
  on("updateHostedZoneComment", (ctx, { Id, Comment }) => {
    const found = zone(ctx, Id);
    found.comment = Comment === "" ? undefined : Comment;
    return { HostedZone: shown(found) };
  }),
  on("associateVPCWithHostedZone", (ctx, { HostedZoneId, VPC = {} }) => {
    const found = zone(ctx, HostedZoneId);
    if (!found.isPrivate)
      throw new AwsError("PublicZoneVPCAssociation", "Public hosted zones cannot be associated with a VPC");
    found.vpcs = [...found.vpcs.filter(({ VPCId }) => VPCId !== VPC.VPCId), VPC];
    return { ChangeInfo: changeInfo(ctx) };
  }),
  on("disassociateVPCFromHostedZone", (ctx, { HostedZoneId, VPC = {} }) => {
    const found = zone(ctx, HostedZoneId);
    const rest = found.vpcs.filter(({ VPCId }) => VPCId !== VPC.VPCId);
    if (rest.length === found.vpcs.length)
      throw new AwsError("VPCAssociationNotFound", `${VPC.VPCId} is not associated with the zone`, 404);
    if (rest.length === 0)
      throw new AwsError("LastVPCAssociation", "Cannot remove last VPC association for the private zone");
    found.vpcs = rest;
    return { ChangeInfo: changeInfo(ctx) };
  }),
  on("deleteHostedZone", (ctx, { Id }) => {
    const found = zone(ctx, Id);
    if (found.records.size > 2)
      throw new AwsError(
        "HostedZoneNotEmpty",
        "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
      );
    zones(ctx.account).delete(found.id);
    return { ChangeInfo: changeInfo(ctx) };
  }),
  on("changeTagsForResource", (ctx, { ResourceId, ResourceType, AddTags = [], RemoveTagKeys = [] }) => {
    if (ResourceType !== "hostedzone") throw invalidInput(`The fake has no ${ResourceType}`);
    const { tags } = zone(ctx, ResourceId);
    const next = new Map(tags);
    for (const key of RemoveTagKeys) next.delete(key);
    const added = Object.fromEntries(AddTags.map(({ Key = "", Value = "" }) => [Key, Value]));
    const problem = tagProblem(ctx, next, added);
    if (problem !== undefined) throw invalidInput(problem.message);
    for (const [key, value] of Object.entries(added)) next.set(key, value);
    if (next.size > MOST_TAGS) throw invalidInput(`A hosted zone has at most ${MOST_TAGS} tags`);
    tags.clear();
    for (const [key, value] of next) tags.set(key, value);
    return {};
  }),
  on("listTagsForResource", (ctx, { ResourceId, ResourceType }) => ({
    ResourceTagSet: {
      ResourceId,
      ResourceType,
      Tags: [...zone(ctx, ResourceId).tags].map(([Key, Value]) => ({ Key, Value })),
    },
  })),
];
