/** What CloudFront puts where nothing is sent: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html */
import type {
  CacheBehavior,
  DefaultCacheBehavior,
  DistributionConfig,
  Origin,
  ViewerCertificate,
} from "@aws-sdk/client-cloudfront";

const origin = (given: Origin): Origin => ({
  OriginPath: "",
  CustomHeaders: { Quantity: 0 },
  ConnectionAttempts: 3,
  ConnectionTimeout: 10,
  OriginShield: { Enabled: false },
  OriginAccessControlId: "",
  ...given,
  ...(given.CustomOriginConfig === undefined
    ? {}
    : {
        CustomOriginConfig: {
          OriginSslProtocols: { Quantity: 2, Items: ["TLSv1", "SSLv3"] },
          OriginReadTimeout: 30,
          OriginKeepaliveTimeout: 5,
          ...given.CustomOriginConfig,
        },
      }),
});

function behavior<Behavior extends DefaultCacheBehavior | CacheBehavior>(given: Behavior): Behavior {
  return {
    TrustedSigners: { Enabled: false, Quantity: 0 },
    TrustedKeyGroups: { Enabled: false, Quantity: 0 },
    AllowedMethods: {
      Quantity: 2,
      Items: ["HEAD", "GET"],
      CachedMethods: { Quantity: 2, Items: ["HEAD", "GET"] },
    },
    SmoothStreaming: false,
    Compress: false,
    LambdaFunctionAssociations: { Quantity: 0 },
    FunctionAssociations: { Quantity: 0 },
    FieldLevelEncryptionId: "",
    GrpcConfig: { Enabled: false },
    ...given,
  };
}

/** The answer repeats a certificate in an older form. */
function certificate(given: ViewerCertificate | undefined): ViewerCertificate {
  const { ACMCertificateArn, IAMCertificateId } = given ?? {};
  if (ACMCertificateArn !== undefined)
    return {
      CloudFrontDefaultCertificate: false,
      ...given,
      Certificate: ACMCertificateArn,
      CertificateSource: "acm",
    };
  if (IAMCertificateId !== undefined)
    return {
      CloudFrontDefaultCertificate: false,
      ...given,
      Certificate: IAMCertificateId,
      CertificateSource: "iam",
    };
  return {
    CloudFrontDefaultCertificate: true,
    SSLSupportMethod: "vip",
    MinimumProtocolVersion: "TLSv1",
    CertificateSource: "cloudfront",
  };
}

export function completed(given: DistributionConfig): DistributionConfig {
  const { Origins, DefaultCacheBehavior: first, CacheBehaviors, ViewerCertificate: shown } = given;
  const paths = CacheBehaviors?.Items ?? [];
  const { Items = [] } = Origins ?? {};
  return {
    Aliases: { Quantity: 0 },
    DefaultRootObject: "",
    OriginGroups: { Quantity: 0 },
    CustomErrorResponses: { Quantity: 0 },
    Logging: { Enabled: false, IncludeCookies: false, Bucket: "", Prefix: "" },
    PriceClass: "PriceClass_All",
    Restrictions: { GeoRestriction: { RestrictionType: "none", Quantity: 0 } },
    WebACLId: "",
    HttpVersion: "http2",
    IsIPV6Enabled: false,
    ContinuousDeploymentPolicyId: "",
    Staging: false,
    ...given,
    Origins: { Quantity: Items.length, Items: Items.map(origin) },
    DefaultCacheBehavior: first === undefined ? undefined : behavior(first),
    CacheBehaviors: { Quantity: paths.length, ...(paths.length > 0 ? { Items: paths.map(behavior) } : {}) },
    ViewerCertificate: certificate(shown),
  };
}
