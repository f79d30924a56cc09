/** Keys through the engine: found by their alias, never deleted unasked. */
import { KMS } from "@aws-sdk/client-kms";
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry, rights } from "../../../type-examples/beside.ts";

const key = entry("KMS", "Key", { Description: "For news", Policy: rights("kms:*") }, undefined, "news-key");
const topic = entry("SNS", "Topic", { Tags: [{ Key: "a", Value: "b" }] }, { kmsKey: "news-key" }, "news");
const files = { "resources.js": specText({ entries: [key, topic], files: {} }) };
const NOTHING = { "resources.js": "exports.createResources = () => [];" };

it("a topic with a key, as in GruCloud's example, converges, and both go when that is allowed", async () => {
  const { engine, callsOf, fake } = engineOnFake();
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  expect(changesOf(await engine.plan(files))).toEqual([]);
  expect(callsOf("CreateTopic").map(({ input }) => input)).toMatchObject([
    { Attributes: { KmsMasterKeyId: expect.stringMatching(/^arn:aws:kms:us-east-1:123456789012:key\//) } },
  ]);
  const { problems } = await engine.plan(NOTHING);
  expect(problems.map(({ code }) => code)).toContain("DELETION_PROTECTED");
  const allowed = { allowDeletion: ["news-key", "news"] };
  expect(failuresOf(await engine.apply(NOTHING, {}, allowed))).toEqual([]);
  expect(fake.keys().filter((one) => !one.startsWith("arn:aws:iam::aws:"))).toEqual([]);
});

it("rotation of a key that signs is refused by the plan", async () => {
  const { engine } = engineOnFake();
  const rsa = { Name: "k", KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY", EnableKeyRotation: true };
  const text = specText({ entries: [entry("KMS", "Key", rsa)], files: {} });
  await expect(engine.plan({ "resources.js": text })).rejects.toThrow(/EnableKeyRotation/);
});

it.each([
  ["HMAC_256", undefined, "GENERATE_VERIFY_MAC"],
  ["ECC_NIST_P256", "ENCRYPT_DECRYPT", "SIGN_VERIFY or KEY_AGREEMENT"],
  ["SYMMETRIC_DEFAULT", "SIGN_VERIFY", "ENCRYPT_DECRYPT"],
])("a key of %s for %s is refused by the plan: AWS takes %s", async (KeySpec, KeyUsage, accepted) => {
  const { engine } = engineOnFake();
  const of = (usage: string | undefined) => {
    const given = { Name: "k", KeySpec, ...(usage === undefined ? {} : { KeyUsage: usage }) };
    return { "resources.js": specText({ entries: [entry("KMS", "Key", given)], files: {} }) };
  };
  await expect(engine.plan(of(KeyUsage))).rejects.toThrow(
    `KeyUsage needs to be ${accepted} for the KeySpec ${KeySpec}`,
  );
  for (const usage of accepted.split(" or ")) expect((await engine.plan(of(usage))).problems).toEqual([]);
});

const onlyKey = { "resources.js": specText({ entries: [key], files: {} }) };
const keysOf = (calls: readonly { readonly operation: string }[]) =>
  calls.filter(({ operation }) => operation === "CreateKey").length;

it("an alias whose key waits for its deletion gets the new key", async () => {
  const { engine, fake } = engineOnFake();
  expect(failuresOf(await engine.apply(onlyKey))).toEqual([]);
  // Somebody schedules the deletion in AWS's console: the alias stays with the key for up to 30 days.
  const kms = new KMS(fake.clientConfig());
  await kms.scheduleKeyDeletion({
    KeyId: (await kms.describeKey({ KeyId: "alias/news-key" })).KeyMetadata?.KeyId,
  });
  expect(changesOf(await engine.plan(onlyKey)).map((line) => line.split(" ", 2).join(" "))).toEqual([
    "create KMS::Key::news-key",
  ]);
  expect(failuresOf(await engine.apply(onlyKey))).toEqual([]);
  expect(changesOf(await engine.plan(onlyKey))).toEqual([]);
});

it("a deletion that was cut off before the alias was free does not stop the next key", async () => {
  const { engine, fake } = engineOnFake();
  expect(failuresOf(await engine.apply(onlyKey))).toEqual([]);
  fake.faults.inject({ kind: "denied", operation: "DeleteAlias" });
  expect(failuresOf(await engine.apply(NOTHING, {}, { allowDeletion: ["news-key"] }))).toHaveLength(1);
  fake.faults.clear();
  expect(failuresOf(await engine.apply(onlyKey))).toEqual([]);
  expect(changesOf(await engine.plan(onlyKey))).toEqual([]);
});

it("a key that was cut off before its alias is finished by the next apply, not made twice", async () => {
  const { engine, fake } = engineOnFake();
  fake.faults.inject({ kind: "denied", operation: "CreateAlias" });
  expect(failuresOf(await engine.apply(onlyKey))).toHaveLength(1);
  fake.faults.clear();
  expect(changesOf(await engine.plan(onlyKey))).toEqual([
    expect.stringMatching(/^update KMS::Key::news-key Alias: "missing" → undefined/),
  ]);
  expect(failuresOf(await engine.apply(onlyKey))).toEqual([]);
  expect(changesOf(await engine.plan(onlyKey))).toEqual([]);
  expect(keysOf(fake.calls)).toBe(1);
});

/** Somebody else's key waits for its deletion, and has the alias until then. */
async function strangerLeaving(fake: ReturnType<typeof engineOnFake>["fake"]) {
  const kms = new KMS(fake.clientConfig());
  const { KeyMetadata } = await kms.createKey({ Description: "Somebody else's" });
  const KeyId = KeyMetadata?.KeyId ?? "";
  await kms.createAlias({ AliasName: "alias/news-key", TargetKeyId: KeyId });
  await kms.scheduleKeyDeletion({ KeyId });
  return async () => (await kms.listAliases({ KeyId })).Aliases?.map(({ AliasName }) => AliasName);
}

it("an alias that waits with somebody else's key stays there, and no key is made", async () => {
  const { engine, fake } = engineOnFake();
  const aliases = await strangerLeaving(fake);
  const before = keysOf(fake.calls);
  expect(failuresOf(await engine.apply(onlyKey))).toEqual([
    expect.stringMatching(
      /FOREIGN_RESOURCE alias\/news-key is the alias of the key .* no gc-project-name tag/,
    ),
  ]);
  expect(await aliases()).toEqual(["alias/news-key"]);
  expect(keysOf(fake.calls)).toBe(before);
});

it("a key without its alias goes without the alias that somebody else's key has by then", async () => {
  const { engine, fake } = engineOnFake();
  fake.faults.inject({ kind: "denied", operation: "CreateAlias" });
  expect(failuresOf(await engine.apply(onlyKey))).toHaveLength(1);
  fake.faults.clear();
  const aliases = await strangerLeaving(fake);
  expect(failuresOf(await engine.apply(NOTHING, {}, { allowDeletion: ["news-key"] }))).toEqual([]);
  expect(await aliases()).toEqual(["alias/news-key"]);
});

it("the rotation of a key that is off is left alone, and set when the key is on again", async () => {
  const { engine, callsOf } = engineOnFake();
  const of = (more: JsonObject) => ({
    "resources.js": specText({ entries: [entry("KMS", "Key", more, undefined, "k")], files: {} }),
  });
  const off = of({ Enabled: false });
  for (const files of [
    of({ EnableKeyRotation: true }),
    off,
    of({ Enabled: false, EnableKeyRotation: true }),
  ]) {
    expect(failuresOf(await engine.apply(files))).toEqual([]);
    expect(changesOf(await engine.plan(files))).toEqual([]);
  }
  expect(callsOf("DisableKeyRotation")).toEqual([]);
  const on = of({ EnableKeyRotation: true, RotationPeriodInDays: 100 });
  expect(failuresOf(await engine.apply(on))).toEqual([]);
  expect(changesOf(await engine.plan(on))).toEqual([]);
});

it("a key that got more aliases goes by the one that it was made with", async () => {
  const { engine, fake } = engineOnFake();
  await engine.apply(onlyKey);
  const kms = new KMS(fake.clientConfig());
  const { KeyMetadata } = await kms.describeKey({ KeyId: "alias/news-key" });
  await kms.createAlias({ AliasName: "alias/a-first-one", TargetKeyId: KeyMetadata?.KeyId });
  expect((await engine.plan(NOTHING)).changes.map(({ key: one }) => one)).toEqual(["KMS::Key::news-key"]);
});
