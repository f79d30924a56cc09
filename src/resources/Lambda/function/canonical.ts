/** Converts both dialects to one: old specs are flat, newer ones have most properties under `Configuration`. */
import { imageIssue } from "../../../aws/image-uri.ts";
import { fail } from "../../../model/errors.ts";
import { hasMarker } from "../../../model/reference-marker.ts";
import { canonicalJson, isEmpty, isObject, type JsonObject } from "../../../model/values.ts";
import { listOf, objectOf, textOf } from "../../live-values.ts";
import { nameFrom } from "../../naming.ts";
import { packageType } from "./schema.ts";
import type { Entry, EntryIssue } from "../../../spec/type-rules.ts";
import { own } from "../../../model/own.ts";

export function canonicalFunction(entry: Entry): Entry {
  const { Configuration, ...beside } = entry.properties;
  const properties = isObject(Configuration) ? merged(Configuration, beside) : entry.properties;
  return nameFrom("FunctionName", { ...entry, properties });
}

function merged(inside: JsonObject, beside: JsonObject): JsonObject {
  for (const key of Object.keys(inside)) {
    if (beside[key] === undefined || canonicalJson(beside[key]) === canonicalJson(inside[key])) continue;
    fail("PROPERTY_CONTRADICTION", `${key} is set twice: in Configuration and next to it`, {
      hint: `Remove one of the two.`,
    });
  }
  return { ...inside, ...beside };
}

/**
 * Checks that a schema cannot express. Limits:
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function checkFunction(entry: Entry): readonly EntryIssue[] {
  const { properties } = entry;
  const code = objectOf(properties.Code);
  const issues: EntryIssue[] = [];
  const roles = entry.dependencies.role ?? [];
  if (roles.length === 0 && properties.Role === undefined) {
    issues.push({
      path: "dependencies.role",
      message: "a function has an execution role",
      hint: `Add dependencies: () => ({ role: "my-role" }) with an IAM::Role of the spec, or its ARN.`,
    });
  }
  const sources = ["Artifact", "ZipFile", "ImageUri", "S3Key"].filter((key) => code[key] !== undefined);
  if (properties.Code !== undefined && sources.length !== 1) {
    issues.push({ path: "Code", message: "has one of Artifact, ZipFile, ImageUri, or S3Bucket with S3Key" });
  }
  if (code.Sha256 !== undefined && code.S3Key === undefined) {
    issues.push({
      path: "Code.Sha256",
      message: "is only for code in S3",
      hint: "Remove it: other code is compared as it is.",
    });
  }
  const image = textOf(code.ImageUri);
  const wrongImage = image === "" || hasMarker(image) ? undefined : imageIssue(image);
  if (wrongImage !== undefined) issues.push({ path: "Code.ImageUri", ...wrongImage });
  if ((code.S3Key === undefined) !== (code.S3Bucket === undefined)) {
    issues.push({ path: "Code", message: "S3Bucket and S3Key go together" });
  }
  if (
    properties.CapacityProviderConfig !== undefined &&
    objectOf(properties.LoggingConfig).LogFormat === "Text"
  ) {
    const message = "functions on managed instances log JSON, always";
    issues.push({ path: "LoggingConfig.LogFormat", message, hint: "Remove LogFormat." });
  }
  issues.push(
    ...packageIssues(properties),
    ...environmentIssues(properties),
    ...corsIssues(properties),
    ...sizeIssues(properties),
  );
  return issues;
}

function corsIssues({ FunctionUrlConfig }: JsonObject): readonly EntryIssue[] {
  const { AllowOrigins, ...others } = objectOf(objectOf(FunctionUrlConfig).Cors);
  const says = Object.values(others).some((value) => !isEmpty(value) && value !== false && value !== 0);
  if (!says || !isEmpty(AllowOrigins)) return [];
  const path = "FunctionUrlConfig.Cors.AllowOrigins";
  return [
    { path, message: "is required in a Cors", hint: 'As a rule ["https://app.example.com"], or ["*"].' },
  ];
}

function packageIssues(properties: JsonObject): readonly EntryIssue[] {
  const has = (key: string): boolean => own(properties, key) !== undefined;
  if (packageType(properties) === "Image") {
    const image = objectOf(properties.Code).ImageUri;
    return [
      ...(image === undefined
        ? [{ path: "Code.ImageUri", message: "is required for PackageType Image" }]
        : []),
      ...["Runtime", "Handler", "Layers"]
        .filter((key) => has(key) && (listOf(own(properties, key)).length !== 0) === (key === "Layers"))
        .map((key) => ({ path: key, message: "is not for PackageType Image, because the image defines it" })),
    ];
  }
  return [
    ...["Runtime", "Handler"]
      .filter((key) => !has(key))
      .map((key) => ({ path: key, message: "is required for PackageType Zip" })),
    ...(has("ImageConfig") ? [{ path: "ImageConfig", message: "is for PackageType Image only" }] : []),
  ];
}

function environmentIssues(properties: JsonObject): readonly EntryIssue[] {
  const variables = objectOf(objectOf(properties.Environment).Variables);
  const issues: EntryIssue[] = [];
  const known = Object.values(variables).every((value) => !hasMarker(textOf(value)));
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (known && bytes > 4096) {
    issues.push({
      path: "Environment.Variables",
      message: `the variables take ${bytes} bytes, AWS's quota is 4096`,
      hint: "Store large or secret values in Systems Manager or Secrets Manager, and read them in the function.",
    });
  }
  return issues;
}

/** What only managed instances have: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html */
const MOST = [
  { path: "Timeout", most: 900, unit: "seconds" },
  { path: "MemorySize", most: 10_240, unit: "MB" },
  { path: "EphemeralStorage.Size", most: 10_240, unit: "MB" },
];

function sizeIssues(properties: JsonObject): readonly EntryIssue[] {
  if (properties.CapacityProviderConfig !== undefined) return [];
  const sizes: JsonObject = {
    ...properties,
    "EphemeralStorage.Size": objectOf(properties.EphemeralStorage).Size ?? null,
  };
  return MOST.flatMap(({ path, most, unit }) => {
    const value = sizes[path];
    if (typeof value !== "number" || value <= most) return [];
    const milliseconds = unit === "seconds" && value % 1000 === 0 && value / 1000 <= most;
    const hint = milliseconds
      ? `It is in seconds: did you mean ${value / 1000}?`
      : "Only managed instances (CapacityProviderConfig) have more.";
    return [{ path, message: `is ${value}; accepted: at most ${most} ${unit}`, hint }];
  });
}
