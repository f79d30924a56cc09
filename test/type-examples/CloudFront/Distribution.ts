import type { TypeExample } from "../example.ts";

const NO_CACHE = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const CACHE = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const arn = (service: string, what: string, region = "us-east-1"): string =>
  `arn:aws:${service}:${region}:123456789012:${what}`;
const certificate = (n: number): string => arn("acm", `certificate/11111111-2222-3333-4444-55555555555${n}`);
const api = (host = "a1b2c3.execute-api.us-east-1.amazonaws.com", more = {}) => ({
  Id: "api",
  DomainName: host,
  ...more,
});
const plain = {
  Origins: { Items: [api(), { Id: "other", DomainName: "other.example" }] },
  DefaultCacheBehavior: { TargetOriginId: "api", CachePolicyId: NO_CACHE },
};
const files = {
  Id: "files",
  DomainName: "files.s3.us-east-1.amazonaws.com",
  S3OriginConfig: { OriginAccessIdentity: "" },
};

const each = (why: string, ...lines: string[]) => Object.fromEntries(lines.map((line) => [line, why]));
const onlyThere = (path: string): string => `${path}: only there`;
/** Of the default behavior and of the others. */
const ofBehaviors = (line: string): string[] => [
  `DefaultCacheBehavior.${line}`,
  `CacheBehaviors.Items[].${line}`,
];

/** Lists of a behavior: one without `Items` is as good as none. */
const LISTS = [
  ...["AllowedMethods", "AllowedMethods.CachedMethods", "TrustedSigners", "TrustedKeyGroups"],
  ...["LambdaFunctionAssociations", "FunctionAssociations"],
];

export const example: TypeExample = {
  type: "CloudFront::Distribution",
  cloudFormation: [
    {
      type: "AWS::CloudFront::Distribution",
      within: "DistributionConfig",
      listsHaveItems: true,
      renamed: {
        IPV6Enabled: "IsIPV6Enabled",
        "DefaultCacheBehavior.CachedMethods": "AllowedMethods.CachedMethods",
        "CacheBehaviors.Items[].CachedMethods": "AllowedMethods.CachedMethods",
        "Origins.Items[].OriginCustomHeaders": "CustomHeaders",
        "Origins.Items[].CustomOriginConfig.OriginSSLProtocols": "OriginSslProtocols",
        "ViewerCertificate.AcmCertificateArn": "ACMCertificateArn",
        "ViewerCertificate.IamCertificateId": "IAMCertificateId",
        "ViewerCertificate.SslSupportMethod": "SSLSupportMethod",
      },
    },
  ],
  differences: {
    ...each(
      "not supported yet; one that is there is kept, as unknown.ts says",
      ...["AnycastIpListId", "CacheTagConfig", "ConnectionFunctionAssociation", "ConnectionMode"].map(
        onlyThere,
      ),
      ...["ContinuousDeploymentPolicyId", "TenantConfig", "ViewerMtlsConfig"].map(onlyThere),
      ...["CustomOriginConfig.OriginMtlsConfig", "ResponseCompletionTimeout", "VpcOriginConfig"].map((one) =>
        onlyThere(`Origins.Items[].${one}`),
      ),
    ),
    ...each("old spellings of Aliases and Origins", ...["CNAMEs", "CustomOrigin", "S3Origin"].map(onlyThere)),
    ...each(
      "old settings, whose place cache policies have taken",
      ...["DefaultTTL", "ForwardedValues", "MaxTTL", "MinTTL"].flatMap((one) => ofBehaviors(onlyThere(one))),
    ),
    ...each(
      "needed here, because the old settings are not supported",
      ...ofBehaviors("CachePolicyId: required here only"),
    ),
    ...each(
      "required in the SDK",
      ...["FunctionAssociations.Items[].FunctionARN", "LambdaFunctionAssociations.Items[].LambdaFunctionARN"]
        .flatMap((one) => [one, one.replace(/\w+ARN$/, "EventType")])
        .flatMap((one) => ofBehaviors(`${one}: required here only`)),
      "Origins: required here only",
    ),
    ...each(
      "config.ts fills it in, as AWS does",
      ...["Compress", "SmoothStreaming"].flatMap((one) =>
        ofBehaviors(`${one}: false there when not given; here not said`),
      ),
      "Logging.IncludeCookies: false there when not given; here not said",
      "Origins.Items[].CustomOriginConfig.HTTPPort: 80 there when not given; here not said",
      "Origins.Items[].CustomOriginConfig.HTTPSPort: 443 there when not given; here not said",
      "Origins.Items[].CustomOriginConfig.OriginKeepaliveTimeout: 5 there when not given; here not said",
      ...["CustomOriginConfig", "S3OriginConfig"].map(
        (one) => `Origins.Items[].${one}.OriginReadTimeout: 30 there when not given; here not said`,
      ),
    ),
    ...each(
      "has a default here",
      ...ofBehaviors("ViewerProtocolPolicy: required there only"),
      "Enabled: required there only",
      "Origins.Items[].CustomOriginConfig.OriginProtocolPolicy: required there only",
    ),
    ...each(
      "a member of the SDK that CloudFormation sets where the list or the bucket is given",
      ...["TrustedKeyGroups", "TrustedSigners"].flatMap((one) => ofBehaviors(`${one}.Enabled: only here`)),
      "Logging.Enabled: only here",
    ),
    ...each(
      "CloudFormation has this one list as the SDK has it",
      ...["OriginGroups.Items.Items: only there", "OriginGroups.Quantity: only there"],
      ...["FailoverCriteria", "Id", "Members", "SelectionCriteria"].map(
        (one) => `OriginGroups.Items[].${one}: only here`,
      ),
    ),
    ...each(
      "the countries: Items in the SDK, Locations there",
      "Restrictions.GeoRestriction.Items: only here",
      "Restrictions.GeoRestriction.Locations: only there",
    ),
    "CustomErrorResponses.Items[].ErrorCachingMinTTL: 300 there when not given; here not said":
      "AWS's guide says 10 seconds, which config.ts fills in",
    "HttpVersion: http1.1 there when not given; here http2":
      "API_DistributionConfig: http2 for new distributions",
    "Staging: replaces here only": "UpdateDistribution does not take another value",
  },
  onMiniStack: true,
  lives: [
    {
      as: "for an API",
      beside: [],
      name: "api",
      full: {
        Origins: { Items: [api(undefined, { OriginPath: "/v1" }), files] },
        DefaultCacheBehavior: {
          TargetOriginId: "api",
          ViewerProtocolPolicy: "https-only",
          CachePolicyId: NO_CACHE,
          OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
          ResponseHeadersPolicyId: "60669652-455b-4ae9-85a4-c4c02393f86c",
          AllowedMethods: {
            Items: ["GET", "HEAD", "OPTIONS"],
            CachedMethods: { Items: ["GET", "HEAD", "OPTIONS"] },
          },
          Compress: true,
          SmoothStreaming: true,
          TrustedSigners: { Enabled: true, Items: ["self"] },
          TrustedKeyGroups: { Enabled: true, Items: ["k1"] },
          LambdaFunctionAssociations: {
            Items: [{ LambdaFunctionARN: arn("lambda", "function:look:1"), EventType: "viewer-request" }],
          },
          FunctionAssociations: {
            Items: [{ FunctionARN: arn("cloudfront", "function/look", ""), EventType: "viewer-response" }],
          },
          FieldLevelEncryptionId: "f1",
          RealtimeLogConfigArn: arn("cloudfront", "realtime-log-config/a", ""),
          GrpcConfig: { Enabled: true },
        },
      },
      minimal: {
        Origins: { Items: [api()] },
        DefaultCacheBehavior: { TargetOriginId: "api", CachePolicyId: NO_CACHE },
      },
      needed: [
        ...["Origins", "Origins.Items", "DefaultCacheBehavior", "DefaultCacheBehavior.TargetOriginId"],
        ...["DefaultCacheBehavior.CachePolicyId", "DefaultCacheBehavior.GrpcConfig.Enabled"],
        ...LISTS.map((list) => `DefaultCacheBehavior.${list}.Items`),
      ],
      changed: {
        "Origins.Items": [api("d4e5f6.execute-api.us-east-1.amazonaws.com"), files],
        "DefaultCacheBehavior.ViewerProtocolPolicy": "allow-all",
        "DefaultCacheBehavior.CachePolicyId": CACHE,
        "DefaultCacheBehavior.OriginRequestPolicyId": "216adef6-5c7f-47e4-b989-5492eafa07d3",
        "DefaultCacheBehavior.ResponseHeadersPolicyId": "67f7725c-6f97-4210-82d7-5512b31e9d03",
        "DefaultCacheBehavior.AllowedMethods.Items": [
          "GET",
          "HEAD",
          "OPTIONS",
          "PUT",
          "POST",
          "PATCH",
          "DELETE",
        ],
        "DefaultCacheBehavior.AllowedMethods.CachedMethods.Items": ["GET", "HEAD"],
        "DefaultCacheBehavior.Compress": false,
        "DefaultCacheBehavior.SmoothStreaming": false,
        "DefaultCacheBehavior.TrustedSigners.Enabled": false,
        "DefaultCacheBehavior.TrustedSigners.Items": ["123456789012"],
        "DefaultCacheBehavior.TrustedKeyGroups.Enabled": false,
        "DefaultCacheBehavior.TrustedKeyGroups.Items": ["k2"],
        "DefaultCacheBehavior.LambdaFunctionAssociations.Items": [
          {
            LambdaFunctionARN: arn("lambda", "function:look:2"),
            EventType: "viewer-request",
            IncludeBody: true,
          },
        ],
        "DefaultCacheBehavior.FunctionAssociations.Items": [
          { FunctionARN: arn("cloudfront", "function/see", ""), EventType: "viewer-response" },
        ],
        "DefaultCacheBehavior.FieldLevelEncryptionId": "f2",
        "DefaultCacheBehavior.RealtimeLogConfigArn": arn("cloudfront", "realtime-log-config/b", ""),
        "DefaultCacheBehavior.GrpcConfig.Enabled": false,
      },
    },
    {
      as: "with every other setting",
      beside: [],
      name: "api",
      full: {
        Origins: { Items: [api(), files] },
        DefaultCacheBehavior: { TargetOriginId: "api", CachePolicyId: NO_CACHE },
        CacheBehaviors: {
          Items: [{ PathPattern: "/f/*", TargetOriginId: "files", CachePolicyId: CACHE }],
        },
        OriginGroups: {
          Items: [
            {
              Id: "both",
              FailoverCriteria: { StatusCodes: { Items: [500] } },
              Members: { Items: [{ OriginId: "api" }, { OriginId: "files" }] },
            },
          ],
        },
        Aliases: { Items: ["shop.example"] },
        ViewerCertificate: {
          ACMCertificateArn: certificate(1),
          SSLSupportMethod: "vip",
          MinimumProtocolVersion: "TLSv1.2_2019",
        },
        CustomErrorResponses: {
          Items: [{ ErrorCode: 404, ResponsePagePath: "/404", ResponseCode: "404" }],
        },
        Comment: "The shop",
        DefaultRootObject: "index.html",
        Enabled: false,
        HttpVersion: "http2and3",
        IsIPV6Enabled: true,
        PriceClass: "PriceClass_100",
        Logging: { Enabled: false, IncludeCookies: true, Bucket: "logs.s3.amazonaws.com", Prefix: "a/" },
        Restrictions: { GeoRestriction: { RestrictionType: "whitelist", Items: ["DE"] } },
        WebACLId: arn("wafv2", "global/webacl/a/1"),
        Staging: true,
        Tags: { team: "a" },
      },
      minimal: {
        Origins: { Items: [api()] },
        DefaultCacheBehavior: { TargetOriginId: "api", CachePolicyId: NO_CACHE },
      },
      needed: [
        ...["Origins", "Origins.Items", "DefaultCacheBehavior", "DefaultCacheBehavior.TargetOriginId"],
        ...["DefaultCacheBehavior.CachePolicyId", "ViewerCertificate", "ViewerCertificate.ACMCertificateArn"],
        ...["CacheBehaviors.Items", "OriginGroups.Items", "Aliases.Items", "CustomErrorResponses.Items"],
        ...["Restrictions.GeoRestriction", "Restrictions.GeoRestriction.RestrictionType"],
        "Restrictions.GeoRestriction.Items",
      ],
      changed: {
        "CacheBehaviors.Items": [{ PathPattern: "/g/*", TargetOriginId: "files", CachePolicyId: NO_CACHE }],
        "OriginGroups.Items": [
          {
            Id: "both",
            FailoverCriteria: { StatusCodes: { Items: [502] } },
            Members: { Items: [{ OriginId: "files" }, { OriginId: "api" }] },
            SelectionCriteria: "media-quality-based",
          },
        ],
        "Aliases.Items": ["www.shop.example"],
        "ViewerCertificate.ACMCertificateArn": certificate(2),
        "ViewerCertificate.SSLSupportMethod": "sni-only",
        "ViewerCertificate.MinimumProtocolVersion": "TLSv1.2_2025",
        "CustomErrorResponses.Items": [{ ErrorCode: 500, ErrorCachingMinTTL: 1 }],
        Comment: "The other shop",
        DefaultRootObject: "start.html",
        Enabled: true,
        HttpVersion: "http1.1",
        IsIPV6Enabled: false,
        PriceClass: "PriceClass_200",
        "Logging.Enabled": true,
        "Logging.IncludeCookies": false,
        "Logging.Bucket": "other.s3.amazonaws.com",
        "Logging.Prefix": "b/",
        "Restrictions.GeoRestriction.RestrictionType": "blacklist",
        "Restrictions.GeoRestriction.Items": ["FR"],
        WebACLId: arn("wafv2", "global/webacl/b/2"),
        Staging: false,
        Tags: { team: "b" },
      },
    },
    {
      as: "with a certificate of IAM",
      beside: [],
      name: "api",
      full: {
        ...plain,
        ViewerCertificate: { IAMCertificateId: "A1" },
      },
      minimal: plain,
      needed: [
        "Origins",
        "Origins.Items",
        "DefaultCacheBehavior",
        "DefaultCacheBehavior.TargetOriginId",
        "DefaultCacheBehavior.CachePolicyId",
      ],
      changed: { "ViewerCertificate.IAMCertificateId": "A2", "DefaultCacheBehavior.TargetOriginId": "other" },
    },
    {
      as: "with CloudFront's certificate",
      beside: [],
      name: "api",
      full: { ...plain, ViewerCertificate: { CloudFrontDefaultCertificate: true } },
      minimal: plain,
      needed: [
        "Origins",
        "Origins.Items",
        "DefaultCacheBehavior",
        "DefaultCacheBehavior.TargetOriginId",
        "DefaultCacheBehavior.CachePolicyId",
      ],
      changed: {},
      unseen: {
        ViewerCertificate: "it is the default",
        "ViewerCertificate.CloudFrontDefaultCertificate": "it is the default",
      },
    },
  ],
  notChanged: {
    "ViewerCertificate.CloudFrontDefaultCertificate": "the other kinds of certificate are the other values",
  },
};
