import { describe, expect, it } from "vitest";
import { logGroup } from "../../../../src/resources/CloudWatchLogs/LogGroup.ts";
import { apply, createWorld, desiredOf, entryOf, planOf, readOne, remove } from "../harness.ts";
import { logs } from "../../../../src/resources/CloudWatchLogs/service.ts";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";

describe("LogGroup, canonical form", () => {
  it("takes AWS's lower-case tags", () => {
    const entry = entryOf(logGroup, { properties: { logGroupName: "/a", tags: { team: "x" } } });
    expect(entry.properties).toEqual({ logGroupName: "/a", Tags: { team: "x" } });
  });

  it.each([
    [{ logGroupName: "/a", retentionInDays: 2 }, "retentionInDays"],
    [{ logGroupName: "a b" }, "logGroupName"],
    [{ logGroupName: "/a", retention: 1 }, "retention"],
  ])("refuses %j", (properties, word) => {
    expect(JSON.stringify(logGroup.schema.safeParse(properties).error?.issues)).toContain(word);
  });
});

describe("LogGroup, life", () => {
  it("is protected in place, refuses to go while it is, and goes when it is not any more", async () => {
    const world = createWorld();
    const plain = { properties: { logGroupName: "/shop" } };
    const kept = { properties: { logGroupName: "/shop", deletionProtectionEnabled: true } };
    await apply(world, logGroup, plain);
    const made = await apply(world, logGroup, kept);
    expect(made.calls).toEqual(["PutLogGroupDeletionProtection"]);
    expect((await apply(world, logGroup, kept)).calls).toEqual([]);
    await expect(remove(world, logGroup, made.live)).rejects.toThrow(/deletion protection/);
    const { live, calls } = await apply(world, logGroup, plain);
    expect(calls).toEqual(["PutLogGroupDeletionProtection"]);
    expect(await remove(world, logGroup, live)).toEqual(["DeleteLogGroup"]);
  });

  it("is protected from the beginning, in one call", async () => {
    const world = createWorld();
    const kept = { properties: { logGroupName: "/shop", deletionProtectionEnabled: true } };
    expect((await apply(world, logGroup, kept)).calls).toEqual(["CreateLogGroup"]);
    expect((await readOne(world, logGroup, kept))?.state.deletionProtectionEnabled).toBe(true);
  });

  it("finds exactly its name among longer ones, at the cost of one page", async () => {
    const world = createWorld({ pageSize: 2 });
    const client = await world.aws.client(logs);
    for (const name of ["/shop-a", "/shop-b", "/shop-c", "/shop"])
      await client.createLogGroup({ logGroupName: name });
    expect((await readOne(world, logGroup, { properties: { logGroupName: "/shop" } }))?.name).toBe("/shop");
    world.fake.resetCalls();
    expect(await readOne(world, logGroup, { properties: { logGroupName: "/sho" } })).toBeUndefined();
    expect(world.fake.calls).toHaveLength(1);
  });

  it("of class DELIVERY keeps two days: no retention is sent, compared or accepted", async () => {
    const world = createWorld();
    const wanted = { properties: { logGroupName: "/g", logGroupClass: "DELIVERY" } };
    expect((await apply(world, logGroup, wanted)).calls).toEqual(["CreateLogGroup"]);
    expect(await planOf(world, logGroup, wanted)).toEqual([]);
    const entry = { properties: { ...wanted.properties, retentionInDays: 7 }, dependencies: {} };
    expect(logGroup.check?.(entry)).toMatchObject([{ path: "retentionInDays" }]);
  });

  it("names itself by ARN, with and without the star", () => {
    const arn = "arn:aws:logs:eu-west-2:123456789012:log-group:/aws/lambda/x";
    expect(logGroup.nameOfArn?.(arn)).toBe("/aws/lambda/x");
    expect(logGroup.nameOfArn?.(`${arn}:*`)).toBe("/aws/lambda/x");
    expect(
      logGroup.nameOfArn?.("arn:aws:logs:eu-west-2:123456789012:log-group:x:log-stream:y"),
    ).toBeUndefined();
    expect(logGroup.nameOfArn?.("arn:aws:lambda:eu-west-2:123456789012:function:x")).toBeUndefined();
  });

  it("takes its key from a dependency", () => {
    const { stack } = createWorld();
    const dependencies = {
      kmsKey: [{ type: "KMS::Key", name: "k", id: KEY, attribute: () => KEY, properties: {} }],
    };
    const state = logGroup.desiredState(desiredOf(logGroup, { name: "/g", dependencies }, stack));
    expect(state.kmsKeyId).toBe(KEY);
  });
});
