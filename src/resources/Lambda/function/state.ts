/** The comparable state of a function, from a spec and from AWS. */
import { createHash } from "node:crypto";
import { fail } from "../../../model/errors.ts";
import { isEmpty, isUnknown, type JsonObject, type JsonValue } from "../../../model/values.ts";
import { listOf, objectOf, textOf, userTags } from "../../live-values.ts";
import type { Desired, Live } from "../../type.ts";
import type { StackFacts } from "../../../model/stack.ts";
import { eventInvokeState } from "../event-invoke.ts";
import { functionState } from "./schema.ts";

export const FUNCTION = "Lambda::Function";

/**
 * Tags by which a reading knows, at no cost, that there is more to read or what was written and cannot be read:
 * without them every function would cost three calls more, or what left the spec would stay unseen.
 */
export const URL_TAG = "gc-function-url";
export const SIGNING_TAG = "gc-code-signing";
/** Where S3 code came from: AWS never returns it. */
export const CODE_TAG = "gc-code";
/** Qualifiers with statements of their own; kept by Lambda::Permission, hidden from the function's state. */
export const QUALIFIERS_TAG = "gc-permission-qualifiers";

/** The number of the last version that `Publish` made. */
export const PUBLISHED_TAG = "gc-published";
/** There are aliases to read; kept by Lambda::Alias. */
export const ALIASES_TAG = "gc-aliases";
/** There are settings for asynchronous events. */
export const INVOKE_TAG = "gc-event-invoke";
/** Notes that no spec gives, hidden from the function's state. */
const HIDDEN: readonly string[] = [QUALIFIERS_TAG, PUBLISHED_TAG, ALIASES_TAG];

/** The notes among a function's tags. */
export function hiddenTags(tags: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => HIDDEN.includes(key)));
}

export function functionArn(stack: StackFacts, name: string): string {
  return `arn:${stack.partition}:lambda:${stack.region}:${stack.account}:function:${name}`;
}

/** The state from the spec's properties. */
export function fromSpec(wanted: JsonObject, desired: Desired): JsonObject {
  const { ZipFile, Sha256, Artifact: _named, ...code } = objectOf(wanted.Code);
  const sha = typeof ZipFile === "string" ? zipSha256(ZipFile) : (statedSha256(Sha256) ?? desired.codeSha256);
  const role = desired.dependency("role");
  const key = desired.dependency("kmsKey");
  const layers = desired.dependencies("layers").map((layer) => layer.attribute("Arn"));
  return {
    ...wanted,
    FunctionName: desired.name,
    ...(role === undefined ? {} : { Role: role.attribute("Arn") }),
    Code: desired.image === undefined ? code : { ...code, ImageUri: desired.image },
    ...(sha === undefined || isOnlyPlaced(code, Sha256) ? {} : { CodeSha256: sha }),
    Layers: [...listOf(wanted.Layers), ...layers],
    ...(key === undefined ? {} : { KMSKeyArn: key.attribute("Arn") }),
    VpcConfig: vpcOf(desired),
    FunctionUrlConfig: urlState(wanted.FunctionUrlConfig),
    EventInvokeConfig: eventInvokeState(wanted.EventInvokeConfig),
    Tags: { ...objectOf(wanted.Tags), ...markers(wanted, isOnlyPlaced(code, Sha256) ? code : {}) },
  };
}

/** In S3, and nothing but the place says what it is: AWS tells neither the place nor what was there. */
function isOnlyPlaced({ S3Key }: JsonObject, sha256: JsonValue | undefined): boolean {
  return S3Key !== undefined && sha256 === undefined;
}

/** As Lambda writes it, in base64. */
export function statedSha256(sha256: JsonValue | undefined): JsonValue | undefined {
  return typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256)
    ? Buffer.from(sha256, "hex").toString("base64")
    : sha256;
}

/** The code is what the spec says it is, or what was planned: an object in S3 may have been written again since. */
export function checkCode(
  name: string,
  { properties, codeSha256: sent }: Desired,
  codeSha256: string | undefined,
): void {
  const { Sha256, S3Bucket, S3Key, Artifact } = objectOf(properties.Code);
  if (Artifact !== undefined && codeSha256 !== sent)
    fail(
      "CODE_MISMATCH",
      `function ${name} has code with CodeSha256 ${codeSha256}; what was sent is ${sent}`,
      {
        hint: "Somebody else changed the function's code at the same time. Plan again.",
        resource: `${FUNCTION}::${name}`,
      },
    );
  if (Sha256 === undefined || codeSha256 === statedSha256(Sha256)) return;
  fail(
    "CODE_MISMATCH",
    `function ${name} has code with CodeSha256 ${codeSha256}, but Code.Sha256 is ${textOf(Sha256)}`,
    {
      hint: `s3://${textOf(S3Bucket)}/${textOf(S3Key)} has other bytes than the spec says, and Lambda has taken them. Put the right archive there or correct Sha256, give S3ObjectVersion so that nobody can exchange it, and apply again.`,
      resource: `${FUNCTION}::${name}`,
    },
  );
}

/** base64, as Lambda's CodeSha256. */
export function zipSha256(base64: string): string {
  return createHash("sha256").update(Buffer.from(base64, "base64")).digest("base64");
}

function vpcOf(desired: Desired): JsonObject {
  const written = objectOf(desired.properties.VpcConfig);
  const ids = (key: string): JsonValue[] => desired.dependencies(key).map(({ id }) => id);
  return vpcState({
    SubnetIds: [...listOf(written.SubnetIds), ...ids("subnets")],
    SecurityGroupIds: [...listOf(written.SecurityGroupIds), ...ids("securityGroups")],
    Ipv6AllowedForDualStack: written.Ipv6AllowedForDualStack ?? false,
  });
}

/** Empty outside a VPC; without the default of dual-stack. */
function vpcState({ Ipv6AllowedForDualStack, ...vpc }: JsonObject): JsonObject {
  if (isEmpty(vpc.SubnetIds)) return {};
  return Ipv6AllowedForDualStack === true ? { ...vpc, Ipv6AllowedForDualStack } : vpc;
}

/** A URL's configuration; without what a Cors says that is the default, empty for no URL. */
function urlState(config: JsonValue | undefined): JsonObject {
  const { Cors, ...given } = objectOf(config);
  const cors = Object.entries(objectOf(Cors)).filter(
    ([, value]) => !isEmpty(value) && value !== false && value !== 0,
  );
  return cors.length === 0 ? given : { ...given, Cors: Object.fromEntries(cors) };
}

function markers(wanted: JsonObject, code: JsonObject): JsonObject {
  return {
    ...(isEmpty(wanted.FunctionUrlConfig) ? {} : { [URL_TAG]: "true" }),
    ...(isEmpty(wanted.CodeSigningConfigArn) ? {} : { [SIGNING_TAG]: "true" }),
    ...(isEmpty(wanted.EventInvokeConfig) ? {} : { [INVOKE_TAG]: "true" }),
    ...(code.S3Key === undefined ? {} : { [CODE_TAG]: codeTag(code) }),
  };
}

/**
 * `s3://bucket/key@version` where a tag can hold that, else a digest of it.
 * Characters and length: https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
 */
function codeTag(code: JsonObject): JsonValue {
  const unknown = Object.values(code).find(isUnknown);
  if (unknown !== undefined) return unknown;
  const version = isEmpty(code.S3ObjectVersion) ? "" : `@${textOf(code.S3ObjectVersion)}`;
  const mode = code.S3ObjectStorageMode === "REFERENCE" ? " REFERENCE" : "";
  const place = `s3://${textOf(code.S3Bucket)}/${textOf(code.S3Key)}${version}${mode}`;
  if (place.length <= 256 && /^[\w .:/=+@-]+$/.test(place)) return place;
  return `sha256:${createHash("sha256").update(place).digest("hex")}`;
}

/** What AWS returned about one function. */
export interface FunctionParts {
  /** GetFunction's Configuration. */
  readonly configuration: JsonObject;
  /** GetFunction's Code. */
  readonly code: JsonObject;
  readonly tags: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number | undefined;
  /** GetFunctionUrlConfig's answer. */
  readonly url?: JsonObject | undefined;
  readonly signingConfigArn?: string | undefined;
  /** GetFunctionEventInvokeConfig's answer. */
  readonly invoke?: JsonObject | undefined;
  /** The last version is what the function is now. */
  readonly published?: boolean | undefined;
}

export function functionLive(parts: FunctionParts): Live {
  const { configuration: config, code, tags, url, reservedConcurrency, signingConfigArn } = parts;
  const { invoke, published = false } = parts;
  const name = textOf(config.FunctionName);
  const arn = textOf(config.FunctionArn);
  const shownTags = Object.fromEntries(
    Object.entries(userTags(tags)).filter(([key]) => !HIDDEN.includes(key)),
  );
  // Only the sum of a zip that we sent says anything: that of S3 code is not in the spec, an image has its URI.
  const summed = config.PackageType !== "Image" && tags[CODE_TAG] === undefined;
  const state = functionState({
    ...config,
    Layers: listOf(config.Layers).map((layer) => objectOf(layer).Arn ?? ""),
    VpcConfig: vpcState(objectOf(config.VpcConfig)),
    ImageConfig: objectOf(config.ImageConfigResponse).ImageConfig ?? null,
    Code: code.ResolvedImageUri === undefined ? code : { ...code, ImageUri: code.ResolvedImageUri },
    CodeSha256: summed ? (config.CodeSha256 ?? null) : null,
    CodeSigningConfigArn: signingConfigArn ?? null,
    ReservedConcurrentExecutions: reservedConcurrency ?? null,
    FunctionUrlConfig: urlState(url),
    EventInvokeConfig: eventInvokeState(invoke),
    Publish: published,
    Tags: shownTags,
  });
  const { Environment: _secret, ...shown } = config;
  const address = url?.FunctionUrl === undefined ? {} : { FunctionUrl: url.FunctionUrl };
  const version = tags[PUBLISHED_TAG];
  return {
    type: FUNCTION,
    name,
    id: arn,
    state,
    attributes: {
      ...shown,
      ...address,
      ...(version === undefined ? {} : { PublishedVersion: version }),
      Arn: arn,
      Configuration: shown,
    },
    tags,
  };
}
