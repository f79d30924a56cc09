import { createHash } from "node:crypto";
import * as client from "@aws-sdk/client-ecr";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { table } from "../core/table.ts";
import { COMMON } from "../core/throttle.ts";
import { type RegionState, need } from "../state.ts";

interface Image {
  readonly mediaType: string;
  readonly pushedAt: Date;
  readonly tags: Set<string>;
}

interface Repository {
  /** By digest. */
  readonly images: Map<string, Image>;
}

const repositories = table<RegionState, Repository>();

const DOCKER = "application/vnd.docker.distribution.manifest.v2+json";

/** The fake has one account's registry. */
function repository(ctx: Ctx, name = "", registryId = ctx.accountId): Repository {
  return need(
    registryId === ctx.accountId ? repositories(ctx.region).get(name) : undefined,
    () =>
      new AwsError(
        "RepositoryNotFoundException",
        `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
      ),
  );
}

const on = sdk<client.ECR>(client);

/** ECR: what looking up a tag needs, and what makes images for that. */
export const ecr = service(
  {
    id: "ecr",
    protocol: "aws-json",
    key: "AmazonEC2ContainerRegistry_V20150921",
    missing: (member) =>
      new AwsError("InvalidParameterException", `1 validation error detected: Value at '${member}'`),
    ...COMMON,
  },
  client,
  [
    on("createRepository", (ctx, { repositoryName = "" }) => {
      if (repositories(ctx.region).has(repositoryName))
        throw new AwsError(
          "RepositoryAlreadyExistsException",
          `The repository with name '${repositoryName}' already exists in the registry with id '${ctx.accountId}'`,
        );
      repositories(ctx.region).set(repositoryName, { images: new Map() });
      return { repository: { repositoryName, registryId: ctx.accountId } };
    }),
    on(
      "putImage",
      (ctx, { repositoryName, imageManifest = "", imageManifestMediaType = DOCKER, imageTag }) => {
        const { images } = repository(ctx, repositoryName);
        const digest = `sha256:${createHash("sha256").update(imageManifest).digest("hex")}`;
        if (imageTag !== undefined) for (const { tags } of images.values()) tags.delete(imageTag);
        const image = images.get(digest) ?? {
          mediaType: imageManifestMediaType,
          pushedAt: ctx.now(),
          tags: new Set<string>(),
        };
        if (imageTag !== undefined) image.tags.add(imageTag);
        images.set(digest, image);
        return { image: { imageId: { imageDigest: digest, imageTag }, repositoryName } };
      },
    ),
    on("describeImages", (ctx, { repositoryName, registryId, imageIds = [] }) => {
      const { images } = repository(ctx, repositoryName, registryId);
      const found = imageIds.map(({ imageDigest, imageTag }) => {
        const digest = imageDigest ?? [...images].find(([, { tags }]) => tags.has(imageTag ?? ""))?.[0] ?? "";
        const image = need(
          images.get(digest),
          () =>
            new AwsError(
              "ImageNotFoundException",
              `The image with imageId {imageDigest:'${imageDigest ?? null}', imageTag:'${imageTag ?? null}'} does not exist within the repository with name '${repositoryName}' in the registry with id '${ctx.accountId}'`,
            ),
        );
        return { digest, image };
      });
      return {
        imageDetails: found.map(({ digest, image }) => ({
          registryId: ctx.accountId,
          repositoryName,
          imageDigest: digest,
          imageTags: [...image.tags],
          imageManifestMediaType: image.mediaType,
          imagePushedAt: image.pushedAt,
        })),
      };
    }),
  ],
);
