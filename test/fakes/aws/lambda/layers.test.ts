import { expect, it } from "vitest";
import { account, plain, refusal, withRole, zip } from "../testing.ts";

const ARN = "arn:aws:lambda:us-east-1:123456789012:layer:fonts";

it("L-26 layers: versions count on, also after one is deleted; the newest is listed first", async () => {
  const { lambda } = account();
  const publish = (text: string) =>
    lambda.publishLayerVersion({ LayerName: "fonts", Description: text, Content: { ZipFile: zip(text) } });
  expect(plain(await publish("a"))).toMatchObject({ LayerArn: ARN, LayerVersionArn: `${ARN}:1`, Version: 1 });
  await publish("b");
  await lambda.deleteLayerVersion({ LayerName: "fonts", VersionNumber: 2 });
  expect((await publish("c")).Version).toBe(3);
  const { LayerVersions } = await lambda.listLayerVersions({ LayerName: "fonts" });
  expect(LayerVersions?.map(({ Version }) => Version)).toEqual([3, 1]);
  expect(await lambda.listLayerVersions({ LayerName: "none" })).toMatchObject({ LayerVersions: [] });
  expect(await refusal(lambda.getLayerVersion({ LayerName: "fonts", VersionNumber: 2 }))).toMatch(
    /^ResourceNotFoundException/,
  );
  await lambda.deleteLayerVersion({ LayerName: "fonts", VersionNumber: 2 });
});

it("L-27 a deleted layer version stays with the functions that have it, and can be named no more", async () => {
  const { lambda, create } = await withRole();
  await lambda.publishLayerVersion({ LayerName: "fonts", Content: { ZipFile: zip() } });
  await create({ Layers: [`${ARN}:1`] });
  await lambda.deleteLayerVersion({ LayerName: "fonts", VersionNumber: 1 });
  const { Configuration } = await lambda.getFunction({ FunctionName: "f" });
  expect(Configuration?.Layers).toMatchObject([{ Arn: `${ARN}:1` }]);
  const again = lambda.updateFunctionConfiguration({ FunctionName: "f", Layers: [`${ARN}:1`] });
  expect(await refusal(again)).toMatch(/^InvalidParameterValueException: Layer version .* does not exist/);
});
