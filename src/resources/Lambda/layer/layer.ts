/**
 * Layers. Facts: https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
 *
 * A version never changes, so every change publishes the next one, the stack's functions move over, and the old version is
 * deleted, as CloudFormation and Terraform do. Functions that run with a deleted version keep it (API_DeleteLayerVersion), also
 * published ones that an alias may go back to; only naming it anew is refused. Keeping every version would fill the 75 GB that
 * an account has for code. A version that is not marked as this stack's is never deleted, also of a layer that was adopted.
 */
import type { LayerVersionContentInput } from "@aws-sdk/client-lambda";
import { createHash } from "node:crypto";
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isOurs } from "../../../aws/tags.ts";
import { fail } from "../../../model/errors.ts";
import { isEmpty, isUnknown, type JsonObject, type JsonValue, withoutEmpty } from "../../../model/values.ts";
import type { EntryIssue } from "../../../spec/type-rules.ts";
import { defineType } from "../../define.ts";
import { optional, required } from "../../facts.ts";
import { objectOf, textOf } from "../../live-values.ts";
import { enumText, limitedText, patternText, properties, textList } from "../../schema.ts";
import type { CreateContext, DeleteContext, Desired } from "../../type.ts";
import { code } from "../function/code-schema.ts";
import { statedSha256, zipSha256 } from "../function/state.ts";
import { LAYER, nameOfLayer } from "../layers.ts";
import { objectPlaces, readsObject, unpinnedObject } from "../reads.ts";
import { lambda } from "../service.ts";
import { inspectFolder } from "./folder.ts";
import { withMark } from "./mark.ts";
import { layerLive, readLayers } from "./read.ts";

export const layer = defineType({
  type: LAYER,
  summary:
    "Code that functions share, from the folder of its name, a workflow's artifact or S3. Every change publishes a version.",
  service: lambda,
  properties: properties({
    LayerName: required(
      patternText(/^[\w-]{1,140}$/, "a layer's name: letters, digits, - and _, at most 140"),
      "Name of the layer, also its name in the spec.",
      { createOnly: true },
    ),
    Description: optional(limitedText(256), "Description of the version. Gatewright adds whose it is.", {
      createOnly: true,
    }),
    CompatibleRuntimes: optional(
      textList(patternText(/^\S+$/, "a runtime such as nodejs22.x or python3.13"), 15),
      "Runtimes that it is made for.",
      { createOnly: true, unordered: true },
    ),
    CompatibleArchitectures: optional(
      textList(enumText("x86_64", "arm64"), 2),
      "Processors that it is made for.",
      { createOnly: true, unordered: true },
    ),
    LicenseInfo: optional(
      patternText(/^.{0,512}$/, "one line of at most 512 characters"),
      "Its license: an SPDX identifier such as `MIT`, a URL, or the text.",
      { createOnly: true },
    ),
    Content: optional(
      code.pick({
        Artifact: true,
        ZipFile: true,
        S3Bucket: true,
        S3Key: true,
        S3ObjectVersion: true,
        S3ObjectStorageMode: true,
        Sha256: true,
      }),
      "Where the content is.",
      { createOnly: true, writeOnly: true, defaultWords: "the folder of the layer's name" },
    ),
  }),
  derived: ["CodeSha256", "CodePlace", "OfThisStack"],
  identity: { by: "name", property: "LayerName" },
  physicalName: (name, shortened) => shortened(name, 140),
  id: "LayerVersionArn",
  nameOfArn: nameOfLayer,
  replaceOrder: "create-first",
  replaces: () => true,
  codeInFolder: ({ properties: { Content } }) => Content === undefined,
  codeArtifact: ({ properties: { Content } }) => textOf(objectOf(Content).Artifact) || undefined,
  inspectCode: async (_entry, folder) => inspectFolder(folder),
  codeSize: ({ attributes: { CodeSize } }) => (typeof CodeSize === "number" ? CodeSize : undefined),
  async codeAddress({ aws, live: { attributes } }) {
    const client = await aws.client(lambda);
    const of = { LayerName: textOf(attributes.LayerName), VersionNumber: Number(attributes.Version) };
    return (await client.getLayerVersion(of)).Content?.Location;
  },
  checks: ({ properties: { Content } }) => contentIssues(Content),
  inspect: ({ properties: { Content } }) => unpinnedObject("Content", Content),
  attributes: {
    id: "The version's ARN.",
    "live.Arn": "The version's ARN.",
    "live.LayerVersionArn": "The version's ARN.",
    "live.LayerArn": "The layer's ARN, without a version.",
    "live.Version": "The version's number.",
  },
  writtenAt({ name, stack: { partition, region, account } }) {
    const arn = `arn:${partition}:lambda:${region}:${account}:layer:${name}`;
    return [arn, `${arn}:*`];
  },
  permissions: {
    read: ["ListLayerVersions", "GetLayerVersion"],
    write: ["PublishLayerVersion", "DeleteLayerVersion"],
    besides: readsObject,
  },
  besidesAt: ({ properties, stack }) => objectPlaces(properties.Content, stack),
  consequence: ({ name, attributes: { Version } }) =>
    `Functions of other stacks that name version ${textOf(Version)} of layer ${name} keep running, but cannot be changed until they name another.`,
  fromSpec,
  verbs: (live) => ({
    read: (context) => readLayers(context, live),
    async create(context) {
      const { aws, stack, state, desired } = context;
      const client = await aws.client(lambda);
      const LayerName = textOf(state.LayerName);
      const answer = await client.publishLayerVersion({
        ...sdkInput<{ LayerName: string }>(withoutEmpty(state), [
          "LayerName",
          "CompatibleRuntimes",
          "CompatibleArchitectures",
          "LicenseInfo",
        ]),
        Description: withMark(LayerName, textOf(state.Description), { stack, code: textOf(state.CodePlace) }),
        Content: await contentInput(context),
      });
      checkContent(LayerName, desired, answer.Content?.CodeSha256);
      return layerLive(live, stack, LayerName, answer);
    },
    async update() {
      throw new Error(`bug: ${LAYER} cannot be changed in place`);
    },
    async delete({ aws, stack, live: { tags, attributes } }: DeleteContext) {
      if (!isOurs(tags, stack)) return;
      const client = await aws.client(lambda);
      await client.deleteLayerVersion({
        LayerName: textOf(attributes.LayerName),
        VersionNumber: Number(attributes.Version),
      });
    },
  }),
});

function fromSpec(wanted: JsonObject, desired: Desired): JsonObject {
  const { ZipFile, Sha256, Artifact: _named, ...place } = objectOf(wanted.Content);
  const sha = typeof ZipFile === "string" ? zipSha256(ZipFile) : (statedSha256(Sha256) ?? desired.codeSha256);
  const onlyPlaced = place.S3Key !== undefined && Sha256 === undefined;
  const code = onlyPlaced ? digestOf(place) : "";
  // Whether there is room for the mark is said when it is planned.
  withMark(desired.name, textOf(wanted.Description), {
    stack: desired.stack,
    code: typeof code === "string" ? code : "0".repeat(DIGITS),
  });
  return {
    ...wanted,
    LayerName: desired.name,
    Content: place,
    OfThisStack: true,
    ...(onlyPlaced ? { CodePlace: code } : { CodeSha256: sha ?? "" }),
  };
}

/** What a description has room for. */
const DIGITS = 16;

function digestOf(place: JsonObject): JsonValue {
  const unknown = Object.values(place).find(isUnknown);
  if (unknown !== undefined) return unknown;
  const { S3Bucket, S3Key, S3ObjectVersion, S3ObjectStorageMode } = place;
  const text = JSON.stringify([S3Bucket, S3Key, S3ObjectVersion ?? "", S3ObjectStorageMode ?? "COPY"]);
  return createHash("sha256").update(text).digest("hex").slice(0, DIGITS);
}

async function contentInput({
  state,
  desired,
  code: folder,
}: CreateContext): Promise<LayerVersionContentInput> {
  const { ZipFile } = objectOf(desired.properties.Content);
  if (typeof ZipFile === "string") return { ZipFile: Buffer.from(ZipFile, "base64") };
  const place = objectOf(state.Content);
  return isEmpty(place.S3Key) ? { ZipFile: await folder() } : sdkInput(withoutEmpty(place));
}

/** The content is what the spec says it is: an object in S3 may have been written again since. */
function checkContent(
  name: string,
  { properties, codeSha256: sent }: Desired,
  sha256: string | undefined,
): void {
  const { Sha256, S3Bucket, S3Key, Artifact } = objectOf(properties.Content);
  if (Artifact !== undefined && sha256 !== sent)
    fail("CODE_MISMATCH", `layer ${name} has content with CodeSha256 ${sha256}; what was sent is ${sent}`, {
      hint: "Plan again; if it stays so, AWS has stored other bytes than it was sent.",
      resource: `${LAYER}::${name}`,
    });
  if (Sha256 === undefined || sha256 === statedSha256(Sha256)) return;
  fail(
    "CODE_MISMATCH",
    `layer ${name} has content with CodeSha256 ${sha256}, but Content.Sha256 is ${textOf(Sha256)}`,
    {
      hint: `s3://${textOf(S3Bucket)}/${textOf(S3Key)} has other bytes than the spec says. Put the right archive there or correct Sha256, give S3ObjectVersion so that nobody can exchange it, and apply again.`,
      resource: `${LAYER}::${name}`,
    },
  );
}

function contentIssues(content: JsonValue | undefined): readonly EntryIssue[] {
  if (content === undefined) return [];
  const { Artifact, ZipFile, S3Bucket, S3Key, Sha256 } = objectOf(content);
  const given = [Artifact, ZipFile, S3Key].filter((one) => one !== undefined);
  const issue = (path: string, message: string): EntryIssue => ({ path, message });
  return [
    ...(given.length === 1 ? [] : [issue("Content", "has one of Artifact, ZipFile, or S3Bucket with S3Key")]),
    ...((S3Key === undefined) === (S3Bucket === undefined)
      ? []
      : [issue("Content", "S3Bucket and S3Key go together")]),
    ...(Sha256 !== undefined && S3Key === undefined
      ? [issue("Content.Sha256", "is only for content in S3")]
      : []),
  ];
}
