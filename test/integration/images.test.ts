/** Container images: a tag is looked up when it is planned, and Lambda gets the digest that was reviewed. */
import { Lambda } from "@aws-sdk/client-lambda";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import type { Change } from "../../src/model/plan.ts";
import { CODE_IMAGE, codePropertyWords } from "../../src/report/words/code-words.ts";
import { pushImages } from "../fakes/aws/ecr/images.ts";
import { engineOnFake, memorySource } from "./harness.ts";

const REPOSITORY = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/orders";
const FUNCTION = "Lambda::Function::orders";

const spec = (uri: string): Readonly<Record<string, string>> => ({
  "package.json": '{"name": "shop"}',
  "resources.js": `exports.createResources = ({ config }) => [
  { type: "Role", group: "IAM", properties: () => ({ RoleName: "orders", AssumeRolePolicyDocument: { Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] } }) },
  { type: "Function", group: "Lambda", properties: () => ({ FunctionName: "orders", Code: { ImageUri: ${JSON.stringify(uri)} } }),
    dependencies: () => ({ role: "orders" }) },
];`,
});

async function bench() {
  const { fake, engine, callsOf } = engineOnFake();
  const [digest = ""] = await pushImages(fake, ["shop/orders:v12"]);
  fake.resetCalls();
  const lambda = new Lambda(fake.clientConfig());
  const runs = async () => (await lambda.getFunction({ FunctionName: "orders" })).Code?.ImageUri;
  return { fake, engine, callsOf, digest, runs };
}

/** What a comment says of it. */
function wordsOf(change: Change | undefined): string | undefined {
  const property = change?.properties.find(({ path }) => path === CODE_IMAGE);
  return change === undefined || property === undefined ? undefined : codePropertyWords(property, change);
}

describe("an image by its tag", () => {
  it("is looked up once, shown with its digest, and sent by it", async () => {
    const { engine, callsOf, digest, runs } = await bench();
    const { plan } = await engine.planning(spec(`${REPOSITORY}:v12`));
    expect(callsOf("DescribeImages")).toHaveLength(1);
    const change = plan.changes.find(({ key }) => key === FUNCTION);
    expect(change?.image).toEqual({ digest, tag: "v12" });
    expect(change?.properties).toContainEqual(
      expect.objectContaining({ path: "Code.ImageUri", after: `${REPOSITORY}@${digest}` }),
    );
    expect(wordsOf(change)).toBe(`image: tag v12 → ${digest.slice(0, 19)}`);
    const result = await engine.apply(spec(`${REPOSITORY}:v12`), { planId: plan.digest });
    expect([result.succeeded, await runs()]).toEqual([true, `${REPOSITORY}@${digest}`]);
  });

  it("is no change while the tag stays, nor when the digest is written in its place", async () => {
    const { engine, digest } = await bench();
    await engine.apply(spec(`${REPOSITORY}:v12`));
    for (const uri of [`${REPOSITORY}:v12`, `${REPOSITORY}@${digest}`, `${REPOSITORY}:v12@${digest}`])
      expect((await engine.plan(spec(uri))).counts.update, uri).toBe(0);
  });

  it("is another plan when the tag moves: the reviewed one is refused", async () => {
    const { fake, engine, digest, runs } = await bench();
    await engine.apply(spec(`${REPOSITORY}:v12`));
    const before = await engine.planning(spec(`${REPOSITORY}:v12`));
    const [moved = ""] = await pushImages(fake, ["shop/orders:v12"], { as: "pushed again" });
    const { plan } = await engine.planning(spec(`${REPOSITORY}:v12`));
    expect(plan.digest).not.toBe(before.plan.digest);
    const change = plan.changes.find(({ key }) => key === FUNCTION);
    expect(wordsOf(change)).toBe(`image: tag v12 → ${moved.slice(0, 19)}, was ${digest.slice(0, 19)}`);
    const refused = await bench();
    const reviewed = await refused.engine.planning(spec(`${REPOSITORY}:v12`));
    await pushImages(refused.fake, ["shop/orders:v12"], { as: "pushed again" });
    await expect(
      refused.engine.apply(spec(`${REPOSITORY}:v12`), { planId: reviewed.plan.digest }),
    ).rejects.toMatchObject({ code: "PLAN_STALE" });
    await engine.apply(spec(`${REPOSITORY}:v12`), { planId: plan.digest });
    expect(await runs()).toBe(`${REPOSITORY}@${moved}`);
  });

  it("that moved is no drift against the base branch", async () => {
    const { fake, engine } = await bench();
    const files = spec(`${REPOSITORY}:v12`);
    await engine.apply(files);
    await pushImages(fake, ["shop/orders:v12"], { as: "pushed again" });
    const plan = await engine.plan(files, { base: memorySource(files) });
    expect([plan.counts.update, plan.problems]).toEqual([1, []]);
  });

  it("is not asked for where nothing is made", async () => {
    const { engine, callsOf } = await bench();
    await engine.apply(spec(`${REPOSITORY}:v12`));
    const asked = callsOf("DescribeImages").length;
    await engine.destroy(spec(`${REPOSITORY}:v12`));
    expect(callsOf("DescribeImages")).toHaveLength(asked);
  });
});

describe("an image that Lambda does not take", () => {
  it.each([
    ["a tag that is not there", `${REPOSITORY}:v13`, "CODE_IMAGE_NOT_FOUND", "no image with the tag v13"],
    [
      "a digest that is not there",
      `${REPOSITORY}@sha256:${"0".repeat(64)}`,
      "CODE_IMAGE_NOT_FOUND",
      "no image sha256:000",
    ],
    ["no tag, which is latest", REPOSITORY, "CODE_IMAGE_NOT_FOUND", "the tag latest"],
    [
      "no such repository",
      REPOSITORY.replace("orders", "nothing"),
      "CODE_IMAGE_NOT_FOUND",
      "account 123456789012 has no repository shop/nothing in us-east-1",
    ],
    [
      "another region",
      `${REPOSITORY.replace("us-east-1", "eu-west-2")}:v12`,
      "CODE_IMAGE_INVALID",
      "is in eu-west-2, and the function in us-east-1",
    ],
    [
      "the public registry",
      "public.ecr.aws/lambda/nodejs:22",
      "PROPERTY_INVALID",
      "no image that Lambda takes",
    ],
    ["Docker Hub", "node:22", "PROPERTY_INVALID", "no image that Lambda takes"],
    ["a FIPS endpoint", `${REPOSITORY.replace(".ecr.", ".ecr-fips.")}:v12`, "PROPERTY_INVALID", "no image"],
  ])("%s", async (_what, uri, code, message) => {
    const { engine } = await bench();
    await expect(engine.planning(spec(uri))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
      at: { file: "resources.js" },
    });
  });

  it("an index of several images, as docker buildx makes it", async () => {
    const { fake, engine } = await bench();
    await pushImages(fake, ["shop/orders:multi"], { mediaType: "application/vnd.oci.image.index.v1+json" });
    await expect(engine.planning(spec(`${REPOSITORY}:multi`))).rejects.toMatchObject({
      code: "CODE_IMAGE_INVALID",
      hint: expect.stringContaining("--provenance=false"),
    });
  });

  it("a tag that may not be looked up, while a digest needs no looking up", async () => {
    const { fake, engine, digest } = await bench();
    const denied = { kind: "denied", operation: "DescribeImages", times: 9 } as const;
    fake.faults.inject(denied);
    await expect(engine.planning(spec(`${REPOSITORY}:v12`))).rejects.toMatchObject({
      code: "AWS_ACCESS_DENIED",
      message: expect.stringContaining("ecr:DescribeImages"),
    });
    for (const tag of ["", ":v12"]) {
      const { plan } = await engine.planning(spec(`${REPOSITORY}${tag}@${digest}`));
      const change = plan.changes.find(({ key }) => key === FUNCTION);
      expect(change?.image).toEqual({ digest });
      // As AWS tells it: otherwise it would differ from it for good.
      expect(change?.properties).toContainEqual(
        expect.objectContaining({ path: CODE_IMAGE, after: `${REPOSITORY}@${digest}` }),
      );
    }
  });

  it.each(["hunter-22", "v12"])(
    "one whose name is a secret, which no message and no call quotes: %s",
    async (secret) => {
      const { fake, engine, callsOf } = await bench();
      await new SecretsManager(fake.clientConfig()).createSecret({ Name: "/db", SecretString: secret });
      const quoted = JSON.stringify(`${REPOSITORY}:SECRET`);
      const files = spec(`${REPOSITORY}:SECRET`);
      const text = (files["resources.js"] ?? "").replace(
        quoted,
        `\`${REPOSITORY}:\${config.secret("/db")}\``,
      );
      const error: unknown = await engine
        .planning({ ...files, "resources.js": text })
        .catch((thrown) => thrown);
      expect(error).toMatchObject({
        code: "CODE_IMAGE_INVALID",
        message: expect.stringContaining('config.secret("/db")'),
      });
      expect(String(error)).not.toContain(secret);
      expect(callsOf("DescribeImages")).toEqual([]);
    },
  );
});
