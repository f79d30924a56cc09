/** What a record can be made of: a dependency gives its name, its type and where it points to. */
import { bareName, dnsName } from "../dns-name.ts";
import { isUnknown, type JsonObject, type JsonValue, type Text } from "../../../model/values.ts";
import { own } from "../../../model/own.ts";
import type { DependencyKey, Entry } from "../../../spec/type-rules.ts";
import { listOf, objectOf, textOf } from "../../live-values.ts";
import type { Desired, ResolvedDependency } from "../../type.ts";

/** Of every distribution: https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

interface Source {
  /** What it names. */
  readonly type: string;
  /** Kind of record where the spec says none. */
  readonly record: "A" | "CNAME";
  /** Properties of the record. */
  of(dependency: ResolvedDependency, wanted: JsonObject): JsonObject;
  /** The record's domain name as far as the dependency's name says it; for validation, what it begins with. */
  hint?(name: string): string;
}

const alias = (HostedZoneId: JsonValue, DNSName: JsonValue): JsonObject => ({
  AliasTarget: { HostedZoneId, DNSName },
});
const lastPart = (name: string): string => name.split("::").at(-1) ?? name;

/** The CNAME by which AWS knows that a domain is the account's; each name of a certificate has its own. */
function validation({ attributes, attribute, name }: ResolvedDependency, wanted: JsonObject): JsonObject {
  const domain = textOf(wanted.ValidationDomain) || textOf(attributes?.DomainName) || name;
  const options = listOf(attributes?.DomainValidationOptions).map((option) =>
    textOf(objectOf(option).DomainName),
  );
  const at = Math.max(
    0,
    options.findIndex((one) => dnsName(one) === dnsName(domain)),
  );
  const of = (member: string): Text => attribute(`DomainValidationOptions.${at}.ResourceRecord.${member}`);
  return { Name: of("Name"), ResourceRecords: listed(of("Value")) };
}

/** A value that is not known yet leaves the list unknown: nothing is compared inside. */
const listed = (Value: Text): JsonValue => (isUnknown(Value) ? Value : [{ Value }]);

/** The first alias of a distribution, which the spec writes as AWS's list or as a list. */
function firstAlias({ Aliases }: JsonObject): JsonValue | undefined {
  return listOf(objectOf(Aliases).Items ?? Aliases)[0];
}

export const SOURCES: Readonly<Record<string, Source>> = {
  certificate: {
    type: "ACM::Certificate",
    record: "CNAME",
    of: validation,
    // Validation records begin with an underscore, which comes before every letter.
    hint: (name) => `_.${name.replace(/^\*\./, "")}`,
  },
  apiGatewayV2DomainName: {
    type: "ApiGatewayV2::DomainName",
    record: "A",
    of: ({ id, attribute }) => ({
      Name: id,
      ...alias(
        attribute("DomainNameConfigurations.0.HostedZoneId"),
        attribute("DomainNameConfigurations.0.ApiGatewayDomainName"),
      ),
    }),
    hint: (name) => name,
  },
  distribution: {
    type: "CloudFront::Distribution",
    record: "A",
    of: ({ properties: given, attribute }) => ({
      ...(firstAlias(given) === undefined ? {} : { Name: firstAlias(given) ?? "" }),
      ...alias(CLOUDFRONT_ZONE, attribute("DomainName")),
    }),
  },
  userPoolDomain: {
    type: "CognitoIdentityServiceProvider::UserPoolDomain",
    record: "A",
    of: ({ id, attribute }) => ({ Name: id, ...alias(CLOUDFRONT_ZONE, attribute("CloudFrontDistribution")) }),
    hint: lastPart,
  },
};

export const sourceDependencies: Readonly<Record<string, DependencyKey>> = Object.fromEntries(
  Object.entries(SOURCES).map(([key, { type }]) => [
    key,
    {
      type,
      ...(key === "distribution" ? { aliases: ["cloudFrontDistribution"] } : {}),
      // A certificate is issued once its record is there.
      ...(key === "certificate" ? { makesReady: true } : {}),
    },
  ]),
);

/** The dependency that a record is made of, by its key. */
export function sourceOf(
  dependencies: Entry["dependencies"],
): readonly [key: string, name: string] | undefined {
  for (const key of Object.keys(SOURCES)) {
    const [name] = own(dependencies, key) ?? [];
    if (name !== undefined) return [key, name];
  }
  return undefined;
}

/** The properties of the spec with what the dependency gives. */
export function withSource(wanted: JsonObject, desired: Desired): JsonObject {
  for (const [key, source] of Object.entries(SOURCES)) {
    const dependency = desired.dependency(key);
    if (dependency !== undefined) return { Type: source.record, ...source.of(dependency, wanted), ...wanted };
  }
  return wanted;
}

/** The record's name in the spec. */
export function recordName({ properties: given, dependencies }: Entry): string {
  const [Name, Type, domain, set] = [given.Name, given.Type, given.ValidationDomain, given.SetIdentifier].map(
    textOf,
  );
  const [key, dependency] = sourceOf(dependencies) ?? [];
  const source = key === undefined ? undefined : own(SOURCES, key);
  const parts =
    source === undefined
      ? [Type || "TYPE", Name === undefined || Name === "" ? "NAME" : dnsName(Name)]
      : [
          source.type,
          Type || source.record,
          dependency ?? "",
          ...(Name ? [dnsName(Name)] : []),
          ...(domain ? [bareName(domain)] : []),
        ];
  return ["record", ...parts, ...(set ? [set] : [])].join("::");
}

/** Where in a zone the record of a name in the spec stands; undefined where the name does not say it. */
export function hintOf(name: string, given: JsonObject | undefined): string | undefined {
  if (typeof given?.Name === "string" && given.Name !== "") return given.Name;
  const parts = name.split("::");
  const source = Object.values(SOURCES).find(({ type }) => name.startsWith(`record::${type}::`));
  if (source === undefined) return parts[2];
  const domain = textOf(given?.ValidationDomain);
  return source.hint?.(domain || parts.slice(4).join("::"));
}
