import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withDirectory, writePlanFiles } from "../../../src/action/plan-files.ts";
import type { Plan } from "../../../src/model/plan.ts";

const folder = mkdtempSync(join(tmpdir(), "gatewright-plans-"));

function plan(directory: string): Plan {
  return {
    version: 1,
    id: "abcdefabcdef",
    digest: "a".repeat(64),
    engine: "0.1.0",
    stack: { directory, projectName: "p", stage: "dev", region: "eu-west-2", account: "1", partition: "aws" },
    changes: [],
    counts: { create: 0, update: 0, replace: 0, delete: 0, "no-op": 0 },
    problems: [],
  };
}

describe("plan files", () => {
  it("are where they are asked for, folders made", () => {
    const path = join(folder, "deep/er/plan.json");
    expect(writePlanFiles(path, [plan(".")], false)).toEqual([path]);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ version: 1, id: "abcdefabcdef" });
  });

  it("are one a stack", () => {
    const path = join(folder, "all.json");
    expect(writePlanFiles(path, [plan("."), plan("apis/orders")], true)).toEqual([
      join(folder, "all.root.json"),
      join(folder, "all.apis__orders.json"),
    ]);
  });

  it("that cannot be written are an error with the path", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => writePlanFiles(join(folder, "file/plan.json"), [plan(".")], false)).toThrow(
      expect.objectContaining({
        code: "FILE_NOT_WRITABLE",
        message: expect.stringContaining("file/plan.json"),
      }),
    );
  });

  it.each([
    ["plan.json", "apis/o_rders", "plan.apis__o_rders.json"],
    ["out/plan", "web", "out/plan.web"],
  ])("%s of %s is %s", (path, directory, expected) => {
    expect(withDirectory(path, directory)).toBe(expected);
  });

  it("has a file of its own for every directory, in the shape of a file's name", () => {
    const directories = [
      ".",
      "root",
      "apis/orders",
      "apis__orders",
      "apis_/orders",
      "apis/_orders",
      "my apis/shop",
      "my-apis/shop",
      "größe",
      "grüße",
      "gr--e",
      "店",
    ];
    const files = directories.map((directory) => withDirectory("plan.json", directory));
    expect(new Set(files).size).toBe(directories.length);
    for (const file of files) expect(file).toMatch(/^plan\.[\w.-]+\.json$/);
  });
});
