/** What Lambda reads with the caller's permissions when it is given code: objects in S3, images in ECR, layers. */
import { imagePlace } from "../../aws/image-uri.ts";
import type { StackFacts } from "../../model/stack.ts";
import { isEmpty, type JsonValue } from "../../model/values.ts";
import type { Finding } from "../../spec/type-rules.ts";
import { doubtful } from "../findings.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";
import type { Desired } from "../type.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html: "Lambda uses the user's permissions to fetch it". */
export const readsObject = {
  "s3:GetObject": "for code in S3",
  "s3:GetObjectVersion": "for code in S3 with a version",
};

/** @param property `Code` of a function, `Content` of a layer: with neither a version nor a sum, only its place is compared */
export function unpinnedObject(
  property: "Code" | "Content",
  value: JsonValue | undefined,
): readonly Finding[] {
  const { S3Bucket, S3Key, S3ObjectVersion, Sha256 } = objectOf(value);
  if (S3Key === undefined || !isEmpty(S3ObjectVersion) || !isEmpty(Sha256)) return [];
  const what = `s3://${textOf(S3Bucket) || "…"}/${textOf(S3Key) || "…"}`;
  return [
    doubtful(
      "CODE_NOT_COMPARED",
      [property, "S3Key"],
      `${property} is compared by its place alone: another object under ${what} is no change, and is not deployed`,
      `Give ${property}.S3ObjectVersion or ${property}.Sha256, or a new key for each build.`,
    ),
  ];
}

type Places = Readonly<Record<string, readonly string[]>>;

/** @param code `Code` of a function, `Content` of a layer */
export function objectPlaces(code: JsonValue | undefined, { partition }: StackFacts): Places {
  const { S3Bucket, S3Key, S3ObjectVersion } = objectOf(code);
  if (S3Key === undefined) return { "s3:GetObject": [], "s3:GetObjectVersion": [] };
  const arn = `arn:${partition}:s3:::${textOf(S3Bucket) || "*"}/${textOf(S3Key) || "*"}`;
  return isEmpty(S3ObjectVersion)
    ? { "s3:GetObject": [arn], "s3:GetObjectVersion": [] }
    : { "s3:GetObject": [arn], "s3:GetObjectVersion": [arn] };
}

const OF_IMAGES = [
  "ecr:DescribeImages",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
  "ecr:GetRepositoryPolicy",
  "ecr:SetRepositoryPolicy",
];

/** https://docs.aws.amazon.com/lambda/latest/dg/images-create.html, "Amazon ECR permissions" */
export function imagePlaces({ properties, stack: { partition, region } }: Desired): Places {
  const uri = objectOf(properties.Code).ImageUri;
  const place = typeof uri === "string" ? imagePlace(uri) : undefined;
  const { account = "*", repository = "*" } = place ?? {};
  const arns =
    uri === undefined ? [] : [`arn:${partition}:ecr:${region}:${account}:repository/${repository}`];
  return Object.fromEntries(OF_IMAGES.map((action) => [action, arns]));
}

/** Layers by ARN as they are; those of the spec, which get a number when they are published, in every version. */
export function layerPlaces({ properties, dependencies, stack }: Desired): readonly string[] {
  const { partition, region, account } = stack;
  const arns = [
    ...listOf(properties.Layers),
    ...dependencies("layers").map((layer) => layer.attribute("Arn")),
  ];
  const unknown = `arn:${partition}:lambda:${region}:${account}:layer:*:*`;
  return arns.map((arn) => (typeof arn === "string" ? arn : unknown));
}
