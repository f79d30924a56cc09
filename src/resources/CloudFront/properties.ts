/** What a distribution is made of. Facts: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html */
import * as z from "zod";
import { optional, required } from "../facts.ts";
import {
  arnText,
  enumText,
  flag,
  limitedText,
  patternText,
  properties,
  tags,
  text,
  wholeNumber,
} from "../schema.ts";

/** AWS's lists: `Items`; their number is counted. */
function items<Element extends z.ZodType>(element: Element, says: string) {
  return { Items: optional(z.array(element), says) };
}
const listOf = <Element extends z.ZodType>(element: Element, says: string) =>
  properties(items(element, says));
const anId = (what: string) => limitedText(4096).describe(what);

const METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"] as const;
const EVENTS = ["viewer-request", "viewer-response", "origin-request", "origin-response"] as const;
const trusted = (what: string) =>
  properties({ Enabled: optional(flag(), "Whether addresses must be signed."), ...items(text(), what) });

export const customOrigin = properties({
  HTTPPort: optional(wholeNumber(1, 65_535), "Port for HTTP. Default: 80."),
  HTTPSPort: optional(wholeNumber(1, 65_535), "Port for HTTPS. Default: 443."),
  OriginProtocolPolicy: optional(
    enumText("http-only", "match-viewer", "https-only"),
    "How CloudFront talks to it. Default: `https-only`.",
  ),
  OriginSslProtocols: optional(
    listOf(enumText("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"), "The protocols."),
    "Which TLS it may speak. Default: `TLSv1.2`.",
  ),
  OriginReadTimeout: optional(wholeNumber(1, 120), "Seconds to wait for an answer. Default: 30."),
  OriginKeepaliveTimeout: optional(wholeNumber(1, 120), "Seconds to keep a connection. Default: 5."),
  IpAddressType: optional(
    enumText("ipv4", "ipv6", "dualstack"),
    "Addresses that are asked for. Default: `ipv4`.",
  ),
});

export const bucketOrigin = properties({
  OriginAccessIdentity: optional(
    text(),
    "Identity of the older kind; `OriginAccessControlId` is AWS's advice.",
  ),
  OriginReadTimeout: optional(wholeNumber(1, 120), "Seconds to wait for an answer. Default: 30."),
});

export const originShield = properties({
  Enabled: optional(flag(), "Whether there is one. Default: false."),
  OriginShieldRegion: optional(patternText(/^[a-z]{2}-[a-z]+-\d$/, "a region"), "Its region."),
});

export const origin = properties({
  Id: required(limitedText(4096, 1), "Name of the origin, by which behaviors know it."),
  DomainName: required(limitedText(4096, 1), "Host name of the origin."),
  OriginPath: optional(limitedText(4096), "Path in front of every request's. Default: none."),
  CustomHeaders: optional(
    listOf(
      properties({
        HeaderName: required(text(), "Name of the header."),
        HeaderValue: required(text(), "Its value.", { sensitive: true }),
      }),
      "Headers that CloudFront adds.",
    ),
    "Headers that CloudFront adds to what it sends there.",
  ),
  S3OriginConfig: optional(bucketOrigin, "For a bucket."),
  CustomOriginConfig: optional(
    customOrigin,
    "For an API or any other server. Default for an origin without S3OriginConfig.",
  ),
  ConnectionAttempts: optional(wholeNumber(1, 3), "How often it tries to connect. Default: 3."),
  ConnectionTimeout: optional(wholeNumber(1, 10), "Seconds to wait for a connection. Default: 10."),
  OriginShield: optional(originShield, "A cache in front of the origin."),
  OriginAccessControlId: optional(
    anId("Origin access control."),
    "Origin access control that signs requests.",
  ),
});

const behaviorShape = {
  TargetOriginId: required(limitedText(4096, 1), "Origin, or group of origins, that answers."),
  ViewerProtocolPolicy: optional(
    enumText("allow-all", "https-only", "redirect-to-https"),
    "What becomes of HTTP. Default: `redirect-to-https`.",
  ),
  CachePolicyId: required(
    limitedText(4096, 1),
    "What is cached, for how long and by which parts of a request; AWS's own for APIs: `4135ea2d-6df8-44a3-9df3-4b5a84be39ad` caches nothing.",
  ),
  OriginRequestPolicyId: optional(anId("Policy."), "What the origin gets to see of a request."),
  ResponseHeadersPolicyId: optional(anId("Policy."), "Headers that are added to answers."),
  AllowedMethods: optional(
    properties({
      ...items(enumText(...METHODS), "The methods."),
      CachedMethods: optional(
        listOf(enumText(...METHODS), "The methods."),
        "Methods whose answers are cached. Default: `GET` and `HEAD`.",
      ),
    }),
    "Methods that are passed on: `GET` and `HEAD`, these and `OPTIONS`, or all seven. Default: `GET` and `HEAD`.",
  ),
  Compress: optional(flag(), "Whether answers are compressed. Default: false."),
  SmoothStreaming: optional(flag(), "For Microsoft Smooth Streaming. Default: false."),
  TrustedSigners: optional(
    trusted("Accounts."),
    "Accounts that sign addresses; key groups are AWS's advice.",
  ),
  TrustedKeyGroups: optional(trusted("Key groups."), "Key groups that sign addresses."),
  LambdaFunctionAssociations: optional(
    listOf(
      properties({
        LambdaFunctionARN: required(arnText("lambda"), "ARN of a version of a function in us-east-1."),
        EventType: required(enumText(...EVENTS), "When it is called."),
        IncludeBody: optional(flag(), "Whether it gets the body. Default: false."),
      }),
      "The functions.",
    ),
    "Lambda functions that are called on the way.",
  ),
  FunctionAssociations: optional(
    listOf(
      properties({
        FunctionARN: required(arnText("cloudfront"), "ARN of the function."),
        EventType: required(enumText(...EVENTS), "When it is called."),
      }),
      "The functions.",
    ),
    "CloudFront functions that are called on the way.",
  ),
  FieldLevelEncryptionId: optional(anId("Configuration."), "Which fields are encrypted."),
  RealtimeLogConfigArn: optional(arnText("cloudfront"), "Where requests are logged as they come."),
  GrpcConfig: optional(
    properties({ Enabled: required(flag(), "Whether gRPC is passed on.") }),
    "For gRPC. Default: off.",
  ),
};
export const behavior = properties(behaviorShape);
export const pathBehavior = properties({
  PathPattern: required(limitedText(255, 1), "Paths that it is for, such as `/api/*`."),
  ...behaviorShape,
});

export const distributionProperties = properties({
  Origins: required(
    listOf(origin, "The origins."),
    "Where answers come from. The default behavior's origin gives the distribution its name in the spec.",
  ),
  DefaultCacheBehavior: required(behavior, "What happens to requests that no other behavior is for."),
  CacheBehaviors: optional(
    listOf(pathBehavior, "The behaviors, the first that fits counts."),
    "Behaviors by path.",
  ),
  OriginGroups: optional(
    listOf(
      properties({
        Id: required(limitedText(4096, 1), "Name of the group."),
        FailoverCriteria: required(
          properties({
            StatusCodes: required(
              listOf(z.number(), "The codes."),
              "Status codes for which the second is asked.",
            ),
          }),
          "When the second is asked.",
        ),
        Members: required(
          listOf(properties({ OriginId: required(text(), "Id of an origin.") }), "The two."),
          "The first origin and the second.",
        ),
        SelectionCriteria: optional(
          enumText("default", "media-quality-based"),
          "How one is chosen. Default: `default`.",
        ),
      }),
      "The groups.",
    ),
    "Pairs of origins of which the second stands in for the first.",
  ),
  Aliases: optional(
    listOf(patternText(/^(\*\.)?[\w-]+(\.[\w-]+)+$/, "a domain name"), "The domain names."),
    "Domain names of your own, for which the certificate is. A Route53::Record that depends on the distribution leads there.",
  ),
  ViewerCertificate: optional(
    properties({
      CloudFrontDefaultCertificate: optional(
        flag(),
        "CloudFront's own certificate, for a distribution without Aliases.",
      ),
      ACMCertificateArn: optional(
        patternText(
          /^(arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+)?$/,
          "the ARN of a certificate in us-east-1",
        ),
        "Certificate in us-east-1. Default: from the dependency certificate.",
      ),
      IAMCertificateId: optional(limitedText(32), "Certificate that was uploaded to IAM."),
      SSLSupportMethod: optional(enumText("sni-only", "vip", "static-ip"), "Default: `sni-only`."),
      MinimumProtocolVersion: optional(
        enumText(
          "SSLv3",
          "TLSv1",
          "TLSv1_2016",
          "TLSv1.1_2016",
          "TLSv1.2_2018",
          "TLSv1.2_2019",
          "TLSv1.2_2021",
          "TLSv1.2_2025",
          "TLSv1.3_2025",
        ),
        "The oldest TLS that it takes. Default: `TLSv1.2_2021`.",
      ),
    }),
    "The certificate.",
    { defaultWords: "CloudFront's own, for its own domain name" },
  ),
  CustomErrorResponses: optional(
    listOf(
      properties({
        ErrorCode: required(z.number(), "Status of the origin."),
        ResponsePagePath: optional(text(), "Page that is answered instead."),
        ResponseCode: optional(text(), "Status with which it is answered."),
        ErrorCachingMinTTL: optional(wholeNumber(0), "Seconds for which the error is cached. Default: 10."),
      }),
      "The answers.",
    ),
    "What is answered in place of errors.",
  ),
  Comment: optional(limitedText(128), "Free text.", { default: "" }),
  DefaultRootObject: optional(limitedText(255), "What `/` answers: `index.html`."),
  Enabled: optional(flag(), "Whether it answers.", { default: true }),
  HttpVersion: optional(
    enumText("http1.1", "http2", "http3", "http2and3"),
    "The newest HTTP that it speaks.",
    {
      default: "http2",
      // Its answers write HTTP2.
      spelling: (value) => (typeof value === "string" ? value.toLowerCase() : value),
    },
  ),
  IsIPV6Enabled: optional(flag(), "Whether it has IPv6 addresses.", { default: false }),
  PriceClass: optional(
    enumText("None", "PriceClass_100", "PriceClass_200", "PriceClass_All"),
    "Places that it answers from.",
    {
      default: "PriceClass_All",
    },
  ),
  Logging: optional(
    properties({
      Enabled: optional(flag(), "Whether requests are logged. Default: true where a bucket is given."),
      IncludeCookies: optional(flag(), "Whether with cookies. Default: false."),
      Bucket: optional(text(), "Host name of the bucket."),
      Prefix: optional(text(), "Prefix of the logs' names."),
    }),
    "Standard logging to a bucket.",
    { defaultWords: "none" },
  ),
  Restrictions: optional(
    properties({
      GeoRestriction: required(
        properties({
          RestrictionType: required(
            enumText("blacklist", "whitelist", "none"),
            "Whether the countries are kept out or let in.",
          ),
          ...items(patternText(/^[A-Z]{2}$/, "a country's two letters"), "The countries."),
        }),
        "By country.",
      ),
    }),
    "Who gets an answer.",
    { defaultWords: "everybody" },
  ),
  WebACLId: optional(text(), "ARN of the web ACL of AWS WAF that guards it."),
  Staging: optional(flag(), "Whether it is for continuous deployment.", { default: false, createOnly: true }),
  Tags: tags(),
});
