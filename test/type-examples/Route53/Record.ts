import { entry } from "../beside.ts";
import type { TypeExample } from "../example.ts";

const zone = entry("Route53", "HostedZone", { Name: "shop.example." });
const GROUP = "CognitoIdentityServiceProvider";
const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const pool = entry(GROUP, "UserPool", { PoolName: "users" });
const domain = entry(
  GROUP,
  "UserPoolDomain",
  { Domain: "auth.shop.example", CustomDomainConfig: { CertificateArn: CERTIFICATE } },
  { userPool: "users" },
);
const certificate = entry("ACM", "Certificate", {
  DomainName: "shop.example",
  SubjectAlternativeNames: ["*.shop.example"],
});
const validation = entry(
  "Route53",
  "Record",
  {},
  { hostedZone: "shop.example.", certificate: "shop.example" },
);
const customDomain = entry(
  "ApiGatewayV2",
  "DomainName",
  { DomainName: "api.shop.example" },
  { certificates: ["shop.example"] },
);
const inZone = { beside: [zone], dependencies: { hostedZone: "shop.example." } };
const values = (...texts: string[]) => texts.map((Value) => ({ Value }));
const plain = { Name: "www.shop.example.", Type: "A", ResourceRecords: values("192.0.2.1") };
const withPolicy = (as: string, policy: object, changed: Record<string, string | number>, more = {}) => ({
  as,
  ...inZone,
  full: { ...plain, SetIdentifier: "one", ...policy, ...more },
  minimal: { ...plain, SetIdentifier: "one", ...policy },
  needed: ["Name", "Type", "ResourceRecords", "SetIdentifier", ...Object.keys(policy)],
  changed,
});

export const example: TypeExample = {
  type: "Route53::Record",
  cloudFormation: [{ type: "AWS::Route53::RecordSet" }],
  differences: {
    "CidrRoutingConfig: only there": "routing by address blocks; not supported yet",
    "Comment: only there": "of the change, not of the record; AWS keeps it nowhere",
    "HostedZoneId: only there": "the dependency `hostedZone` gives it",
    "HostedZoneName: only there": "the dependency `hostedZone` gives it",
    "Name: replaces there only": "a record of another name takes its place in one batch",
    "Name: required there only": "dependencies can give it",
    "ResourceRecords[].Value: only here":
      "as in the SDK; CloudFormation has a list of texts, which is taken too",
    "Type: required there only": "dependencies can give it",
    "ValidationDomain: only here": "one of several names of a certificate",
  },
  onMiniStack: true,
  lives: [
    {
      as: "values",
      ...inZone,
      full: { Name: "www.shop.example.", Type: "CNAME", TTL: 60, ResourceRecords: values("a.example") },
      minimal: { Name: "www.shop.example", Type: "CNAME", ResourceRecords: values("b.example.") },
      needed: ["Name", "Type", "ResourceRecords"],
      changed: {
        Name: "*.shop.example.",
        Type: "PTR",
        TTL: 600,
        ResourceRecords: values("c.example."),
      },
    },
    {
      as: "alias",
      ...inZone,
      full: {
        Name: "cdn.shop.example.",
        Type: "A",
        AliasTarget: {
          HostedZoneId: "Z2FDTNDATAQYW2",
          DNSName: "d111111abcdef8.cloudfront.net",
          EvaluateTargetHealth: true,
        },
      },
      minimal: {
        Name: "cdn.shop.example.",
        Type: "A",
        AliasTarget: { HostedZoneId: "Z2FDTNDATAQYW2", DNSName: "d111111abcdef8.cloudfront.net" },
      },
      needed: ["Name", "Type", "AliasTarget", "AliasTarget.HostedZoneId", "AliasTarget.DNSName"],
      changed: {
        "AliasTarget.HostedZoneId": "Z1UJRXOUMOOFQ8",
        "AliasTarget.DNSName": "d222222abcdef8.cloudfront.net",
        "AliasTarget.EvaluateTargetHealth": false,
      },
    },
    withPolicy(
      "weighted",
      { Weight: 1 },
      { SetIdentifier: "two", Weight: 2, HealthCheckId: "h2" },
      { HealthCheckId: "h1" },
    ),
    withPolicy("by latency", { Region: "us-east-1" }, { Region: "eu-west-1" }),
    withPolicy("failover", { Failover: "PRIMARY" }, { Failover: "SECONDARY" }, { HealthCheckId: "h1" }),
    withPolicy("multivalue", { MultiValueAnswer: true }, {}),
    {
      ...withPolicy(
        "by country",
        { GeoLocation: { CountryCode: "US", SubdivisionCode: "NY" } },
        { "GeoLocation.CountryCode": "UA", "GeoLocation.SubdivisionCode": "05" },
      ),
      needed: ["Name", "Type", "ResourceRecords", "SetIdentifier", "GeoLocation", "GeoLocation.CountryCode"],
    },
    {
      ...withPolicy(
        "by continent",
        { GeoLocation: { ContinentCode: "EU" } },
        { "GeoLocation.ContinentCode": "AS" },
      ),
      needed: [
        "Name",
        "Type",
        "ResourceRecords",
        "SetIdentifier",
        "GeoLocation",
        "GeoLocation.ContinentCode",
      ],
    },
    {
      as: "of a certificate",
      beside: [zone, certificate],
      dependencies: { hostedZone: "shop.example.", certificate: "shop.example" },
      full: { TTL: 60, ValidationDomain: "shop.example" },
      minimal: {},
      changed: { TTL: 600, ValidationDomain: "*.shop.example" },
      unseen: { ValidationDomain: "a domain name and its wildcard are validated by one record" },
    },
    {
      as: "of a custom domain",
      beside: [zone, certificate, validation, customDomain],
      dependencies: { hostedZone: "shop.example.", apiGatewayV2DomainName: "api.shop.example" },
      full: { Type: "A" },
      minimal: {},
      changed: { Type: "AAAA" },
    },
    {
      as: "of a user pool's domain",
      beside: [zone, pool, domain],
      dependencies: { hostedZone: "shop.example", userPoolDomain: "auth.shop.example" },
      full: { Type: "A" },
      minimal: {},
      needed: [],
      changed: { Type: "AAAA" },
    },
  ],
  notChanged: { MultiValueAnswer: "AWS takes no `false`: without it, the record has another routing policy" },
};
