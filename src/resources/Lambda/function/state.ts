/** The comparable state of a function, from a spec and from AWS. */
import { createHash } from "node:crypto";
import { isEmpty, isUnknown, type JsonObject, type JsonValue } from "../../../model/values.ts";
import { listOf, objectOf, textOf, textsOf, userTags } from "../../live-values.ts";
import type { Desired, Live } from "../../type.ts";
import type { StackFacts } from "../../../model/stack.ts";
import { packageType } from "./canonical.ts";

export const FUNCTION = "Lambda::Function";

/**
 * Tags by which a reading knows, at no cost, that there is more to read or what was written and cannot be read:
 * without them every function would cost three calls more, or what left the spec would stay unseen.
 */
export const URL_TAG = "gc-function-url";
export const SIGNING_TAG = "gc-code-signing";
/** Where S3 code came from: AWS never tells. */
export const CODE_TAG = "gc-code";
/** Qualifiers with statements of their own; kept by Lambda::Permission, hidden from the function's state. */
export const QUALIFIERS_TAG = "gc-permission-qualifiers";

export function functionArn(stack: StackFacts, name: string): string {
  return `arn:${stack.partition}:lambda:${stack.region}:${stack.account}:function:${name}`;
}

/** AWS's true defaults: what CreateFunction makes of a request that says nothing. */
export function functionDefaults(name: string): JsonObject {
  return {
    Timeout: 3,
    MemorySize: 128,
    PackageType: "Zip",
    Architectures: ["x86_64"],
    EphemeralStorage: { Size: 512 },
    TracingConfig: { Mode: "PassThrough" },
    SnapStart: { ApplyOn: "None" },
    LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${name}` },
  };
}

/** Fills in what was left out; emulators leave out of their answers what AWS shows. */
function completed(name: string, state: JsonObject): JsonObject {
  const defaults = functionDefaults(name);
  const logging = { ...objectOf(defaults.LoggingConfig), ...objectOf(state.LoggingConfig) };
  const levels = logging.LogFormat === "JSON" ? { ApplicationLogLevel: "INFO", SystemLogLevel: "INFO" } : {};
  return { ...defaults, ...withoutAbsent(state), LoggingConfig: { ...levels, ...logging } };
}

function withoutAbsent(state: JsonObject): JsonObject {
  const kept = Object.entries(state).filter(([, value]) => isUnknown(value) || !isEmpty(value));
  return Object.fromEntries(kept);
}

/** Keys of the schema that AWS keeps elsewhere or never shows. */
const NOT_STATE = ["Policy", "Publish", "PublishTo"];

export function desiredFunction(desired: Desired): JsonObject {
  const { name, properties } = desired;
  const wanted = Object.fromEntries(Object.entries(properties).filter(([key]) => !NOT_STATE.includes(key)));
  const role = desired.dependency("role");
  const layers = [...listOf(wanted.Layers), ...arns(desired, "layers")];
  const key = desired.dependency("kmsKey");
  const { ZipFile, ...code } = objectOf(wanted.Code);
  const sha = typeof ZipFile === "string" ? zipSha256(ZipFile) : desired.codeSha256;
  return completed(name, {
    ...wanted,
    FunctionName: name,
    ...(role === undefined ? {} : { Role: role.attribute("Arn") }),
    PackageType: packageType(properties),
    Code: code,
    ...(sha === undefined || isFromS3(code) ? {} : { CodeSha256: sha }),
    Layers: layers,
    ...(key === undefined ? {} : { KMSKeyArn: key.attribute("Arn") }),
    VpcConfig: vpcOf(desired),
    FunctionUrlConfig: urlState(wanted.FunctionUrlConfig),
    Tags: { ...objectOf(wanted.Tags), ...markers(wanted, code) },
  });
}

function isFromS3(code: JsonObject): boolean {
  return code.S3Key !== undefined;
}

/** base64, as Lambda's CodeSha256. */
function zipSha256(base64: string): string {
  return createHash("sha256").update(Buffer.from(base64, "base64")).digest("base64");
}

function arns(desired: Desired, key: string): JsonValue[] {
  return desired.dependencies(key).map((dependency) => dependency.attribute("Arn"));
}

function vpcOf(desired: Desired): JsonObject {
  const written = objectOf(desired.properties.VpcConfig);
  const ids = (key: string): JsonValue[] => desired.dependencies(key).map(({ id }) => id);
  const SubnetIds = [...listOf(written.SubnetIds), ...ids("subnets")];
  const SecurityGroupIds = [...listOf(written.SecurityGroupIds), ...ids("securityGroups")];
  if (SubnetIds.length === 0) return {};
  const dualStack = written.Ipv6AllowedForDualStack === true ? { Ipv6AllowedForDualStack: true } : {};
  return { SubnetIds, SecurityGroupIds, ...dualStack };
}

/** A URL's configuration with its defaults; empty for none. */
export function urlState(config: JsonValue | undefined): JsonObject {
  const { AuthType, InvokeMode, Cors } = objectOf(config);
  if (AuthType === undefined) return {};
  const given = Object.entries(objectOf(Cors)).filter(
    ([, value]) => !isEmpty(value) && value !== false && value !== 0,
  );
  const cors = given.length === 0 ? {} : { Cors: Object.fromEntries(given) };
  return { AuthType, InvokeMode: InvokeMode ?? "BUFFERED", ...cors };
}

function markers(wanted: JsonObject, code: JsonObject): JsonObject {
  return {
    ...(isEmpty(wanted.FunctionUrlConfig) ? {} : { [URL_TAG]: "true" }),
    ...(isEmpty(wanted.CodeSigningConfigArn) ? {} : { [SIGNING_TAG]: "true" }),
    ...(isFromS3(code) ? { [CODE_TAG]: codeTag(code) } : {}),
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

/** What AWS told about one function. */
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
}

/** Keys of a configuration that are the same in a state. */
const SAME = [
  ..."FunctionName Role Runtime Handler Description Timeout MemorySize PackageType Architectures".split(" "),
  ..."EphemeralStorage TracingConfig LoggingConfig DeadLetterConfig KMSKeyArn FileSystemConfigs".split(" "),
  ..."TenancyConfig CapacityProviderConfig DurableConfig".split(" "),
];

export function functionLive(parts: FunctionParts): Live {
  const { configuration: config, code, tags, url } = parts;
  const name = textOf(config.FunctionName);
  const arn = textOf(config.FunctionArn);
  const vpc = objectOf(config.VpcConfig);
  const { [QUALIFIERS_TAG]: _hidden, ...shownTags } = userTags(tags);
  // Only the sum of a zip that we sent says anything: that of S3 code is not in the spec, an image has its URI.
  const summed = config.PackageType !== "Image" && tags[CODE_TAG] === undefined;
  const state = completed(name, {
    ...Object.fromEntries(SAME.map((key) => [key, config[key] ?? null])),
    SnapStart: pick(objectOf(config.SnapStart), ["ApplyOn"]),
    Environment: pick(objectOf(config.Environment), ["Variables"]),
    Layers: listOf(config.Layers).map((layer) => objectOf(layer).Arn ?? ""),
    VpcConfig: vpcState(vpc),
    ImageConfig: objectOf(objectOf(config.ImageConfigResponse).ImageConfig),
    Code: pick(code, ["ImageUri", "SourceKMSKeyArn"]),
    CodeSha256: summed ? (config.CodeSha256 ?? null) : null,
    CodeSigningConfigArn: parts.signingConfigArn ?? null,
    FunctionUrlConfig: urlState(url),
    Tags: shownTags,
  });
  // Zero is a limit, not an absence.
  if (parts.reservedConcurrency !== undefined) state.ReservedConcurrentExecutions = parts.reservedConcurrency;
  const { Environment: _secret, ...shown } = config;
  const urlAttributes = url === undefined ? {} : pick(url, ["FunctionUrl"]);
  return {
    type: FUNCTION,
    name,
    id: arn,
    state,
    attributes: { ...shown, ...urlAttributes, Arn: arn, Configuration: shown },
    tags,
  };
}

function vpcState(vpc: JsonObject): JsonObject {
  const SubnetIds = textsOf(vpc.SubnetIds);
  if (SubnetIds.length === 0) return {};
  const dualStack = vpc.Ipv6AllowedForDualStack === true ? { Ipv6AllowedForDualStack: true } : {};
  return { SubnetIds, SecurityGroupIds: textsOf(vpc.SecurityGroupIds), ...dualStack };
}

function pick(from: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(from).filter(([key, value]) => keys.includes(key) && !isEmpty(value)),
  );
}
