import { globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GROUPS } from "../../scripts/mutation-groups.ts";

const ROOT = join(import.meta.dirname, "../..");

describe("a group of mutation tests", () => {
  // A file that was moved would silently not be tried any more.
  it.each(Object.entries(GROUPS))("%s names sources and tests that exist", (_name, { mutate, tests }) => {
    const named = [...mutate, ...tests].map((pattern) => pattern.replace(/^!/, ""));
    expect(named.filter((pattern) => globSync(pattern, { cwd: ROOT }).length === 0)).toEqual([]);
  });
});
