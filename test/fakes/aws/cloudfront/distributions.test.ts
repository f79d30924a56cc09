import { CloudFront, type DistributionConfig } from "@aws-sdk/client-cloudfront";
import { describe, expect, it } from "vitest";
import { createFakeClock } from "../../clock.ts";
import { createFakeAws } from "../fake-aws.ts";
import { refusal } from "../testing.ts";

const config = (CallerReference: string, more: Partial<DistributionConfig> = {}): DistributionConfig => ({
  CallerReference,
  Comment: "",
  Enabled: true,
  Origins: { Quantity: 1, Items: [{ Id: "a", DomainName: "a.example", OriginPath: "/v1" }] },
  DefaultCacheBehavior: {
    TargetOriginId: "a",
    ViewerProtocolPolicy: "https-only",
    CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  },
  ...more,
});

function cdn(options: { pageSize?: number } = {}) {
  const clock = createFakeClock();
  const fake = createFakeAws({ clock: clock.now, ...options });
  const client = new CloudFront({ ...fake.clientConfig(), maxAttempts: 1 });
  const make = (reference: string, more: Partial<DistributionConfig> = {}) =>
    client.createDistributionWithTags({
      DistributionConfigWithTags: {
        DistributionConfig: config(reference, more),
        Tags: { Items: [{ Key: "team", Value: "a" }] },
      },
    });
  return { clock, client, make };
}

describe("distributions", () => {
  it("W-01 a distribution, as it comes back: its defaults, a version, InProgress for some minutes", async () => {
    const { clock, client, make } = cdn();
    const { Distribution, ETag } = await make("1", { Comment: "a < b & c" });
    expect(ETag).toMatch(/^E/);
    expect(Distribution).toMatchObject({
      Status: "InProgress",
      ARN: expect.stringMatching(/^arn:aws:cloudfront::123456789012:distribution\/E/),
      DomainName: expect.stringMatching(/\.cloudfront\.net$/),
      DistributionConfig: {
        Comment: "a < b & c",
        PriceClass: "PriceClass_All",
        Aliases: { Quantity: 0 },
        Origins: { Items: [{ Id: "a", OriginPath: "/v1", ConnectionAttempts: 3 }] },
        ViewerCertificate: { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: "TLSv1" },
      },
    });
    await clock.sleep(300_000);
    const read = await client.getDistribution({ Id: Distribution?.Id });
    expect([read.Distribution?.Status, read.ETag]).toEqual(["Deployed", ETag]);
    expect(await refusal(client.getDistribution({ Id: "E1" }))).toMatch(/^NoSuchDistribution/);
  });

  it("W-02 a CallerReference serves once, also after its distribution was deleted", async () => {
    const { clock, client, make } = cdn();
    const { Distribution, ETag } = await make("1", { Enabled: false });
    expect(await refusal(make("1"))).toMatch(/^DistributionAlreadyExists/);
    await clock.sleep(300_000);
    await client.deleteDistribution({ Id: Distribution?.Id, IfMatch: ETag });
    expect(await refusal(make("1"))).toMatch(/^DistributionAlreadyExists/);
  });

  it("W-03 an update names the version it has seen, and resets what it does not send", async () => {
    const { client, make } = cdn();
    const { Distribution, ETag } = await make("1", { PriceClass: "PriceClass_100" });
    const Id = Distribution?.Id;
    const update = (reference: string, IfMatch: string | undefined) =>
      client.updateDistribution({ Id, IfMatch, DistributionConfig: config(reference, { Comment: "b" }) });
    expect(await refusal(update("1", undefined))).toMatch(/^InvalidIfMatchVersion/);
    expect(await refusal(update("1", "E1"))).toMatch(/^PreconditionFailed/);
    expect(await refusal(update("2", ETag))).toMatch(/^IllegalUpdate/);
    const updated = await update("1", ETag);
    expect(updated.ETag).not.toBe(ETag);
    expect(updated.Distribution?.DistributionConfig).toMatchObject({
      Comment: "b",
      PriceClass: "PriceClass_All",
    });
  });

  it("W-04 only what is switched off everywhere can be deleted", async () => {
    const { clock, client, make } = cdn();
    const { Distribution, ETag } = await make("1");
    const Id = Distribution?.Id;
    await clock.sleep(300_000);
    expect(await refusal(client.deleteDistribution({ Id, IfMatch: ETag }))).toMatch(
      /^DistributionNotDisabled/,
    );
    const off = await client.updateDistribution({
      Id,
      IfMatch: ETag,
      DistributionConfig: config("1", { Enabled: false }),
    });
    expect(await refusal(client.deleteDistribution({ Id, IfMatch: off.ETag }))).toMatch(
      /^DistributionNotDisabled/,
    );
    await clock.sleep(300_000);
    await client.deleteDistribution({ Id, IfMatch: off.ETag });
    expect(await refusal(client.getDistribution({ Id }))).toMatch(/^NoSuchDistribution/);
  });

  it("W-05 quantities are counted, behaviors name origins, aliases need a certificate of us-east-1", async () => {
    const { make } = cdn();
    const Aliases = { Quantity: 1, Items: ["a.example"] };
    expect(await refusal(make("1", { Aliases: { ...Aliases, Quantity: 2 } }))).toMatch(
      /^InconsistentQuantities/,
    );
    expect(
      await refusal(
        make("1", {
          DefaultCacheBehavior: {
            TargetOriginId: "b",
            ViewerProtocolPolicy: "https-only",
            CachePolicyId: "c",
          },
        }),
      ),
    ).toMatch(/^NoSuchOrigin/);
    expect(await refusal(make("1", { Aliases }))).toMatch(/^InvalidViewerCertificate/);
    const ACMCertificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/1";
    expect(await refusal(make("1", { Aliases, ViewerCertificate: { ACMCertificateArn } }))).toMatch(
      /^InvalidViewerCertificate.*us-east-1/,
    );
  });

  it("W-06 an alias belongs to one distribution", async () => {
    const { make } = cdn();
    const more: Partial<DistributionConfig> = {
      Aliases: { Quantity: 1, Items: ["a.example"] },
      ViewerCertificate: {
        ACMCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
        SSLSupportMethod: "sni-only",
      },
    };
    await make("1", more);
    expect(await refusal(make("2", more))).toMatch(/^CNAMEAlreadyExists/);
  });

  it("W-07 lists page by marker and tell neither versions nor references", async () => {
    const { client, make } = cdn({ pageSize: 2 });
    for (const reference of ["1", "2", "3"]) await make(reference);
    const first = (await client.listDistributions({})).DistributionList;
    expect([first?.Items?.length, first?.IsTruncated]).toEqual([2, true]);
    expect(first?.Items?.[0]).not.toHaveProperty("CallerReference");
    const rest = (await client.listDistributions({ Marker: first?.NextMarker })).DistributionList;
    expect([rest?.Items?.length, rest?.IsTruncated]).toEqual([1, false]);
  });

  it("W-08 tags are by ARN", async () => {
    const { client, make } = cdn();
    const { Distribution } = await make("1");
    const Resource = Distribution?.ARN;
    await client.tagResource({ Resource, Tags: { Items: [{ Key: "b", Value: "2" }] } });
    await client.untagResource({ Resource, TagKeys: { Items: ["team"] } });
    expect((await client.listTagsForResource({ Resource })).Tags?.Items).toEqual([{ Key: "b", Value: "2" }]);
    const unknown = "arn:aws:cloudfront::123456789012:distribution/E1";
    expect(await refusal(client.listTagsForResource({ Resource: unknown }))).toMatch(/^NoSuchResource/);
  });
});
