import { describe, expect, it } from "vitest";
import { account, refusal } from "../testing.ts";

const ARN = "arn:aws:logs:us-east-1:123456789012:log-group:/a";
const KEY = "arn:aws:kms:us-east-1:123456789012:key/1";

async function group(more: object = {}) {
  const clients = account();
  await clients.logs.createLogGroup({ logGroupName: "/a", ...more });
  const read = async () =>
    (await clients.logs.describeLogGroups({ logGroupNamePrefix: "/a" })).logGroups?.[0];
  return { ...clients, read };
}

describe("log groups", () => {
  it("G-01 a log group's defaults; its arn ends in :*, its logGroupArn does not", async () => {
    const { read } = await group();
    expect(await read()).toEqual({
      arn: `${ARN}:*`,
      creationTime: expect.any(Number),
      deletionProtectionEnabled: false,
      logGroupArn: ARN,
      logGroupClass: "STANDARD",
      logGroupName: "/a",
      metricFilterCount: 0,
      storedBytes: 0,
    });
  });

  it("G-02 a name is taken once and has its characters", async () => {
    const { logs } = await group();
    expect(await refusal(logs.createLogGroup({ logGroupName: "/a" }))).toBe(
      "ResourceAlreadyExistsException: The specified log group already exists",
    );
    expect(await refusal(logs.createLogGroup({ logGroupName: "a b" }))).toMatch(/^InvalidParameterException/);
    expect(await refusal(logs.deleteLogGroup({ logGroupName: "/b" }))).toMatch(/^ResourceNotFoundException/);
  });

  it("G-03 retention takes a fixed set of days, and is removed by a call of its own", async () => {
    const { logs, read } = await group();
    const put = (retentionInDays: number) =>
      refusal(logs.putRetentionPolicy({ logGroupName: "/a", retentionInDays }));
    expect(await put(2)).toMatch(/^InvalidParameterException/);
    expect(await put(14)).toBe("not refused");
    expect((await read())?.retentionInDays).toBe(14);
    await logs.deleteRetentionPolicy({ logGroupName: "/a" });
    expect((await read())?.retentionInDays).toBeUndefined();
  });

  it("G-04 the key is set and removed by calls of their own", async () => {
    const { logs, read } = await group({ kmsKeyId: KEY });
    expect((await read())?.kmsKeyId).toBe(KEY);
    await logs.disassociateKmsKey({ logGroupName: "/a" });
    expect((await read())?.kmsKeyId).toBeUndefined();
    await logs.associateKmsKey({ resourceIdentifier: ARN, kmsKeyId: KEY });
    expect((await read())?.kmsKeyId).toBe(KEY);
    expect(await refusal(logs.associateKmsKey({ logGroupName: "/a", kmsKeyId: "key" }))).toMatch(
      /^InvalidParameter/,
    );
  });

  it("G-05 tags are by the ARN without :*; with it, it is a ValidationException", async () => {
    const { logs } = await group({ tags: { a: "1" } });
    await logs.tagResource({ resourceArn: ARN, tags: { b: "2" } });
    await logs.untagResource({ resourceArn: ARN, tagKeys: ["a"] });
    expect((await logs.listTagsForResource({ resourceArn: ARN })).tags).toEqual({ b: "2" });
    expect(await refusal(logs.listTagsForResource({ resourceArn: `${ARN}:*` }))).toBe(
      "ValidationException: Invalid resourceArn",
    );
  });

  it("G-06 an empty tag map is refused on create and on tagging", async () => {
    const { logs } = await group();
    expect(await refusal(logs.createLogGroup({ logGroupName: "/b", tags: {} }))).toMatch(
      /^InvalidParameterException/,
    );
    expect(await refusal(logs.tagResource({ resourceArn: ARN, tags: {} }))).toMatch(
      /^InvalidParameterException/,
    );
  });

  it("G-07 lists by prefix, 50 a page and no more", async () => {
    const { logs } = account();
    for (let i = 0; i < 60; i++)
      await logs.createLogGroup({ logGroupName: `/p/${String(i).padStart(2, "0")}` });
    await logs.createLogGroup({ logGroupName: "/q" });
    const first = await logs.describeLogGroups({ logGroupNamePrefix: "/p/" });
    expect(first.logGroups?.length).toBe(50);
    const second = await logs.describeLogGroups({ logGroupNamePrefix: "/p/", nextToken: first.nextToken });
    expect([second.logGroups?.length, second.nextToken]).toEqual([10, undefined]);
    expect(await refusal(logs.describeLogGroups({ limit: 51 }))).toMatch(/^InvalidParameterException/);
    // A prefix is not a name: /p/0 finds ten groups and is none.
    expect((await logs.describeLogGroups({ logGroupNamePrefix: "/p/0" })).logGroups?.length).toBe(10);
  });

  it("G-08 a protected group cannot be deleted", async () => {
    const { logs } = await group({ deletionProtectionEnabled: true });
    expect(await refusal(logs.deleteLogGroup({ logGroupName: "/a" }))).toMatch(/deletion protection/);
  });

  it("G-10 protection is turned on and off by a call of its own, by name or ARN", async () => {
    const { logs, read } = await group();
    await logs.putLogGroupDeletionProtection({ logGroupIdentifier: "/a", deletionProtectionEnabled: true });
    expect((await read())?.deletionProtectionEnabled).toBe(true);
    expect(await refusal(logs.deleteLogGroup({ logGroupName: "/a" }))).toMatch(/deletion protection/);
    await logs.putLogGroupDeletionProtection({ logGroupIdentifier: ARN, deletionProtectionEnabled: false });
    await logs.deleteLogGroup({ logGroupName: "/a" });
    expect(await read()).toBeUndefined();
    const gone = logs.putLogGroupDeletionProtection({
      logGroupIdentifier: "/a",
      deletionProtectionEnabled: true,
    });
    expect(await refusal(gone)).toMatch(/^ResourceNotFoundException/);
  });

  it("G-09 DELIVERY groups keep two days and take no retention", async () => {
    const { logs, read } = await group({ logGroupClass: "DELIVERY" });
    expect((await read())?.retentionInDays).toBe(2);
    const put = logs.putRetentionPolicy({ logGroupName: "/a", retentionInDays: 7 });
    expect(await refusal(put)).toMatch(/^InvalidParameterException/);
  });
});
