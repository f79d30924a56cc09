/** Which container images the spec's tags stand for. Lambda is given the digest, so that nobody exchanges what was reviewed. */
import type { ConnectedAws } from "../../aws/connect.ts";
import { errorName, translate } from "../../aws/errors.ts";
import { type ImagePlace, imageIssue, imagePlace } from "../../aws/image-uri.ts";
import { ecr } from "../../aws/services.ts";
import { failAll, GatewrightError } from "../../model/errors.ts";
import { isTemplate, type JsonValue } from "../../model/values.ts";
import type { CodeImage, DesiredResource } from "../../spec/types.ts";
import type { Registry } from "./observed.ts";
import { type Stored, storedIn } from "./stored.ts";

interface Images {
  /** The resources, those with an image with the digest of it. */
  readonly resources: readonly DesiredResource[];
  /** Throws for each image that is not there or that Lambda does not take. */
  check(): void;
}

type Known = Pick<Stored, "text" | "secrets" | "commonSecrets">;

type Answer = CodeImage | { readonly wrong: unknown };

/** A tag of an image that has one per platform: https://github.com/aws/aws-lambda-roadmap/issues/82 */
const INDEX = /^application\/vnd\.(oci\.image\.index|docker\.distribution\.manifest\.list)\./;

/** Asks ECR once for each image. */
export async function readImages(
  aws: ConnectedAws,
  registry: Registry,
  spec: readonly DesiredResource[],
  stored: Known,
): Promise<Images> {
  const calls = new Map<string, Promise<Found>>();
  const find = (place: ImagePlace): Promise<Found> => {
    const key = `${place.repositoryUri} ${place.digest ?? place.tag}`;
    const call = calls.get(key) ?? findImage(aws, place);
    calls.set(key, call);
    return call;
  };
  const answers = new Map<string, Answer>();
  await Promise.all(
    spec.map(async (resource) => {
      const value = resource.readOnly ? undefined : imageOf(registry, resource);
      const uri = textOf(value, stored);
      if (value === undefined || uri === undefined) return;
      const wrong = secretError(resource, value, stored);
      answers.set(
        resource.key,
        wrong === undefined ? await answerOf(aws.region, resource, uri, find) : { wrong },
      );
    }),
  );
  return {
    resources: spec.map((resource) => {
      const answer = answers.get(resource.key);
      return answer === undefined || "wrong" in answer ? resource : { ...resource, image: answer };
    }),
    check: () => {
      const wrong = [...answers.values()].flatMap((answer) => ("wrong" in answer ? [answer.wrong] : []));
      const other = wrong.find((error) => !(error instanceof GatewrightError));
      if (other !== undefined) throw other;
      failAll(wrong.filter((error) => error instanceof GatewrightError));
    },
  };
}

/** Images of specs of which nothing is made: each stays the one that AWS has. */
export function leftImages(resources: readonly DesiredResource[]): readonly DesiredResource[] {
  return resources.map((resource) => ({ ...resource, image: "left" }));
}

function imageOf(registry: Registry, { type, properties }: DesiredResource): JsonValue | undefined {
  return registry.get(type)?.codeImage?.(properties);
}

/** A plan shows which image it is, and messages quote its URI: a secret would be read from them by whoever may write a spec. */
function secretError(
  { key, at }: DesiredResource,
  value: JsonValue,
  { text, secrets, commonSecrets }: Known,
): GatewrightError | undefined {
  const hidden: readonly unknown[] = [...secrets, ...commonSecrets];
  const secret = storedIn(value).find((one) => hidden.includes(text(one)));
  if (secret === undefined) return undefined;
  const message = `Code.ImageUri takes config.${secret.from}("${secret.name}"), which is a secret; accepted: what a plan may show`;
  return new GatewrightError("CODE_IMAGE_INVALID", `${key}: ${message}`, {
    hint: "Take it from a parameter of type String, or write it into the spec.",
    at,
    resource: key,
  });
}

/** Undefined where it is known only when another resource is there. */
function textOf(value: JsonValue | undefined, stored: Pick<Stored, "text">): string | undefined {
  if (!isTemplate(value)) return typeof value === "string" ? value : undefined;
  const parts = value.$template.map((part) => {
    if (typeof part === "string") return part;
    return "stored" in part ? stored.text(part.stored) : undefined;
  });
  return parts.every((part) => typeof part === "string") ? parts.join("") : undefined;
}

async function answerOf(
  region: string,
  { key, at }: DesiredResource,
  uri: string,
  find: (place: ImagePlace) => Promise<Found>,
): Promise<Answer> {
  const wrong = (code: string, message: string, hint: string): Answer => ({
    wrong: new GatewrightError(code, `${key}: ${message}`, { hint, at, resource: key }),
  });
  const place = imagePlace(uri);
  const issue = imageIssue(uri);
  if (place === undefined || issue !== undefined)
    return wrong("CODE_IMAGE_INVALID", issue?.message ?? uri, issue?.hint ?? "");
  if (place.region !== region)
    return wrong(
      "CODE_IMAGE_INVALID",
      `the image ${uri} is in ${place.region}, and the function in ${region}`,
      `Lambda takes images of its own region only: push it to ${region} too, or have ECR replicate it there.`,
    );
  const found = await find(place);
  const { repositoryUri, tag } = place;
  if ("error" in found) {
    // Whoever names a digest has said which image it is; whether it is there, AWS says when it is used.
    const translated = translate(found.error, key);
    if (place.digest !== undefined && isDenied(translated))
      return { uri: `${repositoryUri}@${place.digest}`, digest: place.digest };
    return { wrong: translated };
  }
  if ("missing" in found) return wrong("CODE_IMAGE_NOT_FOUND", found.missing, found.hint);
  if (INDEX.test(found.mediaType))
    return wrong(
      "CODE_IMAGE_INVALID",
      `the image ${uri} is an index of several images (${found.mediaType}), which Lambda does not take`,
      "Build for one platform, without attestations: docker buildx build --platform linux/arm64 --provenance=false --sbom=false.",
    );
  return {
    uri: `${repositoryUri}@${found.digest}`,
    digest: found.digest,
    ...(tag === undefined ? {} : { tag }),
  };
}

function isDenied(error: unknown): boolean {
  return error instanceof GatewrightError && error.code === "AWS_ACCESS_DENIED";
}

type Found =
  | { readonly digest: string; readonly mediaType: string }
  | { readonly missing: string; readonly hint: string }
  | { readonly error: unknown };

async function findImage(aws: ConnectedAws, place: ImagePlace): Promise<Found> {
  const { account, region, repository, repositoryUri, tag, digest } = place;
  try {
    const client = await aws.client(ecr);
    const { imageDetails = [] } = await client.describeImages({
      registryId: account,
      repositoryName: repository,
      imageIds: [digest === undefined ? { imageTag: tag } : { imageDigest: digest }],
    });
    const [image] = imageDetails;
    if (image?.imageDigest !== undefined)
      return { digest: image.imageDigest, mediaType: image.imageManifestMediaType ?? "" };
  } catch (error) {
    if (errorName(error) === "RepositoryNotFoundException")
      return {
        missing: `account ${account} has no repository ${repository} in ${region}`,
        hint: "Correct Code.ImageUri, or create the repository and push the image first.",
      };
    if (errorName(error) !== "ImageNotFoundException") return { error };
  }
  return {
    missing:
      digest === undefined
        ? `${repositoryUri} has no image with the tag ${tag}`
        : `${repositoryUri} has no image ${digest}`,
    hint: "Push it first: the workflow that builds it has to be done. Or correct Code.ImageUri.",
  };
}
