import { ECR } from "@aws-sdk/client-ecr";
import type { FakeAws } from "../fake-aws.ts";

/** Pushes images to a fake: `worker:1` or `shop/orders:v2`, whose contents are told apart by `as`. Gives their digests. */
export async function pushImages(
  fake: FakeAws,
  names: readonly string[],
  { as = "", mediaType }: { readonly as?: string; readonly mediaType?: string } = {},
): Promise<readonly string[]> {
  const ecr = new ECR({ ...fake.clientConfig(), maxAttempts: 1 });
  const digests: string[] = [];
  for (const name of names) {
    const [repositoryName = "", imageTag = "latest"] = name.split(":");
    await ecr.createRepository({ repositoryName }).catch((error: Error) => {
      if (error.name !== "RepositoryAlreadyExistsException") throw error;
    });
    const { image } = await ecr.putImage({
      repositoryName,
      imageTag,
      imageManifest: `${name} ${as}`,
      ...(mediaType === undefined ? {} : { imageManifestMediaType: mediaType }),
    });
    digests.push(image?.imageId?.imageDigest ?? "");
  }
  return digests;
}
