import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fail, userErrors } from "../../../src/model/errors.ts";
import type { BuiltCode } from "../../../src/source/built-code.ts";
import { archiveEntries } from "../../../src/source/code-archive.ts";
import type { LoadOptions } from "../../../src/spec/load/load.ts";
import { byKey, loadFiles } from "./loading.ts";

const entry = (name: string, code: string, more = ""): string =>
  `{ type: "Function", group: "Lambda", name: "${name}", properties: () => ({ Runtime: "nodejs22.x", Handler: "handler.handler", Code: ${code}${more} }), dependencies: () => ({ role: "arn:aws:iam::123456789012:role/r" }) }`;

function loaded(entries: readonly string[], built?: LoadOptions["built"]) {
  const files = { "resources.js": `exports.createResources = () => [\n${entries.join(",\n")}\n];` };
  return loadFiles(files, built === undefined ? {} : { built });
}

async function codesOf(thrown: Promise<unknown>) {
  const error = await thrown.catch((reason: unknown) => reason);
  return userErrors(error)?.map(({ code, at, resource }) => ({ code, line: at?.line, resource }));
}

/** Gives one file, and counts how often it is asked. */
function counted(text = "export const handler = 1;") {
  const asked: string[] = [];
  const built: BuiltCode = {
    archiveOf: async (artifact) => {
      asked.push(artifact);
      const entries = [{ path: "handler.mjs", bytes: new TextEncoder().encode(text), executable: false }];
      return { ...(await archiveEntries(entries, artifact)), from: "run 57 of build.yml" };
    },
  };
  return { built, asked };
}

describe("Code: { Artifact }", () => {
  test("is the code that was built, with its hash and where it came from", async () => {
    const { built } = counted();
    const spec = await loaded([entry("orders", '{ Artifact: "orders" }')], built);
    const { code, artifact } = byKey(spec)["Lambda::Function::orders"] ?? {};
    const sum = createHash("sha256")
      .update(code?.bytes ?? "")
      .digest("base64");
    expect(code?.sha256).toBe(sum);
    expect(artifact).toBe("orders");
    expect(code?.origin).toEqual({
      artifact: "orders",
      from: "run 57 of build.yml",
      bytes: code?.bytes.length,
    });
  });

  test("is asked for once, whoever uses it", async () => {
    const { built, asked } = counted();
    await loaded([entry("a", '{ Artifact: "all" }'), entry("b", '{ Artifact: "all" }')], built);
    expect(asked).toEqual(["all"]);
  });

  test("is looked into like a folder", async () => {
    const { built } = counted("export const main = 1;");
    const { warnings } = await loaded([entry("orders", '{ Artifact: "orders" }')], built);
    expect(warnings.map(({ code }) => code)).toEqual(["CODE_HANDLER_MISSING"]);
  });

  test("is looked into or not whichever of many artifacts arrives first", async () => {
    const names = Array.from({ length: 9 }, (_, index) => `f${index}`);
    const bytes = new TextEncoder().encode(`export const main = 1; // ${"x".repeat(2 * 1024 * 1024 - 40)}`);
    const warnedOf = async (last: string) => {
      let others = 0;
      const isLast = Promise.withResolvers<void>();
      const built: BuiltCode = {
        archiveOf: async (artifact) => {
          if (artifact === last) await isLast.promise;
          else others += 1;
          if (others === names.length - 1) isLast.resolve();
          const entries = [{ path: "handler.mjs", bytes, executable: false }];
          return { ...(await archiveEntries(entries, artifact)), from: "run 57 of build.yml" };
        },
      };
      const entries = names.map((name) => entry(name, `{ Artifact: "${name}" }`));
      return (await loaded(entries, built)).warnings.map(({ resource }) => resource);
    };
    expect(await warnedOf("f0")).toEqual(await warnedOf("f8"));
  });

  test("without a workflow is an error at its entry, and what is wrong with the artifact too", async () => {
    const entries = [entry("x", '{ ZipFile: "UEsFBg==" }'), entry("orders", '{ Artifact: "orders" }')];
    expect(await codesOf(loaded(entries))).toEqual([
      { code: "CODE_WORKFLOW_UNSET", line: 3, resource: "Lambda::Function::orders" },
    ]);
    const built: BuiltCode = { archiveOf: async () => fail("CODE_NOT_BUILT", "not yet", { hint: "Wait." }) };
    expect(await codesOf(loaded(entries, built))).toEqual([
      { code: "CODE_NOT_BUILT", line: 3, resource: "Lambda::Function::orders" },
    ]);
  });

  test("is left where nobody asks what was built", async () => {
    const spec = await loaded([entry("orders", '{ Artifact: "orders" }')], "left");
    const { code, artifact } = byKey(spec)["Lambda::Function::orders"] ?? {};
    expect([code, artifact]).toEqual([undefined, "orders"]);
  });

  test.each([
    '{ Artifact: "a/b" }',
    '{ Artifact: ".." }',
    '{ Artifact: "a", ZipFile: "UEsFBg==" }',
    '{ Artifact: "a", S3Bucket: "bucket", S3Key: "key" }',
    '{ Artifact: "a", Sha256: "00" }',
  ])("is refused as %s", async (code) => {
    const { built, asked } = counted();
    expect((await codesOf(loaded([entry("orders", code)], built)))?.length).toBeGreaterThan(0);
    expect(asked.filter((name) => name !== "a")).toEqual([]);
  });
});
