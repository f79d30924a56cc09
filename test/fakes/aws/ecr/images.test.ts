import { ECR } from "@aws-sdk/client-ecr";
import { expect, it } from "vitest";
import { createFakeAws } from "../fake-aws.ts";
import { pushImages } from "./images.ts";

it("B-01 an image is found by tag or digest, a tag moves with the image that is pushed under it", async () => {
  const fake = createFakeAws();
  const ecr = new ECR({ ...fake.clientConfig(), maxAttempts: 1 });
  const [first] = await pushImages(fake, ["a:1"]);
  const [second] = await pushImages(fake, ["a:1"], { as: "other" });
  const { imageDetails } = await ecr.describeImages({ repositoryName: "a", imageIds: [{ imageTag: "1" }] });
  expect(imageDetails?.map(({ imageDigest }) => imageDigest)).toEqual([second]);
  const old = await ecr.describeImages({ repositoryName: "a", imageIds: [{ imageDigest: first }] });
  expect(old.imageDetails?.[0]?.imageTags).toEqual([]);
});

it("B-02 one image that is missing fails the call, as does a repository that is not there", async () => {
  const fake = createFakeAws();
  const ecr = new ECR({ ...fake.clientConfig(), maxAttempts: 1 });
  await pushImages(fake, ["a:1"]);
  const imageIds = [{ imageTag: "1" }, { imageTag: "2" }];
  await expect(ecr.describeImages({ repositoryName: "a", imageIds })).rejects.toMatchObject({
    name: "ImageNotFoundException",
  });
  await expect(ecr.describeImages({ repositoryName: "b", imageIds })).rejects.toMatchObject({
    name: "RepositoryNotFoundException",
  });
});
