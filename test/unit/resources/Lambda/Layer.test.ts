/** Layers through the engine: every change is a version, and functions move over before the old one goes. */
import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { Lambda } from "@aws-sdk/client-lambda";
import { readMark, withMark } from "../../../../src/resources/Lambda/layer/mark.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { type RandomEntry, specText } from "../../../integration/random-stack.ts";
import { entry, fnFiles, role } from "../../../type-examples/beside.ts";

const layer = entry("Lambda", "Layer", { LayerName: "fonts" });
const fn = entry(
  "Lambda",
  "Function",
  { FunctionName: "fn", Handler: "fn.handler", Runtime: "nodejs22.x" },
  { role: "caller", layers: ["fonts"] },
);
const spec = (content: string, ...entries: RandomEntry[]) => ({
  ...fnFiles,
  "fonts/nodejs/node_modules/fonts/index.js": content,
  "resources.js": specText({ entries: [role, ...entries], files: {} }),
});
const ARN = "arn:aws:lambda:us-east-1:123456789012:layer:fonts";

function world() {
  const made = engineOnFake();
  const lambda = new Lambda({ ...made.fake.clientConfig(), maxAttempts: 1 });
  const layersOf = async (FunctionName: string) =>
    (await lambda.getFunctionConfiguration({ FunctionName })).Layers?.map(({ Arn }) => Arn);
  const versions = async () =>
    (await lambda.listLayerVersions({ LayerName: "fonts" })).LayerVersions?.map(({ Version }) => Version);
  return { ...made, lambda, layersOf, versions };
}

it("a layer of the folder of its name is published once, and its function gets the version", async () => {
  const { engine, layersOf, callsOf, lambda } = world();
  expect(failuresOf(await engine.apply(spec("1;", layer, fn)))).toEqual([]);
  expect(await layersOf("fn")).toEqual([`${ARN}:1`]);
  expect(changesOf(await engine.plan(spec("1;", layer, fn)))).toEqual([]);
  expect(callsOf("PublishLayerVersion")).toHaveLength(1);
  const { Description = "" } = await lambda.getLayerVersion({ LayerName: "fonts", VersionNumber: 1 });
  expect(readMark(Description).tags).toMatchObject({ "gc-project-name": "random", "gc-stage": "dev" });
});

it("new content is a new version; the old one goes after the function has moved over", async () => {
  const { engine, fake, layersOf, versions } = world();
  await engine.apply(spec("1;", layer, fn));
  const before = fake.calls.length;
  const plan = await engine.plan(spec("2;", layer, fn));
  expect(plan.changes.map(({ action, key }) => `${action} ${key}`)).toEqual(
    expect.arrayContaining(["replace Lambda::Layer::fonts", "update Lambda::Function::fn"]),
  );
  expect(failuresOf(await engine.apply(spec("2;", layer, fn)))).toEqual([]);
  const written = fake.calls
    .slice(before)
    .map(({ operation }) => operation)
    .filter((operation) => /LayerVersion$|UpdateFunctionConfiguration/.test(operation))
    .filter((operation) => !operation.startsWith("Get"));
  expect(written).toEqual(["PublishLayerVersion", "UpdateFunctionConfiguration", "DeleteLayerVersion"]);
  expect(await layersOf("fn")).toEqual([`${ARN}:2`]);
  expect(await versions()).toEqual([2]);
  expect(changesOf(await engine.plan(spec("2;", layer, fn)))).toEqual([]);
});

it("a layer that left the spec is found through the function that had it, and goes after it let go", async () => {
  const { engine, layersOf, versions } = world();
  await engine.apply(spec("1;", layer, fn));
  const { dependencies: _gone, ...plain } = fn;
  const without = { ...plain, dependencies: { role: "caller" } };
  expect(failuresOf(await engine.apply(spec("1;", without)))).toEqual([]);
  expect(await layersOf("fn")).toBeUndefined();
  expect(await versions()).toEqual([]);
});

it("versions that an interrupted replacement left behind are deleted", async () => {
  const { engine, lambda, versions } = world();
  await engine.apply(spec("1;", layer, fn));
  const { Description = "" } = await lambda.getLayerVersion({ LayerName: "fonts", VersionNumber: 1 });
  for (const text of ["2;", "3;"])
    await lambda.publishLayerVersion({
      LayerName: "fonts",
      Description,
      Content: { ZipFile: zipSync({ "a.js": new TextEncoder().encode(text) }) },
    });
  expect(failuresOf(await engine.apply(spec("4;", layer, fn)))).toEqual([]);
  expect(await versions()).toEqual([4]);
  expect(changesOf(await engine.plan(spec("4;", layer, fn)))).toEqual([]);
});

it("somebody else's layer of the name is not touched; adopted, its versions stay", async () => {
  const { engine, lambda, versions, layersOf } = world();
  const Content = { ZipFile: zipSync({ "a.js": new TextEncoder().encode("0;") }) };
  await lambda.publishLayerVersion({ LayerName: "fonts", Description: "theirs", Content });
  const { problems } = await engine.plan(spec("1;", layer, fn));
  expect(problems.map(({ code }) => code)).toContain("FOREIGN_RESOURCE");
  const adopt = { adopt: ["fonts"] };
  expect(failuresOf(await engine.apply(spec("1;", layer, fn), {}, adopt))).toEqual([]);
  expect(await versions()).toEqual([2, 1]);
  expect(await layersOf("fn")).toEqual([`${ARN}:2`]);
  expect(changesOf(await engine.plan(spec("1;", layer, fn)))).toEqual([]);
});

it("a readOnly layer gives its newest version", async () => {
  const { engine, lambda, layersOf } = world();
  const Content = { ZipFile: zipSync({ "a.js": new TextEncoder().encode("0;") }) };
  for (const Description of ["one", "two"])
    await lambda.publishLayerVersion({ LayerName: "fonts", Description, Content });
  const files = {
    ...fnFiles,
    "resources.js": `exports.createResources = () => ${JSON.stringify([role, { ...layer, readOnly: true }, fn].map(({ dependencies, ...one }) => one))}.map((one) => one.type === "Function" ? { ...one, dependencies: () => ({ role: "caller", layers: ["fonts"] }) } : one);`,
  };
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  expect(await layersOf("fn")).toEqual([`${ARN}:2`]);
});

it("content as text is published as it is", async () => {
  const { engine, lambda } = world();
  const bytes = zipSync({ "a.js": new TextEncoder().encode("0;") });
  const text = entry("Lambda", "Layer", {
    LayerName: "fonts",
    Content: { ZipFile: Buffer.from(bytes).toString("base64") },
  });
  expect(failuresOf(await engine.apply(spec("1;", text)))).toEqual([]);
  const { Content } = await lambda.getLayerVersion({ LayerName: "fonts", VersionNumber: 1 });
  expect(Content?.CodeSha256).toBe(createHash("sha256").update(bytes).digest("base64"));
  expect(changesOf(await engine.plan(spec("1;", text)))).toEqual([]);
});

it("a description that leaves no room for the mark fails the plan, not the apply", async () => {
  const { engine } = world();
  const wordy = entry("Lambda", "Layer", { LayerName: "fonts", Description: "x".repeat(200) });
  await expect(engine.plan(spec("1;", wordy))).rejects.toThrow(
    /layer fonts: Description has 200 characters; accepted: at most \d+/,
  );
});

it("content in S3 with other bytes than Sha256 says fails", async () => {
  const { engine } = world();
  const place = { S3Bucket: "code", S3Key: "fonts.zip", Sha256: "0".repeat(64) };
  const result = await engine.apply(
    spec("1;", entry("Lambda", "Layer", { LayerName: "fonts", Content: place })),
  );
  expect(result.results.map(({ error }) => error?.code)).toContain("CODE_MISMATCH");
});

it("a publish whose answer was lost is looked for, not repeated", async () => {
  const { engine, fake, versions } = world();
  await engine.apply(spec("1;", layer, fn));
  fake.faults.inject({ kind: "cut-after", operation: "PublishLayerVersion" });
  expect(failuresOf(await engine.apply(spec("2;", layer, fn)))).toEqual([]);
  expect(await versions()).toEqual([2]);
});

it.each([
  ["node_modules/a/index.js", ["LAYER_PATH"]],
  ["requests-2.0.dist-info/METADATA", ["LAYER_PATH"]],
  ["nodejs/node_modules/a/index.js", []],
])("a folder with %s warns: %j", async (path, codes) => {
  const { engine } = world();
  const files = { [`fonts/${path}`]: "1;", "resources.js": specText({ entries: [layer], files: {} }) };
  expect((await engine.plan(files)).problems.map(({ code }) => code)).toEqual(codes);
});

describe("the mark at the end of a description", () => {
  const stack = {
    directory: ".",
    projectName: "a shop]",
    stage: "dev",
    source: "12/apis",
    region: "us-east-1",
    account: "123456789012",
    partition: "aws",
  };

  it.each(["", "Fonts", "Fonts [with brackets]", "100%"])("is read back beside %j", (description) => {
    const { tags, ...rest } = readMark(withMark("fonts", description, { stack, code: "abc" }));
    expect(rest).toEqual({ description });
    expect(tags).toEqual({
      "gc-managed-by": "gatewright",
      "gc-project-name": "a shop]",
      "gc-stage": "dev",
      "gc-source": "12/apis",
      "gc-code": "abc",
    });
  });

  it("is not seen in what others write", () => {
    for (const text of ["", "Fonts", "[x]", "a[gc-stage=dev]"])
      expect(readMark(text)).toEqual({ description: text, tags: {} });
    expect(readMark("a [gc-stage=%]").tags).toEqual({ "gc-stage": "%" });
  });

  it("needs room, and says how much", () => {
    expect(() => withMark("fonts", "x".repeat(200), { stack, code: "abc" })).toThrow(
      /200 characters; accepted: at most \d+/,
    );
  });
});
