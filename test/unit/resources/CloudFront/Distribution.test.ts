/** Distributions through the engine: waited for, never lost unasked, and updated without resetting what the spec does not know. */
import { CloudFront } from "@aws-sdk/client-cloudfront";
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry, httpApi } from "../../../type-examples/beside.ts";

const NO_CACHE = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const ARN = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const simple: JsonObject = {
  Origins: { Items: [{ Id: "api", DomainName: "a.example" }] },
  DefaultCacheBehavior: { TargetOriginId: "api", CachePolicyId: NO_CACHE },
};
const cdn = (more: JsonObject = {}) => entry("CloudFront", "Distribution", { ...simple, ...more });
const spec = (...entries: ReturnType<typeof entry>[]) => ({
  "resources.js": specText({ entries, files: {} }),
});
const NOTHING = { "resources.js": "exports.createResources = () => [];" };
const ALLOWED = { allowDeletion: ["api"] };

/** As GruCloud's example has it: counted lists, the answer's form of the certificate, a host from getId. */
const GRUCLOUD = {
  "resources.js": `exports.createResources = () => [
  { group: "ApiGatewayV2", type: "Api", name: "my-api", properties: () => ({ ProtocolType: "HTTP" }) },
  {
    group: "CloudFront", type: "Distribution",
    properties: ({ getId }) => ({
      Comment: "", DefaultRootObject: "",
      Origins: { Items: [{
        Id: "my-api", DomainName: \`\${getId({ type: "Api", group: "ApiGatewayV2", name: "my-api", path: "live.Endpoint" })}\`,
        OriginPath: "", CustomHeaders: { Quantity: 0 },
        CustomOriginConfig: {
          HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only",
          OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2"] }, OriginReadTimeout: 30, OriginKeepaliveTimeout: 5,
        },
        ConnectionAttempts: 3, ConnectionTimeout: 10, OriginShield: { Enabled: false }, OriginAccessControlId: "",
      }] },
      DefaultCacheBehavior: {
        TargetOriginId: "my-api", TrustedSigners: { Enabled: false }, TrustedKeyGroups: { Enabled: false },
        ViewerProtocolPolicy: "redirect-to-https",
        AllowedMethods: { Quantity: 2, Items: ["HEAD", "GET"], CachedMethods: { Quantity: 2, Items: ["HEAD", "GET"] } },
        SmoothStreaming: false, Compress: true, FieldLevelEncryptionId: "",
        CachePolicyId: "${NO_CACHE}",
      },
      PriceClass: "PriceClass_All",
      ViewerCertificate: {
        CloudFrontDefaultCertificate: true, SSLSupportMethod: "vip", MinimumProtocolVersion: "TLSv1", CertificateSource: "cloudfront",
      },
    }),
    dependencies: () => ({ apiGatewayV2Apis: ["my-api"] }),
  },
];`,
};

it("a distribution of GruCloud's example waits until it is deployed, and converges", async () => {
  const { engine } = engineOnFake();
  const awaited: string[] = [];
  const result = await engine.apply(GRUCLOUD, {
    onEvent: (event) => {
      if (event.kind === "step-waiting") awaited.push(event.awaiting);
    },
  });
  expect(failuresOf(result)).toEqual([]);
  expect(awaited).toEqual(["distribution my-api to be deployed to all places"]);
  expect(result.outputs).toContainEqual(
    expect.objectContaining({ name: "DomainName", value: expect.stringMatching(/\.cloudfront\.net$/) }),
  );
  expect(changesOf(await engine.plan(GRUCLOUD))).toEqual([]);
});

it("an update sends everything, and leaves what no spec can say as it is", async () => {
  const { engine, fake, callsOf } = engineOnFake();
  await engine.apply(spec(cdn({ PriceClass: "PriceClass_100" })));
  const client = new CloudFront(fake.clientConfig());
  const { DistributionList } = await client.listDistributions({});
  const Id = DistributionList?.Items?.[0]?.Id;
  const { DistributionConfig, ETag } = await client.getDistributionConfig({ Id });
  if (DistributionConfig === undefined) throw new Error("no configuration");
  await client.updateDistribution({
    Id,
    IfMatch: ETag,
    DistributionConfig: {
      ...DistributionConfig,
      ContinuousDeploymentPolicyId: "p1",
      Origins: {
        Quantity: 1,
        Items: (DistributionConfig.Origins?.Items ?? []).map((one) => ({
          ...one,
          CustomOriginConfig: {
            HTTPPort: 80,
            HTTPSPort: 443,
            OriginProtocolPolicy: "https-only" as const,
            ...one.CustomOriginConfig,
            OriginMtlsConfig: { ClientCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1" },
          },
        })),
      },
    },
  });
  const after = spec(cdn({ PriceClass: "PriceClass_100", Comment: "The shop" }));
  expect(changesOf(await engine.plan(after))).toEqual([
    'update CloudFront::Distribution::api Comment: undefined → "The shop"',
  ]);
  expect(failuresOf(await engine.apply(after))).toEqual([]);
  expect(callsOf("UpdateDistribution").at(-1)?.input).toMatchObject({
    DistributionConfig: {
      Comment: "The shop",
      PriceClass: "PriceClass_100",
      ContinuousDeploymentPolicyId: "p1",
      Aliases: { Quantity: 0 },
      Origins: {
        Items: [
          {
            CustomOriginConfig: {
              OriginMtlsConfig: { ClientCertificateArn: expect.stringContaining(":acm:") },
            },
          },
        ],
      },
    },
  });
  expect(changesOf(await engine.plan(after))).toEqual([]);
});

it("the value of an origin's header is in no plan: it is often what the origin knows CloudFront by", async () => {
  const { engine } = engineOnFake();
  const secret = (HeaderValue: string) =>
    spec(
      cdn({
        Origins: {
          Items: [
            {
              Id: "api",
              DomainName: "api.example.com",
              CustomHeaders: { Items: [{ HeaderName: "X-Origin-Verify", HeaderValue }] },
            },
          ],
        },
      }),
    );
  const shown = async (value: string) => {
    const plan = await engine.plan(secret(value));
    return JSON.stringify(plan.changes.map(({ properties }) => properties));
  };
  expect(await shown("hunter2")).not.toContain("hunter2");
  expect(failuresOf(await engine.apply(secret("hunter2")))).toEqual([]);
  const changed = await shown("swordfish");
  expect(changed).toContain("CustomHeaders");
  expect(changed).not.toMatch(/hunter2|swordfish/);
});

it("a change that somebody made since the plan is not overwritten", async () => {
  const { engine, fake } = engineOnFake();
  await engine.apply(spec(cdn()));
  const client = new CloudFront(fake.clientConfig());
  const meanwhile = async (): Promise<void> => {
    const { DistributionList } = await client.listDistributions({});
    const Id = DistributionList?.Items?.[0]?.Id;
    const { DistributionConfig, ETag } = await client.getDistributionConfig({ Id });
    if (DistributionConfig !== undefined)
      await client.updateDistribution({
        Id,
        IfMatch: ETag,
        DistributionConfig: { ...DistributionConfig, Comment: "by hand" },
      });
  };
  const result = await engine.apply(spec(cdn({ HttpVersion: "http2and3" })), { beforeWrite: meanwhile });
  expect(failuresOf(result).join()).toMatch(/PreconditionFailed/);
});

it("lost answers make one distribution and one update, and a deleted one can be made again", async () => {
  const { engine, fake, callsOf } = engineOnFake();
  const lose = (operation: string) => fake.faults.inject({ kind: "cut-after", operation, times: 1 });
  lose("CreateDistributionWithTags");
  expect(failuresOf(await engine.apply(spec(cdn())))).toEqual([]);
  expect(callsOf("CreateDistributionWithTags").length).toBe(1);
  lose("UpdateDistribution");
  expect(failuresOf(await engine.apply(spec(cdn({ Comment: "a" }))))).toEqual([]);
  expect(callsOf("UpdateDistribution").length).toBe(1);
  expect(failuresOf(await engine.apply(NOTHING, {}, ALLOWED))).toEqual([]);
  expect(failuresOf(await engine.apply(spec(cdn())))).toEqual([]);
  expect(changesOf(await engine.plan(spec(cdn())))).toEqual([]);
});

it("goes only when that is allowed, after it was switched off everywhere, and after the record that leads to it", async () => {
  const { engine, fake } = engineOnFake();
  const files = spec(
    entry("Route53", "HostedZone", { Name: "shop.example." }),
    cdn({ Aliases: { Items: ["cdn.shop.example"] }, ViewerCertificate: { ACMCertificateArn: ARN } }),
    entry("Route53", "Record", {}, { hostedZone: "shop.example", distribution: "api" }),
  );
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  expect(changesOf(await engine.plan(files))).toEqual([]);
  expect((await engine.plan(NOTHING)).problems.map(({ code }) => code)).toContain("DELETION_PROTECTED");
  fake.resetCalls();
  const allowDeletion = ["api", "shop.example."];
  expect(failuresOf(await engine.destroy(files, { allowDeletion }))).toEqual([]);
  const writes = [...new Set(fake.calls.filter(({ write }) => write).map(({ operation }) => operation))];
  expect(writes.indexOf("ChangeResourceRecordSets")).toBeLessThan(writes.indexOf("UpdateDistribution"));
  expect(writes.indexOf("UpdateDistribution")).toBeLessThan(writes.indexOf("DeleteDistribution"));
  expect(fake.keys().filter((key) => /^[EZ]/.test(key))).toEqual([]);
});

it("the plan refuses aliases without a certificate, an origin that is not there, a certificate of another region", async () => {
  const { engine } = engineOnFake();
  const refused = (more: JsonObject) => expect(engine.plan(spec(httpApi, cdn(more)))).rejects;
  await refused({ Aliases: { Items: ["a.example"] } }).toThrow(/need a certificate/);
  await refused({ DefaultCacheBehavior: { TargetOriginId: "b", CachePolicyId: NO_CACHE } }).toThrow(
    /"b" is none of the origins "api"/,
  );
  await refused({ ViewerCertificate: { ACMCertificateArn: ARN.replace("us-east-1", "eu-west-1") } }).toThrow(
    /us-east-1/,
  );
  const certificate = entry("ACM", "Certificate", { DomainName: "a.example" });
  const named = entry(
    "CloudFront",
    "Distribution",
    { ...simple, Aliases: { Items: ["a.example"] } },
    { certificate: "a.example" },
  );
  expect((await engine.plan(spec(certificate, named))).problems.map(({ code }) => code)).toEqual([
    "CERTIFICATE_WITHOUT_RECORD",
  ]);
});

it("a distribution whose origin gets another id stays: no other can have its alias", async () => {
  const { engine, callsOf } = engineOnFake();
  const named = (Id: string) =>
    spec(
      cdn({
        Aliases: { Items: ["www.example.com"] },
        ViewerCertificate: { ACMCertificateArn: ARN },
        Origins: { Items: [{ Id, DomainName: "a.example" }] },
        DefaultCacheBehavior: { TargetOriginId: Id, CachePolicyId: NO_CACHE },
      }),
    );
  expect(failuresOf(await engine.apply(named("api")))).toEqual([]);
  const plan = await engine.plan(named("http-api"));
  expect(plan.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(plan.changes.map(({ action, key }) => `${action} ${key}`)).toEqual([
    "update CloudFront::Distribution::http-api",
  ]);
  expect(failuresOf(await engine.apply(named("http-api")))).toEqual([]);
  expect(changesOf(await engine.plan(named("http-api")))).toEqual([]);
  expect(callsOf("CreateDistributionWithTags")).toHaveLength(1);
});
