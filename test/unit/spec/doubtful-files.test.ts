import { describe, expect, it } from "vitest";
import { doubtfulFiles } from "../../../src/spec/load/doubtful-files.ts";

const said = (...files: readonly string[]): readonly string[] =>
  doubtfulFiles({ what: `the folder "fn"`, files, read: async () => undefined }).map(
    ({ message }) => message,
  );

describe("in a function's folder", () => {
  it.each([
    ".env",
    ".env.production",
    "certs/server.key",
    "tls.pem",
    ".npmrc",
    "deep/id_rsa",
    ".aws/credentials",
  ])("%s is told: it would be readable with the code", (path) => {
    expect(said("index.js", path)).toEqual([expect.stringContaining(`has ${path}: uploaded with the code`)]);
  });

  it.each([".DS_Store", "lib/Thumbs.db"])("%s is told: the function does not need it", (path) => {
    expect(said("index.js", path)).toEqual([expect.stringContaining("does not need")]);
  });

  it.each([
    ".env.example",
    "ca-bundle.pem",
    "node_modules/a/.npmrc",
    "node_modules/a/test.key",
    "keys.js",
    "environment.js",
  ])("%s is not told", (path) => {
    expect(said("index.js", path)).toEqual([]);
  });

  it("many are told in one line", () => {
    expect(said("a.pem", "b.pem", "c.pem", "d.pem")[0]).toContain("a.pem, b.pem, c.pem and 1 more");
  });
});
