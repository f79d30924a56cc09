/** A certificate of another region than the one that it is taken in. */
import { describe, expect, it } from "vitest";
import { resourceTypes } from "../../../../src/resources/registry.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import type { WrittenEntry } from "../../../../src/spec/draft.ts";
import { build, errorsOf, ref } from "../../spec/building.ts";

const HOST = "api.example.com";
const arnIn = (region: string) =>
  `arn:aws:acm:${region}:123456789012:certificate/11111111-2222-3333-4444-555555555555`;
const OURS = ref("ACM::Certificate", HOST);
const certificate: WrittenEntry = { type: "Certificate", group: "ACM", properties: { DomainName: HOST } };
const pool: WrittenEntry = {
  type: "UserPool",
  group: "CognitoIdentityServiceProvider",
  properties: { PoolName: "members" },
};

const domainName = (CertificateArn: string, more: JsonObject = {}): WrittenEntry => ({
  type: "DomainName",
  group: "ApiGatewayV2",
  properties: { DomainName: HOST, DomainNameConfigurations: [{ CertificateArn, ...more }] },
});
const dependent = (certificates: string): WrittenEntry => ({
  type: "DomainName",
  group: "ApiGatewayV2",
  properties: { DomainName: HOST },
  dependencies: { certificates: [certificates] },
});
const signIn = (properties: JsonObject, dependencies: JsonObject = {}): WrittenEntry => ({
  type: "UserPoolDomain",
  group: "CognitoIdentityServiceProvider",
  properties: { Domain: HOST, ...properties },
  dependencies: { userPool: "members", ...dependencies },
});
const distribution = (properties: JsonObject, dependencies: JsonObject = {}): WrittenEntry => ({
  type: "Distribution",
  group: "CloudFront",
  properties: {
    Origins: { Items: [{ Id: "one", DomainName: "one.example.com" }] },
    DefaultCacheBehavior: { TargetOriginId: "one", CachePolicyId: "p" },
    Aliases: { Items: [HOST] },
    ...properties,
  },
  dependencies,
});
const viewer = (ACMCertificateArn: string): JsonObject => ({ ViewerCertificate: { ACMCertificateArn } });
const custom = (CertificateArn: string): JsonObject => ({ CustomDomainConfig: { CertificateArn } });

const AWAY: readonly (readonly [string, WrittenEntry, string])[] = [
  ["a regional domain name by ARN", domainName(arnIn("us-east-1")), "eu-west-2"],
  ["a regional domain name by a dependency's ARN", dependent(arnIn("us-east-1")), "eu-west-2"],
  ["an EDGE endpoint by ARN", domainName(arnIn("eu-west-2"), { EndpointType: "EDGE" }), "us-east-1"],
  ["an EDGE endpoint by getId", domainName(OURS, { EndpointType: "EDGE" }), "us-east-1"],
  ["a user pool's domain by ARN", signIn(custom(arnIn("eu-west-2"))), "us-east-1"],
  ["a user pool's domain by a dependency", signIn({}, { certificate: HOST }), "us-east-1"],
  ["a distribution by a dependency", distribution({}, { certificate: HOST }), "us-east-1"],
  [
    "a distribution by a dependency's ARN",
    distribution({}, { certificate: arnIn("eu-west-2") }),
    "us-east-1",
  ],
  ["a distribution by getId", distribution(viewer(OURS)), "us-east-1"],
];
const HERE: readonly (readonly [string, WrittenEntry])[] = [
  ["a regional domain name by ARN", domainName(arnIn("eu-west-2"))],
  ["a regional domain name by getId", domainName(OURS)],
  ["a regional domain name by a dependency", dependent(HOST)],
  ["an EDGE endpoint by ARN", domainName(arnIn("us-east-1"), { EndpointType: "EDGE" })],
  ["a user pool's domain by ARN", signIn(custom(arnIn("us-east-1")))],
  ["a distribution by ARN", distribution(viewer(arnIn("us-east-1")))],
];

describe("in a stack of eu-west-2", () => {
  const options = { registry: resourceTypes, region: "eu-west-2" };

  it.each(AWAY)("%s: one of another region is refused", async (_how, taker, region) => {
    const errors = await errorsOf([certificate, pool, taker], options);
    expect(errors.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(new RegExp(`^PROPERTY_INVALID .* takes only certificates of ${region}$`)),
    ]);
  });

  it.each(HERE)("%s: the right one is taken", async (_how, taker) => {
    await expect(build([certificate, pool, taker], options)).resolves.toBeDefined();
  });
});

it("in us-east-1 all of them take the stack's own", async () => {
  const all = [distribution(viewer(OURS)), signIn({}, { certificate: HOST }), domainName(OURS)];
  await expect(build([certificate, pool, ...all], { registry: resourceTypes })).resolves.toBeDefined();
});

it("where CloudFront takes them from is not guessed in other partitions", async () => {
  const one = distribution({}, { certificate: HOST });
  const options = { registry: resourceTypes, region: "cn-north-1" };
  await expect(build([certificate, one], options)).resolves.toBeDefined();
});
