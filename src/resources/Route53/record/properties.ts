/** What a record is made of. Facts: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
import type { JsonObject, JsonValue } from "../../../model/values.ts";
import { optional, required } from "../../facts.ts";
import { objectOf } from "../../live-values.ts";
import { enumText, flag, limitedText, patternText, properties, wholeNumber } from "../../schema.ts";
import { bareId, dnsName, dnsValue, domainText } from "../dns-name.ts";

/** Seconds for which resolvers may keep what they are told, where a spec does not say. */
const TTL = 300;

const isAlias = (given: JsonObject): boolean => given.AliasTarget !== undefined;

/** Values that are domain names are one with and without the dot at their end. */
function sameForm(value: JsonValue): JsonValue {
  if (!Array.isArray(value)) return value;
  return value.map((item) => {
    const { Value } = objectOf(item);
    const isName =
      typeof Value === "string" && /^[\w*-]+(\.[\w*-]+)+\.?$/.test(Value) && !/^[\d.]+$/.test(Value);
    return isName ? { Value: dnsName(Value) } : item;
  });
}

const zoneId = (value: JsonValue): JsonValue => (typeof value === "string" ? bareId(value) : value);

export const recordProperties = properties({
  Name: optional(domainText("a record's name"), "The domain name, with or without a dot at the end.", {
    defaultWords: "from the dependency",
    spelling: dnsValue,
  }),
  Type: optional(
    enumText(
      "A",
      "AAAA",
      "CAA",
      "CNAME",
      "DS",
      "HTTPS",
      "MX",
      "NAPTR",
      "NS",
      "PTR",
      "SOA",
      "SPF",
      "SRV",
      "SSHFP",
      "SVCB",
      "TLSA",
      "TXT",
    ),
    "Kind of record.",
    { defaultWords: "`CNAME` for a certificate, `A` for the other dependencies" },
  ),
  TTL: optional(wholeNumber(0, 2_147_483_647), "Seconds for which resolvers may keep the answer.", {
    default: (given) => (isAlias(given) ? undefined : TTL),
    defaultWords: `\`${TTL}\`, none for an alias`,
  }),
  ResourceRecords: optional(
    properties({
      Value: required(limitedText(4000, 1), "The value; texts of TXT records in quotation marks."),
    }).array(),
    "The values.",
    { unordered: true, spelling: sameForm, defaultWords: "from the dependency certificate" },
  ),
  AliasTarget: optional(
    properties({
      HostedZoneId: required(
        patternText(/^(\/hostedzone\/)?[A-Z0-9]{1,32}$/, "a hosted zone's id"),
        "Zone of the target: AWS's own for each service and region.",
        {
          spelling: zoneId,
        },
      ),
      DNSName: required(limitedText(1024, 1), "Domain name of the target.", { spelling: dnsValue }),
      EvaluateTargetHealth: optional(flag(), "Whether it answers only while the target is healthy.", {
        default: false,
      }),
    }),
    "What it is an alias of.",
    { defaultWords: "from the dependency" },
  ),
  ValidationDomain: optional(
    domainText("a domain name"),
    "With the dependency certificate: which of its names the record validates.",
    { ignored: true, defaultWords: "the certificate's DomainName" },
  ),
  SetIdentifier: optional(
    limitedText(128, 1),
    "Tells records of one name and type apart, with a routing policy.",
  ),
  Weight: optional(wholeNumber(0, 255), "Weighted: its share among those of its name."),
  Region: optional(limitedText(64, 1), "Latency: the region where it answers from."),
  Failover: optional(enumText("PRIMARY", "SECONDARY"), "Failover: which of the two it is."),
  MultiValueAnswer: optional(flag(), "Multivalue: one of up to eight that are answered together."),
  GeoLocation: optional(
    properties({
      ContinentCode: optional(patternText(/^[A-Z]{2}$/, "a continent's two letters"), "Continent."),
      CountryCode: optional(
        patternText(/^([A-Z]{2}|\*)$/, "a country's two letters, or *"),
        "Country; `*` for all others.",
      ),
      SubdivisionCode: optional(limitedText(3, 1), "State of the United States, or region of Ukraine."),
    }),
    "Geolocation: where the question comes from.",
  ),
  HealthCheckId: optional(limitedText(64), "Health check without which it is not answered."),
});

/** The members that tell one record of a zone from another. */
export const identityOf = ({ Name, Type, SetIdentifier }: JsonObject): string =>
  JSON.stringify([Name ?? null, Type ?? null, SetIdentifier ?? ""]);

/** Routing policies: a record has one, with a set identifier, or none. */
export const POLICIES = ["Weight", "Region", "Failover", "MultiValueAnswer", "GeoLocation"] as const;
