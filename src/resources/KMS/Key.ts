/** Keys. Facts: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
import type { KMS, Tag } from "@aws-sdk/client-kms";
import { ifFound } from "../../aws/errors.ts";
import { sdkInput } from "../../aws/sdk-input.ts";
import { isOurs, ownerText } from "../../aws/tags.ts";
import { fail } from "../../model/errors.ts";
import { hasMarker } from "../../model/reference-marker.ts";
import type { StackFacts } from "../../model/stack.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import { defineType } from "../define.ts";
import type { Asked } from "../definition.ts";
import { optional, required } from "../facts.ts";
import { tagsOf, textOf } from "../live-values.ts";
import { parsedPolicy } from "../policy/document.ts";
import { documentSchema } from "../policy/schema.ts";
import { enumText, flag, limitedText, patternText, properties, tags, wholeNumber } from "../schema.ts";
import { kms } from "./service.ts";

const KEY_SPECS = [
  "SYMMETRIC_DEFAULT",
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "ECC_NIST_P256",
  "ECC_NIST_P384",
  "ECC_NIST_P521",
  "ECC_NIST_EDWARDS25519",
  "ECC_SECG_P256K1",
  "HMAC_224",
  "HMAC_256",
  "HMAC_384",
  "HMAC_512",
  "SM2",
  "ML_DSA_44",
  "ML_DSA_65",
  "ML_DSA_87",
] as const;

const ENCRYPT = "ENCRYPT_DECRYPT";
/** What a key can be for: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
const USAGES: readonly (readonly [spec: RegExp, usages: readonly string[]])[] = [
  [/^SYMMETRIC/, [ENCRYPT]],
  [/^RSA/, [ENCRYPT, "SIGN_VERIFY"]],
  [/^ECC_NIST_P/, ["SIGN_VERIFY", "KEY_AGREEMENT"]],
  [/^(ECC|ML_DSA)/, ["SIGN_VERIFY"]],
  [/^HMAC/, ["GENERATE_VERIFY_MAC"]],
  [/^SM2/, [ENCRYPT, "SIGN_VERIFY", "KEY_AGREEMENT"]],
];

/** A key's id as AWS makes it: a name that is found by its tags. */
const IS_ID = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const aliasOf = (name: string): string => `alias/${name}`;
const isSymmetric = ({ KeySpec = "SYMMETRIC_DEFAULT" }: JsonObject): boolean =>
  KeySpec === "SYMMETRIC_DEFAULT";

const tagList = (map: Record<string, string>) =>
  Object.entries(map).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));

const tagMap = (given: readonly Tag[]): Record<string, string> =>
  Object.fromEntries(given.map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue]));

/** Says what a key is to be called: its alias is made after it, by a call that may be lost. */
const NAME_TAG = "gc-alias";

/** The key of an alias, unless it is to be deleted: until then, for up to 30 days, its alias stays with it. */
async function keyOf(client: KMS, reference: string) {
  const { KeyMetadata } = (await ifFound(() => client.describeKey({ KeyId: reference }))) ?? {};
  return isLeaving(KeyMetadata?.KeyState) ? undefined : KeyMetadata;
}

const isLeaving = (state: string | undefined): boolean => /^Pending(Replica)?Deletion$/.test(state ?? "");

/** The name of a key that was found by its tags: its alias, or the one that it should have got. */
async function nameOf(client: KMS, KeyId: string, wanted: string | undefined): Promise<JsonObject> {
  const { Aliases = [] } = await client.listAliases({ KeyId });
  const names = Aliases.map(({ AliasName = "" }) => AliasName.replace(/^alias\//, "")).sort();
  // Of several aliases, the one that it was made with.
  const name = names.find((one) => one === wanted) ?? names[0];
  if (name !== undefined) return { Name: name };
  const isFree = wanted !== undefined && (await keyOf(client, aliasOf(wanted))) === undefined;
  return isFree ? { Name: wanted, Alias: "missing" } : { Name: KeyId };
}

/**
 * Takes the alias from a key of this stack that is to be deleted. Somebody else's key keeps it: its deletion can be cancelled, and what
 * calls it by its alias would then find ours.
 */
async function freeAlias(client: KMS, stack: StackFacts, name: string): Promise<void> {
  const AliasName = aliasOf(name);
  const { KeyMetadata } = (await ifFound(() => client.describeKey({ KeyId: AliasName }))) ?? {};
  if (KeyMetadata?.KeyId === undefined || !isLeaving(KeyMetadata.KeyState)) return;
  const { KeyId } = KeyMetadata;
  const { Tags = [] } = await client.listResourceTags({ KeyId });
  const tags = tagMap(Tags);
  if (!isOurs(tags, stack))
    fail(
      "FOREIGN_RESOURCE",
      `${AliasName} is the alias of the key ${KeyId}, which waits for its deletion and is not this stack's: ${ownerText(tags)}`,
      {
        hint: `Give the key another name, or delete ${AliasName} if nobody needs it; then run the same command.`,
      },
    );
  await client.deleteAlias({ AliasName });
}

/** The key behind an alias, or of an id; none when it is to be deleted. One that is found both ways is read once. */
async function find(
  client: KMS,
  name: string,
  { once }: Pick<Asked, "once">,
): Promise<JsonObject | undefined> {
  const key = await keyOf(client, IS_ID.test(name) ? name : aliasOf(name));
  if (key?.KeyId === undefined) return undefined;
  const { KeyId, Arn = "", Description = "", KeySpec = "", KeyUsage = "", MultiRegion = false } = key;
  const [{ Policy }, { Tags = [] }, rotation] = await Promise.all([
    once(`GetKeyPolicy ${KeyId}`, () => client.getKeyPolicy({ KeyId, PolicyName: "default" })),
    once(`ListResourceTags ${KeyId}`, () => client.listResourceTags({ KeyId })),
    isSymmetric({ KeySpec })
      ? once(`GetKeyRotationStatus ${KeyId}`, () => client.getKeyRotationStatus({ KeyId }))
      : undefined,
  ]);
  const tags = tagMap(Tags);
  return {
    ...(IS_ID.test(name) ? await nameOf(client, KeyId, tags[NAME_TAG]) : { Name: name }),
    KeyId,
    Arn,
    Description,
    KeySpec,
    KeyUsage,
    MultiRegion,
    Enabled: key.Enabled === true,
    EnableKeyRotation: rotation?.KeyRotationEnabled === true,
    RotationPeriodInDays: rotation?.KeyRotationEnabled === true ? (rotation.RotationPeriodInDays ?? 365) : 0,
    Policy: parsedPolicy(Policy ?? ""),
    Tags: tags,
  };
}

async function setRotation(client: KMS, KeyId: string, state: JsonObject): Promise<void> {
  const { EnableKeyRotation, RotationPeriodInDays } = state;
  if (EnableKeyRotation === true)
    await client.enableKeyRotation(sdkInput({ KeyId, RotationPeriodInDays: RotationPeriodInDays ?? 365 }));
  else await client.disableKeyRotation({ KeyId });
}

export const key = defineType({
  type: "KMS::Key",
  summary: "A key that encrypts queues, topics, tables, logs and parameters.",
  service: kms,
  properties: properties({
    Name: required(
      patternText(
        /^(?!aws\/)[\w/-]{1,250}$/,
        "a key's name: letters, digits and / - _, at most 250; aws/… is AWS's own",
      ),
      "Name in the spec, and the key's alias: `alias/NAME`.",
      { createOnly: true },
    ),
    Description: optional(limitedText(8192), "Free text."),
    Policy: optional(documentSchema(), "Who may use the key, as an object or as JSON text.", {
      policyDocument: true,
      spelling: parsedPolicy,
      defaultWords:
        "AWS's own, which leaves it to the account's IAM policies; a key that has another one keeps it",
      ignored: (_given, { wanted }) => isEmpty(wanted.Policy),
    }),
    KeySpec: optional(enumText(...KEY_SPECS), "Kind of key.", {
      default: "SYMMETRIC_DEFAULT",
      createOnly: true,
    }),
    KeyUsage: optional(
      enumText("ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"),
      "What it is for.",
      { default: "ENCRYPT_DECRYPT", createOnly: true },
    ),
    MultiRegion: optional(flag(), "Whether other regions can have replicas.", {
      default: false,
      createOnly: true,
    }),
    Enabled: optional(flag(), "Whether it can be used.", { default: true }),
    EnableKeyRotation: optional(
      flag(),
      "Whether AWS renews the key material. A key that is not enabled keeps what it has: AWS takes no change of it.",
      { default: false, ignored: (_given, { wanted }) => wanted.Enabled === false },
    ),
    RotationPeriodInDays: optional(wholeNumber(90, 2560), "How often.", {
      default: ({ EnableKeyRotation }) => (EnableKeyRotation === true ? 365 : undefined),
      defaultWords: "365 with rotation",
      ignored: ({ EnableKeyRotation }, { wanted }) => EnableKeyRotation !== true || wanted.Enabled === false,
    }),
    Tags: tags(),
  }),
  derived: ["Alias"],
  identity: { by: "name", property: "Name" },
  physicalName: (name, shortened) => shortened(name, 250),
  id: "Arn",
  nameOfArn: (arn) => /^arn:[^:]+:kms:[^:]*:\d*:key\/([\w-]+)$/.exec(arn)?.[1],
  foundByTagsAs: "kms:key",
  noteTags: [NAME_TAG],
  tags: {
    style: "list",
    set: (client, KeyId, added) => client.tagResource({ KeyId, Tags: tagList(added) }),
    remove: (client, KeyId, TagKeys) => client.untagResource({ KeyId, TagKeys }),
  },
  protected: "everything that it encrypted",
  checks({ properties: { KeySpec, KeyUsage, EnableKeyRotation } }) {
    const spec = textOf(KeySpec) || "SYMMETRIC_DEFAULT";
    const usage = textOf(KeyUsage) || ENCRYPT;
    const [, usages = []] = USAGES.find(([of]) => of.test(spec)) ?? [];
    return [
      ...(EnableKeyRotation === true && spec !== "SYMMETRIC_DEFAULT"
        ? [{ path: "EnableKeyRotation", message: "is only for the KeySpec SYMMETRIC_DEFAULT" }]
        : []),
      ...(usages.length === 0 || usages.includes(usage) || hasMarker(usage)
        ? []
        : [{ path: "KeyUsage", message: `needs to be ${usages.join(" or ")} for the KeySpec ${spec}` }]),
    ];
  },
  attributes: {
    id: "The key's ARN.",
    "live.Arn": "The key's ARN.",
    "live.KeyId": "The key's id.",
  },
  writtenAt({ name, stack: { partition, region, account } }) {
    const of = `arn:${partition}:kms:${region}:${account}:`;
    return [`${of}key/*`, `${of}alias/${name.replace(/^alias\//, "")}`];
  },
  permissions: {
    read: ["DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags", "ListAliases"],
    write: [
      "CreateKey",
      "CreateAlias",
      "DeleteAlias",
      "UpdateKeyDescription",
      "PutKeyPolicy",
      "EnableKey",
      "DisableKey",
      "EnableKeyRotation",
      "DisableKeyRotation",
      "ScheduleKeyDeletion",
      "TagResource",
      "UntagResource",
    ],
  },
  consequence: (live) =>
    `What ${live.name} encrypted cannot be read any longer. AWS deletes the key after 30 days; until then it can be restored.`,
  calls: {
    get: find,
    async create(client, input, { stack }) {
      const {
        Name,
        Enabled,
        EnableKeyRotation,
        RotationPeriodInDays: _own,
        Policy,
        Tags = {},
        ...rest
      } = input;
      const policy: JsonObject = isEmpty(Policy) ? {} : { Policy: JSON.stringify(Policy) };
      await freeAlias(client, stack, textOf(Name));
      const { KeyMetadata } = await client.createKey(
        sdkInput({ ...rest, ...policy, Tags: tagList({ ...tagsOf({ Tags }), [NAME_TAG]: textOf(Name) }) }),
      );
      const { KeyId = "", Arn = "" } = KeyMetadata ?? {};
      await client.createAlias({ AliasName: aliasOf(textOf(Name)), TargetKeyId: KeyId });
      if (EnableKeyRotation === true) await setRotation(client, KeyId, input);
      if (Enabled === false) await client.disableKey({ KeyId });
      return { KeyId, Arn };
    },
    async update(client, _input, { stack, live, state, changed }) {
      const KeyId = textOf(live.attributes.KeyId);
      if (changed("Alias")) {
        await freeAlias(client, stack, live.name);
        await client.createAlias({ AliasName: aliasOf(live.name), TargetKeyId: KeyId });
      }
      // A key that is off takes no other change.
      if (changed("Enabled") && state.Enabled === true) await client.enableKey({ KeyId });
      if (changed("Description"))
        await client.updateKeyDescription({ KeyId, Description: textOf(state.Description) });
      if (changed("Policy"))
        await client.putKeyPolicy({ KeyId, PolicyName: "default", Policy: JSON.stringify(state.Policy) });
      if (changed("EnableKeyRotation") || changed("RotationPeriodInDays"))
        await setRotation(client, KeyId, state);
      if (changed("Enabled") && state.Enabled === false) await client.disableKey({ KeyId });
      return {};
    },
    async delete(client, live) {
      const KeyId = textOf(live.attributes.KeyId);
      // It may wait already, by a deletion whose answer was lost before the alias went.
      await ifFound(() => client.scheduleKeyDeletion({ KeyId }));
      // Its name is free at once. An alias that it does not have may be another key's.
      if (live.name !== KeyId && live.attributes.Alias !== "missing")
        await client.deleteAlias({ AliasName: aliasOf(live.name) });
    },
  },
});
