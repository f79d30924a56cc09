/** What the host reads for a spec, what it answers, and what it begins with: bounded, once, and only what is there. */
import { describe, expect, it } from "vitest";
import { GatewrightError } from "../../../../../src/model/errors.ts";
import type { SpecSource } from "../../../../../src/source/source.ts";
import { makeAnswers } from "../../../../../src/spec/sandbox/host/answers.ts";
import { endedError } from "../../../../../src/spec/sandbox/host/ended.ts";
import { findEntryPoints } from "../../../../../src/spec/sandbox/host/packages.ts";
import { makeSpecFiles } from "../../../../../src/spec/sandbox/host/files.ts";
import type { Question } from "../../../../../src/spec/sandbox/protocol.ts";
import type { EvaluateOptions } from "../../../../../src/spec/sandbox/types.ts";
import { memorySource } from "../evaluating.ts";

const MB = 1024 * 1024;

async function refusal(action: Promise<unknown>): Promise<unknown> {
  const error: unknown = await action.then(
    () => new Error("it was accepted"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GatewrightError)) throw error;
  const { code, message, hint, at } = error;
  return [code, message, hint, at];
}

function options(
  files: Readonly<Record<string, string>>,
  more: Partial<EvaluateOptions> = {},
  links: string[] = [],
): EvaluateOptions {
  return {
    source: memorySource(files, links),
    directory: ".",
    stage: "dev",
    region: "eu-west-2",
    account: async () => ({ account: "123456789012", partition: "aws" }),
    env: {},
    ...more,
  };
}

describe("a file", () => {
  it("is read once per folder it has to be in, and remembered", async () => {
    const reads: unknown[] = [];
    const source: SpecSource = {
      ...memorySource({}),
      read: async (path, read) => {
        reads.push([path, read]);
        return path === "a.js" ? new TextEncoder().encode("\ufeffé") : undefined;
      },
    };
    const files = makeSpecFiles(source);
    expect(
      await Promise.all([files.read("a.js", ""), files.read("a.js", ""), files.read("b.js", "x")]),
    ).toEqual(["é", "é", undefined]);
    await files.read("a.js", "x");
    expect(reads).toEqual([
      ["a.js", { within: "" }],
      ["b.js", { within: "x" }],
      ["a.js", { within: "x" }],
    ]);
    expect([...files.texts]).toEqual([["a.js", "é"]]);
    files.drop("a.js");
    expect(files.texts.size).toBe(0);
  });

  it("has at most so many bytes, and all together", async () => {
    const sized = (sizes: Readonly<Record<string, number>>) =>
      makeSpecFiles({ ...memorySource({}), read: async (path) => new Uint8Array(sizes[path] ?? 0) });
    const limits = `accepted: ${MB} a file, ${16 * MB} in all`;
    await sized({ a: MB }).read("a", "");
    expect(await refusal(sized({ a: MB + 1 }).read("a", ""))).toEqual([
      "SPEC_TOO_LARGE",
      `"a" has ${MB + 1} bytes; ${limits}`,
      undefined,
      { file: "a", line: 1 },
    ]);
    const names = Array.from({ length: 16 }, (_, index) => `f${index}`);
    const many = sized({ ...Object.fromEntries(names.map((name) => [name, MB])), last: 1 });
    for (const name of names) await many.read(name, "");
    expect(await refusal(many.read("last", ""))).toEqual([
      "SPEC_TOO_LARGE",
      `"last" has 1 bytes; ${limits}`,
      undefined,
      { file: "last", line: 1 },
    ]);
  });
});

describe("a question of the spec", () => {
  const ask = (specifier: string, from = "resources.js"): Question => ({ ask: "load", specifier, from });
  const answersOf = (files: Readonly<Record<string, string>>, links: string[] = []) => {
    const given = options(files, {}, links);
    return makeAnswers(given, makeSpecFiles(given.source));
  };

  it("is answered with the first file there is, what is built in, or the account", async () => {
    const { answer } = answersOf({ "lib.ts": "ts", "lib.js": "js", "x/index.js": "x" });
    expect(await answer(ask("./lib"))).toEqual({ loaded: { path: "lib.js", text: "js" } });
    expect(await answer(ask("./x"))).toEqual({ loaded: { path: "x/index.js", text: "x" } });
    expect(await answer(ask("path"))).toEqual({ loaded: { builtin: "path" } });
    expect(await answer({ ask: "account" })).toEqual({ account: "123456789012" });
  });

  it("is refused with a number, under which the host keeps its own words", async () => {
    const { answer, refusals } = answersOf({}, ["link"]);
    const missing = { code: "REQUIRE_NOT_FOUND", message: 'require("./lib") found no file' };
    expect(await answer(ask("./lib"))).toEqual({ refused: { id: 0, ...missing } });
    expect(await answer(ask("fs"))).toMatchObject({ refused: { id: 1, code: "REQUIRE_FORBIDDEN" } });
    const linked = { code: "REQUIRE_SYMLINK", message: 'require("./link"): "link" leads out' };
    expect(await answer(ask("./link"))).toEqual({ refused: { id: 2, ...linked } });
    expect(refusals).toEqual([
      { ...missing, hint: "Looked for lib, lib.js, lib.cjs, lib.mjs, lib.ts, lib.cts, lib.mts, lib.json." },
      {
        code: "REQUIRE_FORBIDDEN",
        message: expect.stringContaining('require("fs")'),
        hint: expect.stringMatching(/^Allowed are/),
      },
      { ...linked, hint: "Replace the link with a copy of the file." },
    ]);
  });

  it("fails for what is not the spec's fault", async () => {
    for (const error of [new Error("no network"), new GatewrightError("GITHUB_DOWN", "no answer")]) {
      const given = options({});
      const source = { ...given.source, read: () => Promise.reject(error) };
      const { answer } = makeAnswers(given, makeSpecFiles(source));
      await expect(answer(ask("./lib"))).rejects.toBe(error);
    }
  });

  it("may be asked only so often", async () => {
    const { answer } = answersOf({});
    for (let count = 0; count < 2_000; count++) await answer({ ask: "account" });
    expect(await refusal(answer({ ask: "account" }))).toEqual([
      "SPEC_TOO_LARGE",
      "the spec requires more than 2000 files",
      undefined,
      undefined,
    ]);
  });
});

describe("an evaluation begins", () => {
  const begin = (files: Readonly<Record<string, string>>, more: Partial<EvaluateOptions> = {}) => {
    const given = options(files, more);
    const read = makeSpecFiles(given.source);
    return findEntryPoints(given, read).then((found) => ({ ...found, texts: [...read.texts.keys()].sort() }));
  };
  const spec = { "resources.js": "" };

  it.each<[string, Record<string, string>, Partial<EvaluateOptions>, object]>([
    ["with the spec alone", spec, {}, { main: "resources.js", texts: ["resources.js"] }],
    [
      "in a directory",
      { "infra/resources.js": "" },
      { directory: "infra/" },
      { main: "infra/resources.js", texts: ["infra/resources.js"] },
    ],
    [
      "with the first of several",
      { ...spec, "resources.ts": "" },
      {},
      { main: "resources.js", texts: ["resources.js"] },
    ],
    [
      "with the one that is named",
      { ...spec, "a/b.js": "" },
      { spec: "./a/b.js" },
      { main: "a/b.js", texts: ["a/b.js"] },
    ],
    [
      "with the default for an empty name",
      spec,
      { spec: "" },
      { main: "resources.js", texts: ["resources.js"] },
    ],
    [
      "with config.js",
      { ...spec, "config.js": "" },
      {},
      { main: "resources.js", config: "config.js", texts: ["config.js", "resources.js"] },
    ],
    [
      "with the package's name",
      { ...spec, "package.json": '{"name": "shop"}' },
      {},
      { main: "resources.js", packageName: "shop", texts: ["package.json", "resources.js"] },
    ],
    [
      "with the name of the package above",
      { "a/resources.js": "", "a/package.json": "{}", "package.json": '{"name": "shop"}' },
      { directory: "a" },
      {
        main: "a/resources.js",
        packageName: "shop",
        texts: ["a/package.json", "a/resources.js", "package.json"],
      },
    ],
  ])("%s", async (_what, files, more, expected) => {
    expect(await begin(files, more)).toStrictEqual(expected);
  });

  it.each(["{oops", "null", "1", "[]", '{"name": 1}', '{"name": ""}'])(
    "without a name from the package %s",
    async (text) => {
      expect(await begin({ ...spec, "package.json": text })).not.toHaveProperty("packageName");
    },
  );

  it.each<[string, Record<string, string>, Partial<EvaluateOptions>, RegExp, RegExp]>([
    [
      "there is none",
      {},
      {},
      /^there is no resources\.js.* in "\." of the test$/,
      /^Add a spec that exports createResources/,
    ],
    [
      "there is only iac.js",
      { "a/iac.js": "" },
      { directory: "a" },
      / in "a" of the test$/,
      /^iac\.js is not executed/,
    ],
    [
      "the named one is not there",
      spec,
      { spec: "x.js" },
      /^there is no spec "x\.js" in "\." of the test$/,
      /^Check the name\./,
    ],
    [
      "the named one is above",
      spec,
      { spec: "../x.js", directory: "a" },
      /^the spec "\.\.\/x\.js" is outside the stack's directory "a"$/,
      /^Give a path inside/,
    ],
    [
      "the named one is above the root",
      spec,
      { spec: "../x.js" },
      /^the spec "\.\.\/x\.js" is outside the stack's directory "\."$/,
      /^Give a path inside/,
    ],
    [
      "the named one is absolute",
      { "x.js": "" },
      { spec: "/x.js" },
      /^the spec "\/x\.js" is outside/,
      /^Give a path inside/,
    ],
    [
      "the named one is absolute in a directory",
      { "a/x.js": "" },
      { spec: "/x.js", directory: "a" },
      /^the spec "\/x\.js" is outside/,
      /^Give a path inside/,
    ],
  ])("with an error where %s", async (_what, files, more, message, hint) => {
    expect(await refusal(begin(files, more))).toEqual([
      "SPEC_NOT_FOUND",
      expect.stringMatching(message),
      expect.stringMatching(hint),
      undefined,
    ]);
  });
});

describe("an evaluation that was ended", () => {
  const at = { file: "resources.js", line: 2 };
  const limits = { timeoutMs: 10_000, memoryBytes: 64 * MB };

  it.each<["timeout" | "memory" | "pending" | "crash", string, RegExp, RegExp]>([
    ["timeout", "SPEC_TIMEOUT", /10/, /./],
    ["memory", "SPEC_MEMORY", /64/, /./],
    [
      "pending",
      "SPEC_PENDING",
      /^the spec waits for a promise that never settles$/,
      /^A spec has no timers and no network/,
    ],
    ["crash", "SPEC_CRASHED", /^the sandbox crashed: first line$/, /^Very deep nesting or recursion/],
  ])("by %s says so, and where it was", (ended, code, message, hint) => {
    const error = endedError({ ended, detail: "first line\nsecond line", at }, limits);
    expect([error.code, error.message, error.hint, error.at]).toEqual([
      code,
      expect.stringMatching(message),
      expect.stringMatching(hint),
      at,
    ]);
  });
});
