import { isDeepStrictEqual } from "node:util";
import * as client from "@aws-sdk/client-route-53";
import { pageLimit } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import { asked, answered, canonical, compareNames, lies } from "./names.ts";
import { bare, changeInfo, invalidInput, recordKey, type Zone, zone } from "./zones.ts";

const on = sdk<client.Route53>(client);
type Record = client.ResourceRecordSet;

const refused = (message: string): AwsError => new AwsError("InvalidChangeBatch", `[${message}]`);

/** Of a CloudFront distribution, whichever: https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html */
const CLOUDFRONT = "Z2FDTNDATAQYW2";

const FORMS: Readonly<Partial<{ [type: string]: readonly [RegExp, string] }>> = {
  A: [/^(\d{1,3}\.){3}\d{1,3}$/, "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)"],
  AAAA: [/^[0-9a-f:.]*:[0-9a-f:.]*$/i, "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)"],
  TXT: [/^("[^"]*"\s*)+$/, "InvalidCharacterString (Value should be enclosed in quotation marks)"],
  CNAME: [/^[\w.*\\-]+$/, "DomainLabelEmpty (Domain label is empty)"],
};

/** The record as it is kept: one form of names. */
function kept({ Name = "", AliasTarget, ...rest }: Record): Record {
  return {
    ...rest,
    Name: asked(Name),
    ...(AliasTarget === undefined
      ? {}
      : {
          AliasTarget: {
            HostedZoneId: bare(AliasTarget.HostedZoneId),
            DNSName: canonical(AliasTarget.DNSName ?? ""),
            EvaluateTargetHealth: AliasTarget.EvaluateTargetHealth ?? false,
          },
        }),
  } as Record;
}

function check(inZone: Zone, action: string, record: Record): void {
  const { Name = "", Type = "", SetIdentifier, TTL, ResourceRecords = [], AliasTarget } = record;
  const where = `Change with [Action=${action}, Name=${Name}, Type=${Type}, SetIdentifier=${SetIdentifier ?? null}]`;
  const isPlain = TTL !== undefined && ResourceRecords.length > 0;
  if (isPlain === (AliasTarget !== undefined))
    throw invalidInput(
      `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found ${isPlain ? "more than one" : "none"} in ${where}`,
    );
  if (!lies(Name, inZone.name))
    throw refused(`RRSet with DNS name ${Name} is not permitted in zone ${inZone.name}`);
  const [form, problem] = FORMS[Type] ?? [];
  const wrong = form === undefined ? undefined : ResourceRecords.find(({ Value = "" }) => !form.test(Value));
  if (wrong !== undefined)
    throw refused(`Invalid Resource Record: 'FATAL problem: ${problem} encountered with '${wrong.Value}''`);
  if (Type === "CNAME" && ResourceRecords.length > 1)
    throw refused(`InvalidChangeBatch: CNAME ${Name} can have one value only`);
  if (Type === "CNAME" && Name === inZone.name)
    throw refused(
      `RRSet of type CNAME with DNS name ${Name} is not permitted at apex in zone ${inZone.name}`,
    );
  const { HostedZoneId, DNSName = "" } = AliasTarget ?? {};
  if (HostedZoneId === CLOUDFRONT && !lies(DNSName, "cloudfront.net."))
    throw refused(
      `Tried to create an alias that targets ${DNSName}, type ${Type} in zone ${HostedZoneId}, but the alias target name does not lie within the target zone`,
    );
  const policies = [
    record.Weight,
    record.Region,
    record.GeoLocation,
    record.Failover,
    record.MultiValueAnswer,
  ];
  const some = policies.some((policy) => policy !== undefined);
  if (some !== (SetIdentifier !== undefined))
    throw invalidInput(
      `Invalid request: ${some ? "Missing field 'SetIdentifier'" : "Expected exactly one of [Weight, Region, Failover, GeoLocation, or MultiValueAnswer], but found none"} in ${where}`,
    );
}

function conflicts(records: ReadonlyMap<string, Record>, inZone: Zone, record: Record): void {
  const { Name = "", Type = "", SetIdentifier } = record;
  const others = [...records.values()].filter(
    (one) => one.Name === Name && recordKey(one) !== recordKey(record),
  );
  if (others.some((one) => (one.Type === "CNAME") !== (Type === "CNAME")))
    throw refused(
      `RRSet of type ${Type} with DNS name ${Name} is not permitted because a conflicting RRSet of type ${others[0]?.Type} with the same DNS name already exists in zone ${inZone.name}`,
    );
  const simple = others.some(
    (one) => one.Type === Type && (one.SetIdentifier === undefined) !== (SetIdentifier === undefined),
  );
  if (simple)
    throw refused(
      `RRSet with DNS name ${Name}, type ${Type}, SetIdentifier ${SetIdentifier ?? null} cannot be created as a RRSet with the same name and type but another routing policy already exists.`,
    );
}

/** One change on the records of a batch, which count only when all of them are right. */
function change(records: Map<string, Record>, inZone: Zone, action: string, record: Record): void {
  const key = recordKey(record);
  const named = `resource record set [name='${record.Name}', type='${record.Type}'${record.SetIdentifier === undefined ? "" : `, set identifier='${record.SetIdentifier}'`}]`;
  const present = records.get(key);
  check(inZone, action, record);
  if (action === "DELETE") {
    if (present === undefined) throw refused(`Tried to delete ${named} but it was not found`);
    if (!isDeepStrictEqual(present, record))
      throw refused(`Tried to delete ${named} but the values provided do not match the current values`);
    if (record.Name === inZone.name && (record.Type === "NS" || record.Type === "SOA"))
      throw refused(`A HostedZone must contain at least one ${record.Type} record for the zone itself.`);
    records.delete(key);
    return;
  }
  if (action === "CREATE" && present !== undefined)
    throw refused(`Tried to create ${named} but it already exists`);
  conflicts(records, inZone, record);
  records.set(key, record);
}

export const recordOperations = [
  on("changeResourceRecordSets", (ctx, { HostedZoneId, ChangeBatch = { Changes: undefined } }) => {
    const found = zone(ctx, HostedZoneId);
    const { Changes = [] } = ChangeBatch;
    if (Changes.length === 0) throw invalidInput("ChangeBatch must have at least one change");
    if (Changes.length > 1000) throw refused("Number of records limit of 1000 exceeded.");
    const records = new Map(found.records);
    for (const { Action = "", ResourceRecordSet } of Changes)
      if (ResourceRecordSet !== undefined) change(records, found, Action, kept(ResourceRecordSet));
    found.records = records;
    return { ChangeInfo: changeInfo(ctx) };
  }),
  on(
    "listResourceRecordSets",
    (ctx, { HostedZoneId, StartRecordName, StartRecordType, StartRecordIdentifier, MaxItems }) => {
      const found = zone(ctx, HostedZoneId);
      if (StartRecordType !== undefined && StartRecordName === undefined)
        throw invalidInput("Record name must be specified when record type is");
      const order = (a: Record, b: Record): number =>
        compareNames(a.Name ?? "", b.Name ?? "") ||
        (a.Type ?? "").localeCompare(b.Type ?? "") ||
        (a.SetIdentifier ?? "").localeCompare(b.SetIdentifier ?? "");
      const all = [...found.records.values()].sort(order);
      const from: Record | undefined =
        StartRecordName === undefined
          ? undefined
          : ({
              Name: asked(StartRecordName),
              Type: StartRecordType ?? "",
              SetIdentifier: StartRecordIdentifier,
            } as Record);
      const rest = from === undefined ? all : all.filter((one) => order(one, from) >= 0);
      const size = Math.min(300, pageLimit(ctx, MaxItems, 300));
      const next = rest[size];
      return {
        ResourceRecordSets: rest.slice(0, size).map((one) => ({ ...one, Name: answered(one.Name ?? "") })),
        IsTruncated: next !== undefined,
        MaxItems: size,
        NextRecordName: next === undefined ? undefined : answered(next.Name ?? ""),
        NextRecordType: next?.Type,
        NextRecordIdentifier: next?.SetIdentifier,
      };
    },
  ),
];
