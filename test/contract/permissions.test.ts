/** The permissions of a type name the operations that the types' source calls: no more, no less. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stackPermissions } from "../../src/engine/stack.ts";
import { resourceTypes } from "../../src/resources/registry.ts";
import { createLocalSource } from "../../src/source/local-source.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Calls of SDK clients in the files of a group: `client.getApis(`, `(await aws.logs()).deleteLogGroup(`. */
function calls(group: string): readonly string[] {
  const folder = join(ROOT, "src/resources", group);
  const text = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
  const found = text.matchAll(/(?:\bclient|\bgateway|\(await [\w.]*aws\.client\(\w+\)\))\s*\.(\w+)\(/g);
  // The calls that src/resources/tags.ts makes for a type.
  const shared = text.includes("tagsByArn(") ? ["tagResource", "untagResource"] : [];
  const names = [...shared, ...[...found].map(([, name = ""]) => name)];
  return unique(names.map((name) => name.charAt(0).toUpperCase() + name.slice(1)));
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

const permissions = Object.fromEntries(
  [...resourceTypes].flatMap(([type, { permissions: told }]) => (told === undefined ? [] : [[type, told]])),
);

describe("permissions", () => {
  it("are told for every type", () => {
    expect(Object.keys(permissions).sort()).toEqual([...resourceTypes.keys()].sort());
  });

  it.each(unique([...resourceTypes.keys()].map((type) => type.split("::")[0] ?? "")))(
    "of %s name the operations that its types call",
    (group) => {
      const told = Object.entries(permissions)
        .filter(([type]) => type.startsWith(`${group}::`))
        .flatMap(([, { read, write }]) => [...read, ...write]);
      expect(unique(told)).toEqual(calls(group));
    },
  );

  it("to plan only read", () => {
    for (const [type, { read }] of Object.entries(permissions)) {
      for (const operation of read) expect(operation, type).toMatch(/^(Get|List|Describe)/);
    }
  });
});

describe("the policies in examples/several-accounts", () => {
  it("are those of its spec: gatewright permissions --region eu-west-2", async () => {
    const folder = join(ROOT, "examples/several-accounts");
    const stack = {
      source: createLocalSource(folder, { untracked: true }),
      directory: ".",
      stage: "dev",
      region: "eu-west-2",
    };
    const made = await stackPermissions(stack);
    expect(JSON.parse(readFileSync(join(folder, "access/permissions.json"), "utf8"))).toEqual(made);
  });
});
