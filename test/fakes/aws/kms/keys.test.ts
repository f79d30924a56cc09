import { KMS } from "@aws-sdk/client-kms";
import { expect, it } from "vitest";
import { account, DOCUMENT, refusal } from "../testing.ts";

async function withKey() {
  const kms = new KMS({ ...account().fake.clientConfig(), maxAttempts: 1 });
  const { KeyMetadata } = await kms.createKey({});
  return { kms, KeyId: KeyMetadata?.KeyId ?? "" };
}
const AliasName = "alias/k";

it("K-01 a key's defaults; the account may use it", async () => {
  const { kms, KeyId } = await withKey();
  expect((await kms.describeKey({ KeyId })).KeyMetadata).toMatchObject({
    KeySpec: "SYMMETRIC_DEFAULT",
    KeyUsage: "ENCRYPT_DECRYPT",
    KeyState: "Enabled",
    MultiRegion: false,
    Description: "",
  });
  const { Policy = "" } = await kms.getKeyPolicy({ KeyId });
  expect(JSON.parse(Policy)).toMatchObject({
    Id: "key-default-1",
    Statement: [{ Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*" }],
  });
});

it("K-02 an alias is there once, and names its key", async () => {
  const { kms, KeyId } = await withKey();
  await kms.createAlias({ AliasName, TargetKeyId: KeyId });
  expect(await refusal(kms.createAlias({ AliasName, TargetKeyId: KeyId }))).toMatch(
    /^AlreadyExistsException/,
  );
  expect((await kms.describeKey({ KeyId: AliasName })).KeyMetadata?.KeyId).toBe(KeyId);
  expect((await kms.listAliases({ KeyId })).Aliases).toMatchObject([{ AliasName, TargetKeyId: KeyId }]);
  await kms.deleteAlias({ AliasName });
  expect(await refusal(kms.deleteAlias({ AliasName }))).toMatch(/^NotFoundException/);
  expect(await refusal(kms.describeKey({ KeyId: AliasName }))).toMatch(/^NotFoundException/);
});

it("K-03 a deletion waits for 30 days: until then the key is there, takes no change, and keeps its alias", async () => {
  const { kms, KeyId } = await withKey();
  await kms.createAlias({ AliasName, TargetKeyId: KeyId });
  expect(await kms.scheduleKeyDeletion({ KeyId })).toMatchObject({
    KeyState: "PendingDeletion",
    PendingWindowInDays: 30,
  });
  expect((await kms.describeKey({ KeyId: AliasName })).KeyMetadata).toMatchObject({
    KeyState: "PendingDeletion",
    Enabled: false,
  });
  for (const change of [
    kms.updateKeyDescription({ KeyId, Description: "x" }),
    kms.enableKey({ KeyId }),
    kms.tagResource({ KeyId, Tags: [{ TagKey: "a", TagValue: "b" }] }),
    kms.scheduleKeyDeletion({ KeyId }),
  ])
    expect(await refusal(change)).toMatch(/^KMSInvalidStateException/);
  expect(await refusal(kms.createAlias({ AliasName, TargetKeyId: KeyId }))).toMatch(
    /^AlreadyExistsException/,
  );
  await kms.deleteAlias({ AliasName });
});

it("K-04 rotation is for symmetric keys that are on; asking again changes the period", async () => {
  const { kms, KeyId } = await withKey();
  await kms.enableKeyRotation({ KeyId });
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 100 });
  expect(await kms.getKeyRotationStatus({ KeyId })).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 100,
  });
  await kms.disableKey({ KeyId });
  expect(await refusal(kms.disableKeyRotation({ KeyId }))).toMatch(/^DisabledException/);
  const { KeyMetadata } = await kms.createKey({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
  const rsa = { KeyId: KeyMetadata?.KeyId };
  expect(await refusal(kms.enableKeyRotation(rsa))).toMatch(/^UnsupportedOperationException/);
  expect(await refusal(kms.getKeyRotationStatus(rsa))).toMatch(/^UnsupportedOperationException/);
});

it("K-05 a symmetric key is for encryption; a policy is JSON", async () => {
  const { kms, KeyId } = await withKey();
  expect(await refusal(kms.createKey({ KeyUsage: "SIGN_VERIFY" }))).toMatch(/^ValidationException/);
  expect(await refusal(kms.createKey({ Policy: "no" }))).toMatch(/^MalformedPolicyDocumentException/);
  expect(await refusal(kms.putKeyPolicy({ KeyId, Policy: "{" }))).toMatch(
    /^MalformedPolicyDocumentException/,
  );
  await kms.putKeyPolicy({ KeyId, Policy: DOCUMENT });
  expect((await kms.getKeyPolicy({ KeyId })).Policy).toBe(DOCUMENT);
});
