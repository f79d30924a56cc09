import * as client from "@aws-sdk/client-kms";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { each, table } from "../core/table.ts";
import { tagAdder } from "../core/tags.ts";
import { COMMON } from "../core/throttle.ts";
import { type RegionState, need } from "../state.ts";

interface Key {
  it: client.KeyMetadata & { Arn: string; KeyId: string };
  policy: string;
  rotation: number | undefined;
  readonly tags: Map<string, string>;
}

const keys = table<RegionState, Key>();
/** Keys that wait for their deletion: still there, with their aliases. */
const leaving = each<RegionState, Map<string, Key>>(() => new Map());
/** Alias to key id. */
const aliases = table<RegionState, string>();

const notFound = (message: string): AwsError => new AwsError("NotFoundException", message);
const unsupported = (): AwsError => new AwsError("UnsupportedOperationException", "");

function key(ctx: Ctx, reference = ""): Key {
  const id = reference.startsWith("alias/")
    ? need(aliases(ctx.region).get(reference), () => notFound(`Alias ${reference} is not found.`))
    : (reference.split("/").at(-1) ?? "");
  return need(keys(ctx.region).get(id) ?? leaving(ctx.region).get(id), () =>
    notFound(`Key '${reference}' does not exist`),
  );
}

/** What services make of a key's id or alias; an ARN may be of another account. */
export function keyArn(ctx: Ctx, reference: string): string {
  return reference.startsWith("arn:") && !reference.includes(":alias/")
    ? reference
    : key(ctx, reference.replace(/^arn:.*:alias/, "alias")).it.Arn;
}

/** The key, unless its state forbids the change. */
function usable(ctx: Ctx, reference: string | undefined, enabled = true): Key {
  const found = key(ctx, reference);
  const state = found.it.KeyState ?? "";
  if (state === "PendingDeletion")
    throw new AwsError("KMSInvalidStateException", `${found.it.Arn} is pending deletion.`);
  if (enabled && state === "Disabled")
    throw new AwsError("DisabledException", `${found.it.Arn} is disabled.`);
  return found;
}

function checkPolicy(policy: string): void {
  try {
    JSON.parse(policy);
  } catch {
    throw new AwsError("MalformedPolicyDocumentException", "The new key policy is not JSON.");
  }
}

const addTags = tagAdder(
  ({ kind, message }) =>
    new AwsError(kind === "too-many" ? "LimitExceededException" : "TagException", message),
);

const on = sdk<client.KMS>(client);

/** KMS: keys, aliases and tags. */
export const kms = service(
  {
    id: "kms",
    protocol: "aws-json",
    key: "TrentService",
    missing: (member) =>
      new AwsError(
        "ValidationException",
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      ),
    ...COMMON,
    tagged: (ctx) => [...keys(ctx.region).values()].map(({ it, tags }) => ({ arn: it.Arn, tags })),
  },
  client,
  [
    on(
      "createKey",
      (
        ctx,
        {
          Policy,
          Tags,
          Description = "",
          KeySpec = "SYMMETRIC_DEFAULT",
          KeyUsage = "ENCRYPT_DECRYPT",
          MultiRegion = false,
        },
      ) => {
        if (KeySpec === "SYMMETRIC_DEFAULT" && KeyUsage !== "ENCRYPT_DECRYPT")
          throw new AwsError(
            "ValidationException",
            `The operation failed because the KeyUsage value of the CMK is ${KeyUsage}.`,
          );
        if (Policy !== undefined) checkPolicy(Policy);
        const KeyId = ctx.ids.uuid();
        const Arn = `arn:${ctx.partition}:kms:${ctx.regionName}:${ctx.accountId}:key/${KeyId}`;
        const tags = new Map<string, string>();
        addTags(ctx, tags, Tags);
        const it = {
          KeyId,
          Arn,
          CreationDate: ctx.now(),
          Description,
          KeySpec,
          KeyUsage,
          MultiRegion,
          Enabled: true,
          KeyState: "Enabled" as const,
        };
        const own = {
          Version: "2012-10-17",
          Id: "key-default-1",
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: `arn:${ctx.partition}:iam::${ctx.accountId}:root` },
              Action: "kms:*",
              Resource: "*",
            },
          ],
        };
        keys(ctx.region).set(KeyId, { it, policy: Policy ?? JSON.stringify(own), rotation: undefined, tags });
        return { KeyMetadata: it };
      },
    ),
    on("describeKey", (ctx, { KeyId = "" }) => {
      // AWS makes a key of its own for each service that encrypts with one.
      if (/:key\/aws-\w+$/.test(KeyId))
        return {
          KeyMetadata: { KeyId: KeyId.split("/").at(-1), Arn: KeyId, KeyManager: client.KeyManagerType.AWS },
        };
      return { KeyMetadata: key(ctx, KeyId).it };
    }),
    on("getKeyPolicy", (ctx, { KeyId }) => ({ Policy: key(ctx, KeyId).policy, PolicyName: "default" })),
    on("putKeyPolicy", (ctx, { KeyId, Policy = "" }) => {
      checkPolicy(Policy);
      usable(ctx, KeyId, false).policy = Policy;
    }),
    on("updateKeyDescription", (ctx, { KeyId, Description }) => {
      const found = usable(ctx, KeyId, false);
      found.it = { ...found.it, Description };
    }),
    on("enableKey", (ctx, { KeyId }) => {
      const found = usable(ctx, KeyId, false);
      found.it = { ...found.it, Enabled: true, KeyState: "Enabled" };
    }),
    on("disableKey", (ctx, { KeyId }) => {
      const found = usable(ctx, KeyId, false);
      found.it = { ...found.it, Enabled: false, KeyState: "Disabled" };
    }),
    on("getKeyRotationStatus", (ctx, { KeyId }) => {
      const { it, rotation } = key(ctx, KeyId);
      if (it.KeySpec !== "SYMMETRIC_DEFAULT") throw unsupported();
      return { KeyId: it.KeyId, KeyRotationEnabled: rotation !== undefined, RotationPeriodInDays: rotation };
    }),
    on("enableKeyRotation", (ctx, { KeyId, RotationPeriodInDays = 365 }) => {
      const found = usable(ctx, KeyId);
      if (found.it.KeySpec !== "SYMMETRIC_DEFAULT") throw unsupported();
      found.rotation = RotationPeriodInDays;
    }),
    on("disableKeyRotation", (ctx, { KeyId }) => {
      usable(ctx, KeyId).rotation = undefined;
    }),
    on("scheduleKeyDeletion", (ctx, { KeyId, PendingWindowInDays = 30 }) => {
      const found = usable(ctx, KeyId, false);
      keys(ctx.region).delete(found.it.KeyId);
      leaving(ctx.region).set(found.it.KeyId, found);
      const DeletionDate = new Date(ctx.now().getTime() + PendingWindowInDays * 86_400_000);
      found.it = { ...found.it, Enabled: false, KeyState: "PendingDeletion", DeletionDate };
      return {
        KeyId: found.it.Arn,
        KeyState: client.KeyState.PendingDeletion,
        DeletionDate,
        PendingWindowInDays,
      };
    }),
    on("createAlias", (ctx, { AliasName = "", TargetKeyId }) => {
      if (aliases(ctx.region).has(AliasName))
        throw new AwsError("AlreadyExistsException", `An alias with the name ${AliasName} already exists`);
      aliases(ctx.region).set(AliasName, key(ctx, TargetKeyId).it.KeyId);
    }),
    on("deleteAlias", (ctx, { AliasName = "" }) => {
      if (!aliases(ctx.region).delete(AliasName)) throw notFound(`Alias ${AliasName} is not found.`);
    }),
    on("listAliases", (ctx, { KeyId }) => ({
      Aliases: [...aliases(ctx.region)]
        .filter(([, id]) => KeyId === undefined || id === KeyId)
        .map(([AliasName, TargetKeyId]) => ({ AliasName, TargetKeyId })),
      Truncated: false,
    })),
    on("tagResource", (ctx, { KeyId, Tags }) => addTags(ctx, usable(ctx, KeyId, false).tags, Tags)),
    on("untagResource", (ctx, { KeyId, TagKeys = [] }) => {
      for (const name of TagKeys) usable(ctx, KeyId, false).tags.delete(name);
    }),
    on("listResourceTags", (ctx, { KeyId }) => ({
      Tags: [...key(ctx, KeyId).tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      Truncated: false,
    })),
  ],
);
