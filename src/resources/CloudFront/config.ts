/**
 * A distribution's configuration in one form, complete, and as AWS takes it. UpdateDistribution resets what it is not sent, so
 * everything that the spec leaves out is written out, and what only AWS knows is sent back as it was.
 */
import { isUnknown, type JsonObject, type JsonValue } from "../../model/values.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";
import { behavior, distributionProperties, origin, pathBehavior } from "./properties.ts";
import { originWithUnknown, withUnknown } from "./unknown.ts";

const itemsOf = (value: JsonValue | undefined): readonly JsonValue[] => listOf(objectOf(value).Items);
const textOrder = (left: JsonValue, right: JsonValue): number =>
  JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;

/** `{ [key]: { Items } }`, or nothing for an empty list: AWS answers both for none. */
function wrapped(key: string, list: readonly JsonValue[]): JsonObject {
  return list.length === 0 ? {} : { [key]: { Items: [...list] } };
}

/** The members of a schema that are given and not empty. */
function pick(given: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.flatMap((key): [string, JsonValue][] => {
      const value = given[key];
      return value === undefined || value === null || value === "" ? [] : [[key, value]];
    }),
  );
}

function originOf(value: JsonValue): JsonValue {
  const given = objectOf(value);
  const { CustomHeaders, S3OriginConfig: bucket, CustomOriginConfig, OriginShield } = given;
  const server = objectOf(CustomOriginConfig);
  const protocols = itemsOf(server.OriginSslProtocols);
  const shield = objectOf(OriginShield);
  return {
    ...pick(given, ["Id", "DomainName", "OriginPath", "OriginAccessControlId"]),
    ConnectionAttempts: given.ConnectionAttempts ?? 3,
    ConnectionTimeout: given.ConnectionTimeout ?? 10,
    ...wrapped("CustomHeaders", itemsOf(CustomHeaders)),
    ...(shield.Enabled === true ? { OriginShield: pick(shield, ["Enabled", "OriginShieldRegion"]) } : {}),
    ...(bucket !== undefined && bucket !== null
      ? {
          S3OriginConfig: {
            OriginAccessIdentity: "",
            OriginReadTimeout: 30,
            ...pick(objectOf(bucket), ["OriginAccessIdentity", "OriginReadTimeout"]),
          },
        }
      : {
          CustomOriginConfig: {
            HTTPPort: 80,
            HTTPSPort: 443,
            OriginProtocolPolicy: "https-only",
            OriginReadTimeout: 30,
            OriginKeepaliveTimeout: 5,
            IpAddressType: "ipv4",
            ...pick(server, [
              "HTTPPort",
              "HTTPSPort",
              "OriginProtocolPolicy",
              "OriginReadTimeout",
              "OriginKeepaliveTimeout",
              "IpAddressType",
            ]),
            OriginSslProtocols: {
              Items: protocols.length === 0 ? ["TLSv1.2"] : [...protocols].sort(textOrder),
            },
          },
        }),
  };
}

const READS = ["GET", "HEAD"];

function behaviorOf(value: JsonValue): JsonValue {
  const given = objectOf(value);
  const methods = itemsOf(given.AllowedMethods);
  const cached = itemsOf(objectOf(given.AllowedMethods).CachedMethods);
  const signers = (key: "TrustedSigners" | "TrustedKeyGroups"): JsonObject => {
    const one = objectOf(given[key]);
    const list = [...itemsOf(one)].sort(textOrder);
    return one.Enabled === true || list.length > 0
      ? { [key]: { Enabled: one.Enabled ?? true, Items: list } }
      : {};
  };
  return {
    ...pick(given, [
      "PathPattern",
      "TargetOriginId",
      "CachePolicyId",
      "OriginRequestPolicyId",
      "ResponseHeadersPolicyId",
      "FieldLevelEncryptionId",
      "RealtimeLogConfigArn",
    ]),
    ViewerProtocolPolicy: given.ViewerProtocolPolicy ?? "redirect-to-https",
    AllowedMethods: {
      Items: [...(methods.length === 0 ? READS : methods)].sort(textOrder),
      CachedMethods: { Items: [...(cached.length === 0 ? READS : cached)].sort(textOrder) },
    },
    Compress: given.Compress ?? false,
    SmoothStreaming: given.SmoothStreaming ?? false,
    GrpcConfig: { Enabled: objectOf(given.GrpcConfig).Enabled ?? false },
    ...signers("TrustedSigners"),
    ...signers("TrustedKeyGroups"),
    ...wrapped(
      "LambdaFunctionAssociations",
      itemsOf(given.LambdaFunctionAssociations)
        .map((one): JsonValue => ({ IncludeBody: false, ...objectOf(one) }))
        .sort(textOrder),
    ),
    ...wrapped("FunctionAssociations", [...itemsOf(given.FunctionAssociations)].sort(textOrder)),
  };
}

function groupOf(value: JsonValue): JsonValue {
  const { Id = "", FailoverCriteria, Members, SelectionCriteria } = objectOf(value);
  return {
    Id,
    FailoverCriteria: { StatusCodes: { Items: [...itemsOf(objectOf(FailoverCriteria).StatusCodes)] } },
    Members: { Items: [...itemsOf(Members)] },
    SelectionCriteria: SelectionCriteria ?? "default",
  };
}

function certificateOf(value: JsonValue | undefined): JsonObject {
  const given = objectOf(value);
  const { ACMCertificateArn: arn, IAMCertificateId: id } = given;
  const own = [arn, id].some((one) => one !== undefined && one !== null && one !== "");
  if (!own) return { ViewerCertificate: { CloudFrontDefaultCertificate: true } };
  return {
    ViewerCertificate: {
      SSLSupportMethod: "sni-only",
      MinimumProtocolVersion: "TLSv1.2_2021",
      ...pick(given, ["ACMCertificateArn", "IAMCertificateId", "SSLSupportMethod", "MinimumProtocolVersion"]),
    },
  };
}

function loggingOf(value: JsonValue | undefined): JsonObject {
  const given = objectOf(value);
  const on = given.Enabled ?? textOf(given.Bucket) !== "";
  if (on !== true && textOf(given.Bucket) === "") return {};
  return {
    Logging: {
      Enabled: on,
      IncludeCookies: given.IncludeCookies ?? false,
      ...pick(given, ["Bucket", "Prefix"]),
    },
  };
}

function restrictionsOf(value: JsonValue | undefined): JsonObject {
  const geo = objectOf(objectOf(value).GeoRestriction);
  const { RestrictionType = "none" } = geo;
  if (RestrictionType === "none") return {};
  return { Restrictions: { GeoRestriction: { RestrictionType, Items: [...itemsOf(geo)].sort(textOrder) } } };
}

const idOf = (one: JsonValue): string => textOf(objectOf(one).Id);
const byId = (left: JsonValue, right: JsonValue): number => (idOf(left) < idOf(right) ? -1 : 1);

/** Of a spec's properties or of AWS's answer: nested defaults written out, lists without an order in one. */
export function canonicalConfig(given: JsonObject): JsonObject {
  const {
    Origins,
    OriginGroups,
    DefaultCacheBehavior,
    CacheBehaviors,
    Aliases,
    CustomErrorResponses,
    ...rest
  } = given;
  const { ViewerCertificate, Logging, Restrictions, ...plain } = rest;
  if (isUnknown(Origins)) return given;
  return {
    ...plain,
    ...wrapped("Origins", itemsOf(Origins).map(originOf).sort(byId)),
    ...wrapped("OriginGroups", itemsOf(OriginGroups).map(groupOf).sort(byId)),
    DefaultCacheBehavior: behaviorOf(DefaultCacheBehavior ?? {}),
    ...wrapped("CacheBehaviors", itemsOf(CacheBehaviors).map(behaviorOf)),
    ...wrapped("Aliases", [...itemsOf(Aliases)].sort(textOrder)),
    ...wrapped(
      "CustomErrorResponses",
      itemsOf(CustomErrorResponses)
        .map(
          (one): JsonValue => ({
            ErrorCachingMinTTL: 10,
            ...pick(objectOf(one), ["ErrorCode", "ResponsePagePath", "ResponseCode", "ErrorCachingMinTTL"]),
          }),
        )
        .sort(textOrder),
    ),
    ...certificateOf(ViewerCertificate),
    ...loggingOf(Logging),
    ...restrictionsOf(Restrictions),
  };
}

/** What answers have and specs copy: the number beside every list, and a certificate's older form. */
export function withoutCounts(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutCounts);
  if (typeof value !== "object" || value === null) return value;
  const left = Object.entries(value).filter(
    ([key]) => key !== "Quantity" && key !== "Certificate" && key !== "CertificateSource",
  );
  return Object.fromEntries(left.map(([key, one]) => [key, withoutCounts(one)]));
}

/** Lists that say something also when they are empty. */
const LISTS = new Set(["TrustedSigners", "TrustedKeyGroups", "GeoRestriction"]);

/** AWS wants the number of every list beside it. */
function counted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(counted);
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      LISTS.has(key) ? counted({ Items: [], ...objectOf(one) }) : counted(one),
    ]),
  );
  return Array.isArray(inner.Items) ? { ...inner, Quantity: inner.Items.length } : inner;
}

/** What stands for nothing, where leaving a member out could keep or refuse it. */
const NONE: JsonObject = {
  Aliases: { Quantity: 0 },
  CacheBehaviors: { Quantity: 0 },
  CustomErrorResponses: { Quantity: 0 },
  OriginGroups: { Quantity: 0 },
  DefaultRootObject: "",
  WebACLId: "",
  Logging: { Enabled: false, IncludeCookies: false, Bucket: "", Prefix: "" },
  Restrictions: { GeoRestriction: { RestrictionType: "none", Quantity: 0 } },
};

function eachWithUnknown(
  key: "Origins" | "CacheBehaviors",
  live: JsonObject,
  sent: JsonObject,
  known: readonly string[],
  same: "Id" | "PathPattern",
): JsonObject {
  const before = itemsOf(live[key]);
  const merged = key === "Origins" ? originWithUnknown : withUnknown;
  const items = itemsOf(sent[key]).map((one) =>
    merged(
      before.find((other) => objectOf(other)[same] === objectOf(one)[same]),
      one,
      known,
    ),
  );
  return items.length === 0 ? {} : { [key]: { Items: items, Quantity: items.length } };
}

/** The whole configuration for a create or an update. `live`: what AWS has, for an update. */
export function sentConfig(state: JsonObject, CallerReference: string, live: JsonObject = {}): JsonObject {
  const { Tags: _tags, ...config } = state;
  const sent = objectOf(counted(config));
  return {
    ...objectOf(withUnknown(live, {}, Object.keys(distributionProperties.shape))),
    ...NONE,
    ...sent,
    ...eachWithUnknown("Origins", live, sent, Object.keys(origin.shape), "Id"),
    ...eachWithUnknown("CacheBehaviors", live, sent, Object.keys(pathBehavior.shape), "PathPattern"),
    DefaultCacheBehavior: withUnknown(
      live.DefaultCacheBehavior,
      sent.DefaultCacheBehavior ?? {},
      Object.keys(behavior.shape),
    ),
    Comment: state.Comment ?? "",
    CallerReference,
  };
}
