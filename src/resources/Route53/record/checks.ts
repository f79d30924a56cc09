/** What Route 53 would refuse, and what resolves but is probably not meant. */
import { hasMarker } from "../../../model/reference-marker.ts";
import { own } from "../../../model/own.ts";
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import type { Entry, EntryIssue, Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { doubtful, refused } from "../../findings.ts";
import { listOf, objectOf, textOf } from "../../live-values.ts";
import { bareName, dnsName } from "../dns-name.ts";
import { POLICIES } from "./properties.ts";
import { SOURCES, sourceOf } from "./sources.ts";

/** Forms of values: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
const FORMS: Readonly<Record<string, readonly [form: RegExp, words: string]>> = {
  A: [
    /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/,
    'an IPv4 address, such as "192.0.2.1"',
  ],
  AAAA: [/^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/, 'an IPv6 address, such as "2001:db8::1"'],
  CNAME: [/^[\w*\\-]+(\.[\w*\\-]+)*\.?$/, "a domain name"],
  MX: [/^\d+\s+\S+$/, 'a priority and a mail server, such as "10 mail.example.com"'],
  SPF: [/^(\s*"([^"\\]|\\.)*")+\s*$/, 'in quotation marks: "\\"v=spf1 -all\\""'],
  TXT: [/^(\s*"([^"\\]|\\.)*")+\s*$/, 'in quotation marks: "\\"some text\\""'],
};

function valueIssues({ Type, ResourceRecords }: JsonObject): readonly EntryIssue[] {
  const [form, words] = own(FORMS, textOf(Type)) ?? [];
  if (form === undefined) return [];
  return listOf(ResourceRecords).flatMap((item, at) => {
    const Value = textOf(objectOf(item).Value);
    if (form.test(Value) || hasMarker(Value)) return [];
    return [{ path: `ResourceRecords.${at}.Value`, message: `${JSON.stringify(Value)} is not ${words}` }];
  });
}

export function checks({ properties: given, dependencies }: Entry): readonly EntryIssue[] {
  const { Name, Type, TTL, ResourceRecords, AliasTarget, SetIdentifier, ValidationDomain } = given;
  const sources = Object.keys(SOURCES).filter((key) => (own(dependencies, key) ?? []).length > 0);
  const [source, second] = sources;
  const needs = `Or name one of the dependencies ${Object.keys(SOURCES).join(", ")}.`;
  const issue = (path: string, message: string, hint?: string): EntryIssue => ({
    path,
    message,
    ...(hint === undefined ? {} : { hint }),
  });
  const policies = POLICIES.filter((policy) => !isEmpty(given[policy]));
  const isNone = isEmpty(ResourceRecords) && isEmpty(AliasTarget);
  return [
    ...(second === undefined ? [] : [issue(`dependencies.${second}`, `is a second source beside ${source}`)]),
    ...(source === undefined && isEmpty(Name) ? [issue("Name", "is required", needs)] : []),
    ...(source === undefined && isEmpty(Type) ? [issue("Type", "is required", needs)] : []),
    ...(source === undefined && isNone
      ? [issue("ResourceRecords", "is required", `Or give AliasTarget. ${needs}`)]
      : []),
    ...(source !== undefined && !isNone
      ? [
          issue(
            isEmpty(AliasTarget) ? "ResourceRecords" : "AliasTarget",
            `cannot stand beside the dependency ${source}, which gives it`,
          ),
        ]
      : []),
    ...(!isEmpty(ResourceRecords) && !isEmpty(AliasTarget)
      ? [issue("AliasTarget", "cannot stand beside ResourceRecords: a record has values or is an alias")]
      : []),
    ...(TTL !== undefined && (!isEmpty(AliasTarget) || (source !== undefined && source !== "certificate"))
      ? [issue("TTL", "is not for an alias: it has its target's")]
      : []),
    ...(!isEmpty(ValidationDomain) && source !== "certificate"
      ? [issue("ValidationDomain", "is only for the dependency certificate")]
      : []),
    ...(textOf(Type) === "CNAME" && listOf(ResourceRecords).length > 1
      ? [issue("ResourceRecords", `has ${listOf(ResourceRecords).length} values: a CNAME has one`)]
      : []),
    ...(policies.length > 1 ? [issue(policies[1] ?? "", `cannot stand beside ${policies[0]}`)] : []),
    ...(policies.length > 0 && isEmpty(SetIdentifier)
      ? [issue("SetIdentifier", `is required with ${policies[0]}`)]
      : []),
    ...(policies.length === 0 && !isEmpty(SetIdentifier)
      ? [issue("SetIdentifier", `needs one of ${POLICIES.join(", ")}`)]
      : []),
    ...valueIssues(given),
  ];
}

/** Domain names that AWS gives to APIs and distributions: what is behind them can be a resource of the stack. */
const OF_AWS = [
  [
    /\.execute-api\.[\w-]+\.amazonaws\.com(\.cn)?\.?$/,
    "apiGatewayV2DomainName",
    "a custom domain of API Gateway",
  ],
  [/\.cloudfront\.net\.?$/, "distribution", "a CloudFront distribution"],
] as const;

const keyOf = (one: Linked, as: string): string | undefined => {
  const [target] = own(one.dependencies, as) ?? [];
  return target !== undefined && "key" in target ? target.key : undefined;
};

/** The text, if nothing in it is known later only. */
const plain = (value: unknown): string => (typeof value === "string" && !hasMarker(value) ? value : "");

export function inspect(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const [source, dependency = ""] = sourceOf(one.draft.entry.dependencies) ?? [];
  const zone = spec.byKey(one.parent ?? "")?.draft.name ?? "";
  const given = plain(one.properties.Name);
  const validated = plain(one.properties.ValidationDomain) || dependency;
  const target = source === undefined ? undefined : spec.byKey(keyOf(one, source) ?? "");
  const targetName = target === undefined ? "" : (target.draft.name.split("::").at(-1) ?? "");
  const ofSource = source === "certificate" ? validated.replace(/^\*\./, "") : targetName;
  const name = given !== "" ? given : source === "distribution" ? "" : ofSource;
  return [
    ...outside(given !== "" ? "Name" : undefined, name, zone),
    ...atApex(one, name, zone),
    ...(source === "distribution" ? unnamed(one, target) : []),
    ...elsewhere(one.properties),
    ...(source === "apiGatewayV2DomainName" || source === "userPoolDomain" ? differs(given, targetName) : []),
  ];
}

function outside(path: "Name" | undefined, name: string, zone: string): readonly Finding[] {
  if (name === "" || zone === "" || hasMarker(zone)) return [];
  const full = dnsName(name);
  if (full === zone || full.endsWith(`.${zone}`)) return [];
  const hint = `Name the hosted zone of ${bareName(full)} or of a domain above it in dependencies.hostedZone.`;
  if (path !== undefined) return [refused(path, `"${name}" is not in the zone ${bareName(zone)}`, hint)];
  return [refused(["dependencies", "hostedZone"], `"${name}" is not in the zone ${bareName(zone)}`, hint)];
}

/** Every zone has an SOA and an NS record of its own, which stay as AWS made them. */
function atApex(one: Linked, name: string, zone: string): readonly Finding[] {
  const Type = textOf(one.properties.Type);
  if (name === "" || dnsName(name) !== zone) return [];
  if (Type === "NS" || Type === "SOA")
    return [refused("Type", `"${Type}" of the zone's own name is AWS's`, "Leave the record out.")];
  if (Type !== "CNAME") return [];
  return [
    refused(
      "Type",
      `"CNAME" cannot have the zone's own name`,
      "Use an alias: Type A with AliasTarget, or a dependency.",
    ),
  ];
}

function unnamed(one: Linked, distribution: Linked | undefined): readonly Finding[] {
  const { Aliases } = distribution?.properties ?? {};
  const has = listOf(objectOf(Aliases).Items ?? Aliases).length > 0;
  if (has || distribution === undefined || !isEmpty(one.properties.Name)) return [];
  return [
    refused(
      "Name",
      "is required: the distribution has no Aliases",
      "Give the record a Name, and the distribution that name as an alias with a certificate.",
    ),
  ];
}

/** A domain that is made again has another name behind it, and the record would keep pointing to the old one. */
function elsewhere({ AliasTarget }: JsonObject): readonly Finding[] {
  const target = plain(objectOf(AliasTarget).DNSName);
  const [, dependency, what] = OF_AWS.find(([form]) => form.test(target)) ?? [];
  if (dependency === undefined) return [];
  return [
    doubtful(
      "ALIAS_OUTSIDE_STACK",
      ["AliasTarget", "DNSName"],
      `"${target}" is ${what} that is not in this stack: if it is made again, the record points to nothing`,
      `Name it in dependencies.${dependency}, or refer to it with getId.`,
    ),
  ];
}

/** What answers there knows only its own name: whoever comes by another is turned away. */
function differs(given: string, target: string): readonly Finding[] {
  if (given === "" || target === "" || dnsName(given) === dnsName(target)) return [];
  const first = dnsName(target).startsWith("*.") ? dnsName(target).slice(1) : undefined;
  if (first !== undefined && dnsName(given).endsWith(first)) return [];
  return [
    doubtful(
      "ALIAS_NAME_DIFFERS",
      "Name",
      `"${given}" leads to ${bareName(target)}, which answers only to its own name`,
      `Leave Name out, or make a domain for ${bareName(given)}.`,
    ),
  ];
}
