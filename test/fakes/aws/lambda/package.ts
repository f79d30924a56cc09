import { createHash } from "node:crypto";
import type { FunctionCode, FunctionCodeLocation } from "@aws-sdk/client-lambda";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { invalid } from "./common.ts";

export interface Package {
  sha256: string;
  size: number;
  zip: Uint8Array | undefined;
  location: FunctionCodeLocation;
}

const digest = (data: Uint8Array | string, encoding: "base64" | "hex"): string =>
  createHash("sha256").update(data).digest(encoding);

/** Reads a deployment package: exactly one of a zip, an S3 object and an image, fitting the package type. */
export function readPackage(ctx: Ctx, code: FunctionCode, type: string, operation: string): Package {
  const read = readSource(ctx, code, type, operation);
  // The key that the package is kept under is answered with its place.
  return code.SourceKMSKeyArn
    ? { ...read, location: { ...read.location, SourceKMSKeyArn: code.SourceKMSKeyArn } }
    : read;
}

function readSource(ctx: Ctx, code: FunctionCode, type: string, operation: string): Package {
  const zip = code.ZipFile;
  const s3 = code.S3Bucket ?? code.S3Key;
  const given = [zip, s3, code.ImageUri].filter((source) => source !== undefined).length;
  if (given > 1)
    throw invalid("Please do not provide other FunctionCode parameters when providing a ZipFile.");
  if (type === "Image") {
    if (code.ImageUri === undefined)
      throw invalid("Please provide ImageUri when the intended function PackageType is Image.");
    return readImage(ctx, code.ImageUri);
  }
  if (code.ImageUri !== undefined) {
    throw invalid("Please don't provide ImageUri when the intended function PackageType is Zip.");
  }
  if (zip !== undefined) return readZip(ctx, zip, operation);
  if (code.S3Bucket === undefined || code.S3Key === undefined)
    throw invalid("Please provide a source for function code.");
  const key = `${code.S3Bucket}/${code.S3Key}/${code.S3ObjectVersion ?? ""}`;
  return {
    sha256: digest(`s3://${key}`, "base64"),
    size: key.length,
    zip: undefined,
    location: {
      RepositoryType: "S3",
      Location: `https://awslambda-${ctx.regionName}-tasks.s3.${ctx.regionName}.${ctx.dnsSuffix}/snapshots/${key}`,
    },
  };
}

function readZip(ctx: Ctx, zip: Uint8Array, operation: string): Package {
  if (zip.length > ctx.quotas.zipSize) {
    throw new AwsError(
      "RequestEntityTooLargeException",
      `Request must be smaller than 69905067 bytes for the ${operation} operation`,
      413,
      { Type: "User" },
    );
  }
  const signature = String.fromCharCode(...zip.subarray(0, 4));
  if (zip.length === 0 || signature === "PK\u0005\u0006")
    throw invalid("Uploaded file must be a non-empty zip");
  if (signature !== "PK\u0003\u0004") {
    throw invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
  const hex = digest(zip, "hex");
  return {
    sha256: Buffer.from(hex, "hex").toString("base64"),
    size: zip.length,
    zip: Uint8Array.from(zip),
    location: {
      RepositoryType: "S3",
      Location: `https://awslambda-${ctx.regionName}-tasks.s3.${ctx.regionName}.${ctx.dnsSuffix}/snapshots/${ctx.accountId}/${hex}`,
    },
  };
}

function readImage(ctx: Ctx, uri: string): Package {
  const pattern = /^\d{12}\.dkr\.ecr\.[\w-]+\.amazonaws\.com(\.cn)?\/[^:@]+(:[\w.-]+|@sha256:[0-9a-f]{64})$/;
  if (!pattern.test(uri)) throw invalid(`Source image ${uri} is not valid. Provide a valid source image.`);
  const hex = /@sha256:([0-9a-f]{64})$/.exec(uri)?.[1] ?? digest(uri, "hex");
  const repository = uri.replace(/(@sha256:[0-9a-f]+|:[\w.-]+)$/, "");
  return {
    // An image's CodeSha256 is its digest in hex, not base64.
    sha256: hex,
    size: 0,
    zip: undefined,
    location: {
      RepositoryType: "ECR",
      Location: `https://${ctx.accountId}.dkr.ecr.${ctx.regionName}.${ctx.dnsSuffix}/snapshots/${hex}`,
      ImageUri: uri,
      ResolvedImageUri: `${repository}@sha256:${hex}`,
    },
  };
}
