/**
 * Records. Facts: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html. Whose they are:
 * docs/decisions/0024-records-are-ours-by-name.md.
 */
import type { Change, ResourceRecordSet, Route53 } from "@aws-sdk/client-route-53";
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isUnknown, type JsonObject, type JsonValue, withoutEmpty } from "../../../model/values.ts";
import type { Entry } from "../../../spec/type-rules.ts";
import { defineType } from "../../define.ts";
import { listOf, objectOf, textOf } from "../../live-values.ts";
import type { Live, Pairable } from "../../type.ts";
import { bareName, dnsName, dnsValue } from "../dns-name.ts";
import { HOSTED_ZONE } from "../HostedZone.ts";
import { route53 } from "../service.ts";
import { checks, inspect } from "./checks.ts";
import { identityOf, recordProperties } from "./properties.ts";
import { recordsOf } from "./read.ts";
import { recordName, sourceDependencies, withSource } from "./sources.ts";

const MEMBERS = Object.keys(recordProperties.shape).filter((key) => key !== "ValidationDomain");

/** The record as AWS takes it: of a live one, exactly as it was read, since AWS deletes nothing that differs. */
const asSent = (from: JsonObject): ResourceRecordSet => sdkInput(from, MEMBERS);

function change(client: Route53, HostedZoneId: string, ...Changes: Change[]): Promise<unknown> {
  return client.changeResourceRecordSets({ HostedZoneId, ChangeBatch: { Changes } });
}

/** The name in the spec of a record that no dependency names. */
function nameOf({ Name, Type, SetIdentifier }: JsonObject): string {
  const set = textOf(SetIdentifier);
  return ["record", textOf(Type), textOf(dnsValue(Name ?? "")), ...(set === "" ? [] : [set])].join("::");
}

/** Values as AWS's list; a text alone and a list of texts are taken too. */
function withValues({ ResourceRecords, ...rest }: JsonObject): JsonObject {
  if (ResourceRecords === undefined) return rest;
  const values = typeof ResourceRecords === "string" ? [ResourceRecords] : ResourceRecords;
  if (!Array.isArray(values)) return { ...rest, ResourceRecords };
  return { ...rest, ResourceRecords: values.map((Value) => (typeof Value === "string" ? { Value } : Value)) };
}

function canonical(entry: Entry): Entry {
  const { properties: given } = entry;
  const named = (value: JsonValue | undefined): JsonObject =>
    typeof value === "string" ? { Name: dnsName(value) } : value === undefined ? {} : { Name: value };
  const { Name, ...rest } = withValues(given);
  return { ...entry, properties: { ...named(Name), ...rest } };
}

/** Equal names, types and set identifiers pair; what is not known yet, by what `identified` called it. */
function pair(desired: readonly Pairable[], live: readonly Live[]): ReadonlyMap<Pairable, Live> {
  const byIdentity = new Map(live.map((one) => [identityOf(one.state), one]));
  const pairs = new Map<Pairable, Live>();
  for (const one of desired) {
    const found = byIdentity.get(identityOf(one.state));
    if (found !== undefined) pairs.set(one, found);
  }
  const taken = new Set(pairs.values());
  for (const one of desired) {
    if (!isUnknown(one.state.Name)) continue;
    const found = live.find(({ name }) => name === one.name);
    if (found !== undefined && !taken.has(found)) pairs.set(one, found);
  }
  return pairs;
}

export const record = defineType({
  type: "Route53::Record",
  summary:
    "A record of a hosted zone: of its own, or for a certificate, a custom domain, a distribution or a user pool's domain.",
  service: route53,
  properties: recordProperties,
  dependencies: {
    hostedZone: {
      type: HOSTED_ZONE,
      required: true,
      parent: true,
      foreignParent: true,
      deletedFirst: true,
    },
    ...sourceDependencies,
  },
  identity: { by: "parent", property: "Name" },
  id: "RecordId",
  called:
    "`record::TYPE::NAME`, such as `record::A::www.example.com.`; with a dependency `record::` and its type, `CNAME` or `A`, and its name: `record::ApiGatewayV2::DomainName::A::api.example.com`",
  alsoAccepted: {
    ResourceRecords: { as: "readonly string[]", says: "The values as texts." },
  },
  canonical,
  name: recordName,
  aliases: ({ name }) => (name === undefined ? [] : [name]),
  liveName: nameOf,
  pair,
  pairsSame: true,
  checks,
  inspect,
  attributes: {
    id: "The zone's id, the record's name and its type.",
    "live.Name": "The record's name, with a dot at its end.",
  },
  permissions: { read: ["ListResourceRecordSets"], write: ["ChangeResourceRecordSets"] },
  consequence: ({ state }) => `${bareName(textOf(state.Name))} no longer resolves to ${targetOf(state)}.`,
  fromSpec: withSource,
  fromAws: (answer, { parent }) => ({
    ...answer,
    RecordId: [parent?.id ?? "", dnsValue(answer.Name ?? ""), answer.Type ?? "", answer.SetIdentifier ?? ""]
      .filter((part) => part !== "")
      .join("_"),
  }),
  calls: {
    wholeList: ({ aws, once, lookups }, { parent }) =>
      parent === undefined
        ? Promise.resolve([])
        : once(`ListResourceRecordSets ${parent.id}`, () => recordsOf({ aws, lookups }, parent)),
    async create(client, input, { parent }) {
      // Not UPSERT: what somebody else made since the plan is not overwritten.
      await change(client, parent?.id ?? "", { Action: "CREATE", ResourceRecordSet: asSent(input) });
      return {};
    },
    async update(client, _input, { live, state }) {
      // As one batch it counts whole or not at all, and only while the record is still what the plan saw.
      await change(
        client,
        live.parentId ?? "",
        { Action: "DELETE", ResourceRecordSet: asSent(live.attributes) },
        { Action: "CREATE", ResourceRecordSet: asSent(withoutEmpty(state)) },
      );
      return {};
    },
    delete: (client, { parentId, attributes }) =>
      change(client, parentId ?? "", { Action: "DELETE", ResourceRecordSet: asSent(attributes) }),
  },
});

function targetOf({ AliasTarget, ResourceRecords }: JsonObject): string {
  const [first] = listOf(ResourceRecords);
  const alias = textOf(objectOf(AliasTarget).DNSName);
  return bareName(alias !== "" ? alias : textOf(objectOf(first).Value));
}
