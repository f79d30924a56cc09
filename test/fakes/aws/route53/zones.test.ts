import { Route53, type ResourceRecordSet, type Change } from "@aws-sdk/client-route-53";
import { describe, expect, it } from "vitest";
import { createFakeAws, type FakeAwsOptions } from "../fake-aws.ts";
import { refusal } from "../testing.ts";

function dns(options: FakeAwsOptions = {}) {
  const fake = createFakeAws(options);
  return { fake, client: new Route53({ ...fake.clientConfig(), maxAttempts: 1 }) };
}
async function withZone(options: FakeAwsOptions = {}) {
  const { fake, client } = dns(options);
  const { HostedZone } = await client.createHostedZone({ Name: "Example.com", CallerReference: "1" });
  const Id = HostedZone?.Id ?? "";
  const change = (...Changes: Change[]) =>
    client.changeResourceRecordSets({ HostedZoneId: Id, ChangeBatch: { Changes } });
  const names = async (input: { StartRecordName?: string; MaxItems?: number } = {}) =>
    (await client.listResourceRecordSets({ HostedZoneId: Id, ...input })).ResourceRecordSets?.map(
      ({ Name, Type }) => `${Type} ${Name}`,
    );
  return { fake, client, Id, change, names };
}
const record = (Name: string, more: Partial<ResourceRecordSet> = {}): ResourceRecordSet => ({
  Name,
  Type: "A",
  TTL: 60,
  ResourceRecords: [{ Value: "192.0.2.1" }],
  ...more,
});
const create = (Name: string, more: Partial<ResourceRecordSet> = {}): Change => ({
  Action: "CREATE",
  ResourceRecordSet: record(Name, more),
});

describe("hosted zones", () => {
  it("Y-01 a zone, as it comes back: an id with its path, a name with its dot, four name servers, two records", async () => {
    const { client } = dns();
    const made = await client.createHostedZone({
      Name: "Example.com",
      CallerReference: "1",
      HostedZoneConfig: { Comment: "a < b" },
    });
    expect(made.HostedZone).toMatchObject({
      Id: expect.stringMatching(/^\/hostedzone\/Z[A-Z0-9]+$/),
      Name: "example.com.",
      CallerReference: "1",
      Config: { Comment: "a < b", PrivateZone: false },
      ResourceRecordSetCount: 2,
    });
    expect(made.DelegationSet?.NameServers?.length).toBe(4);
    expect(made.ChangeInfo?.SubmittedAt).toBeInstanceOf(Date);
    expect(made.Location).toMatch(/hostedzone\/Z/);
    const read = await client.getHostedZone({ Id: made.HostedZone?.Id });
    expect(read.HostedZone).toEqual(made.HostedZone);
    expect(await refusal(client.getHostedZone({ Id: "Z1" }))).toBe(
      "NoSuchHostedZone: No hosted zone found with ID: Z1",
    );
    expect(await refusal(client.createHostedZone({ Name: "a b", CallerReference: "2" }))).toMatch(
      /^InvalidDomainName/,
    );
  });

  it("Y-02 several zones may have one name; a CallerReference serves once, also after its zone was deleted", async () => {
    const { client, Id } = await withZone();
    await client.createHostedZone({ Name: "example.com", CallerReference: "2" });
    const again = () => client.createHostedZone({ Name: "example.com", CallerReference: "1" });
    expect(await refusal(again())).toMatch(/^HostedZoneAlreadyExists/);
    await client.deleteHostedZone({ Id });
    expect(await refusal(again())).toMatch(/^HostedZoneAlreadyExists/);
  });

  it("Y-03 lists by name begin at the name, ordered by its labels from the right, and say where they go on", async () => {
    const { client } = dns({ pageSize: 2 });
    for (const [at, Name] of ["b.example.com", "example.com", "a.org", "example.com"].entries())
      await client.createHostedZone({ Name, CallerReference: String(at) });
    const first = await client.listHostedZonesByName({ DNSName: "example.com" });
    expect(first.HostedZones?.map(({ Name }) => Name)).toEqual(["example.com.", "example.com."]);
    expect([first.IsTruncated, first.NextDNSName]).toEqual([true, "b.example.com."]);
    const next = await client.listHostedZonesByName({
      DNSName: first.NextDNSName,
      HostedZoneId: first.NextHostedZoneId,
    });
    expect(next.HostedZones?.map(({ Name }) => Name)).toEqual(["b.example.com.", "a.org."]);
    expect(next.IsTruncated).toBe(false);
  });

  it("Y-04 a private zone keeps a VPC; a public one takes none", async () => {
    const { client, Id } = await withZone();
    const VPC = { VPCRegion: "us-east-1", VPCId: "vpc-1" } as const;
    expect(await refusal(client.associateVPCWithHostedZone({ HostedZoneId: Id, VPC }))).toMatch(
      /^PublicZoneVPCAssociation/,
    );
    const { HostedZone } = await client.createHostedZone({
      Name: "in.example.com",
      CallerReference: "2",
      VPC,
      HostedZoneConfig: { PrivateZone: true },
    });
    const HostedZoneId = HostedZone?.Id;
    expect((await client.getHostedZone({ Id: HostedZoneId })).VPCs).toEqual([VPC]);
    expect(await refusal(client.disassociateVPCFromHostedZone({ HostedZoneId, VPC }))).toMatch(
      /^LastVPCAssociation/,
    );
    await client.associateVPCWithHostedZone({ HostedZoneId, VPC: { ...VPC, VPCId: "vpc-2" } });
    await client.disassociateVPCFromHostedZone({ HostedZoneId, VPC });
    expect((await client.getHostedZone({ Id: HostedZoneId })).VPCs).toEqual([{ ...VPC, VPCId: "vpc-2" }]);
  });

  it("Y-05 a zone with records other than its own cannot be deleted", async () => {
    const { client, Id, change } = await withZone();
    await change(create("a.example.com"));
    expect(await refusal(client.deleteHostedZone({ Id }))).toMatch(/^HostedZoneNotEmpty/);
    await change({ Action: "DELETE", ResourceRecordSet: record("a.example.com") });
    await client.deleteHostedZone({ Id });
    expect(await refusal(client.getHostedZone({ Id }))).toMatch(/^NoSuchHostedZone/);
  });

  it("Y-06 tags are written after the creation, ten at most", async () => {
    const { client, Id } = await withZone();
    const ResourceId = Id.replace("/hostedzone/", "");
    const tag = (AddTags: { Key: string; Value: string }[], RemoveTagKeys?: string[]) =>
      client.changeTagsForResource({
        ResourceType: "hostedzone",
        ResourceId,
        AddTags,
        ...(RemoveTagKeys && { RemoveTagKeys }),
      });
    await tag([{ Key: "a", Value: "1" }]);
    await tag([{ Key: "b", Value: "2" }], ["a"]);
    const { ResourceTagSet } = await client.listTagsForResource({ ResourceType: "hostedzone", ResourceId });
    expect(ResourceTagSet?.Tags).toEqual([{ Key: "b", Value: "2" }]);
    const many = Array.from({ length: 10 }, (_, at) => ({ Key: `k${at}`, Value: "" }));
    expect(await refusal(tag(many))).toMatch(/^InvalidInput: .*10 tags/);
  });
});

describe("records", () => {
  it("Y-07 CREATE refuses what is there, UPSERT does not, DELETE needs the record exactly as it is", async () => {
    const { change } = await withZone();
    await change(create("a.example.com"));
    expect(await refusal(change(create("A.example.com.")))).toBe(
      "InvalidChangeBatch: [Tried to create resource record set [name='a.example.com.', type='A'] but it already exists]",
    );
    await change({ Action: "UPSERT", ResourceRecordSet: record("a.example.com", { TTL: 61 }) });
    const remove = (more: Partial<ResourceRecordSet>) =>
      change({ Action: "DELETE", ResourceRecordSet: record("a.example.com", more) });
    expect(await refusal(remove({}))).toMatch(/but the values provided do not match the current values\]$/);
    await remove({ TTL: 61 });
    expect(await refusal(remove({ TTL: 61 }))).toMatch(/but it was not found\]$/);
  });

  it("Y-08 a batch counts whole or not at all", async () => {
    const { change, names } = await withZone();
    expect(await refusal(change(create("a.example.com"), create("a.example.com")))).toMatch(
      /^InvalidChangeBatch/,
    );
    expect(await names()).toEqual(["NS example.com.", "SOA example.com."]);
    await change(create("a.example.com"));
    await change({ Action: "DELETE", ResourceRecordSet: record("a.example.com") }, create("b.example.com"));
    expect(await names()).toContain("A b.example.com.");
  });

  it("Y-09 names come back in small letters with a dot, * as \\052; lists are ordered by labels from the right and page by 300", async () => {
    const { client, Id, change, names } = await withZone();
    await change(
      ...["b.a.example.com", "*.Example.com", "c.example.com", "_x.example.com"].map((name) => create(name)),
    );
    expect((await names())?.slice(2)).toEqual([
      "A \\052.example.com.",
      "A _x.example.com.",
      "A b.a.example.com.",
      "A c.example.com.",
    ]);
    expect(await names({ StartRecordName: "_.example.com", MaxItems: 1 })).toEqual(["A _x.example.com."]);
    await change(...Array.from({ length: 300 }, (_, at) => create(`r${at}.example.com`)));
    const page = await client.listResourceRecordSets({ HostedZoneId: Id });
    expect([page.ResourceRecordSets?.length, page.IsTruncated]).toEqual([300, true]);
    const rest = await client.listResourceRecordSets({
      HostedZoneId: Id,
      StartRecordName: page.NextRecordName,
      StartRecordType: page.NextRecordType,
    });
    expect([rest.ResourceRecordSets?.length, rest.IsTruncated]).toEqual([6, false]);
  });

  it("Y-10 a record lies in its zone, a CNAME is alone and never at the apex", async () => {
    const { change } = await withZone();
    const cname: Partial<ResourceRecordSet> = {
      Type: "CNAME",
      ResourceRecords: [{ Value: "b.example.org" }],
    };
    expect(await refusal(change(create("a.example.org")))).toMatch(/is not permitted in zone example\.com\./);
    expect(await refusal(change(create("example.com", cname)))).toMatch(/is not permitted at apex/);
    await change(create("a.example.com"));
    expect(await refusal(change(create("a.example.com", cname)))).toMatch(/conflicting RRSet/);
  });

  it("Y-11 a record has a TTL with values or an alias; TXT is quoted, A is an address", async () => {
    const { change } = await withZone();
    const bad = async (more: Partial<ResourceRecordSet>) => refusal(change(create("a.example.com", more)));
    expect(await bad({ TTL: undefined, ResourceRecords: undefined })).toMatch(/^InvalidInput: .*found none/);
    const AliasTarget = {
      HostedZoneId: "Z2FDTNDATAQYW2",
      DNSName: "d1.cloudfront.net",
      EvaluateTargetHealth: false,
    };
    expect(await bad({ AliasTarget })).toMatch(/found more than one/);
    expect(await bad({ Type: "TXT", ResourceRecords: [{ Value: "a" }] })).toMatch(/quotation marks/);
    expect(await bad({ ResourceRecords: [{ Value: "b.example.org" }] })).toMatch(/not a valid IPv4 address/);
    await change(create("a.example.com", { TTL: undefined, ResourceRecords: undefined, AliasTarget }));
  });

  it("Y-12 records of one name and type differ in their set identifier, and then have a routing policy", async () => {
    const { change, names } = await withZone();
    await change(
      create("a.example.com", { SetIdentifier: "x", Weight: 1 }),
      create("a.example.com", { SetIdentifier: "y", Weight: 0 }),
    );
    expect((await names())?.slice(2)).toEqual(["A a.example.com.", "A a.example.com."]);
    expect(await refusal(change(create("b.example.com", { Weight: 1 })))).toMatch(
      /Missing field 'SetIdentifier'/,
    );
    expect(await refusal(change(create("a.example.com")))).toMatch(/another routing policy/);
  });
});
