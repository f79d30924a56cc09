/** What is known of the secrets of a base branch whose spec cannot be evaluated. */
import { expect, test } from "vitest";
import { fail } from "../../../src/model/errors.ts";
import type { SpecSource } from "../../../src/source/source.ts";
import { mentionsStored } from "../../../src/spec/load/mentions-stored.ts";

function folderOf(files: Readonly<Record<string, string | (() => never)>>): SpecSource {
  return {
    description: "files",
    list: async () => Object.keys(files).map((path) => ({ path, executable: false, size: 1 })),
    read: async (path) => {
      const file = files[path];
      return typeof file === "function" ? file() : new TextEncoder().encode(file);
    },
    isFolder: async () => false,
  };
}

const lfs = () => fail("SOURCE_LFS", "stored in Git LFS");
const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`${index}.js`, ""]));

test.each([
  ["one takes a secret", { "a.ts": 'config.secret("/x")' }, true],
  ["one takes parameter out of config", { "a.mjs": "({ config: { parameter } }) => []" }, true],
  ["none does", { "a.js": "const secrets = [];" }, false],
  ["only what is no code does", { "a.md": "a secret" }, false],
  ["there are more than are read", many, true],
  ["one cannot be read", { "a.js": lfs }, true],
])("when %s: %#", async (_what, files, expected) => {
  expect(await mentionsStored(folderOf(files), "")).toBe(expected);
});

test("what only a bug explains is thrown", async () => {
  const broken = () => {
    throw new TypeError("a bug");
  };
  await expect(mentionsStored(folderOf({ "a.js": broken }), "")).rejects.toThrow("a bug");
});
