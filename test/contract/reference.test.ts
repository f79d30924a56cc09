/** The generated documents and types are what the source makes of them. `npm run docs` brings them up to date. */
import { describe, expect, it } from "vitest";
import { modelsOf } from "../../scripts/reference/model.ts";
import { generated } from "../../scripts/reference/all.ts";
import { stale } from "../../scripts/reference/files.ts";
import { resourceTypes } from "../../src/resources/registry.ts";
import type { SchemaNode } from "../../src/spec/schema-tree.ts";

const models = modelsOf(resourceTypes);

describe("the reference", () => {
  it("is up to date", async () => {
    expect(stale(await generated())).toEqual([]);
  });

  it("says of every type what it is called and what getId gives", () => {
    for (const [type, { attributes, called }] of resourceTypes) {
      expect(called, type).toBeTruthy();
      expect(attributes?.id, type).toBeTruthy();
    }
  });

  it.each(models.map((model) => [model.type.type, model] as const))(
    "of %s explains every property",
    (_, model) => {
      expect(unexplained(model.tree)).toEqual([]);
    },
  );

  it.each(models.map((model) => [model.type.type, model] as const))(
    "of %s tells other forms that its type really takes",
    (_, { type, also, tree }) => {
      const keys = Object.keys(also).filter((key) => tree.properties?.[key] === undefined);
      const written = keys.map((key) => [key, key === "Configuration" ? {} : "x"] as const);
      const entry = { name: "n", properties: Object.fromEntries(written), dependencies: {} };
      const left = Object.keys(type.canonical(entry).properties);
      expect(left.filter((key) => keys.includes(key))).toEqual([]);
    },
  );
});

/** Paths without a description. */
function unexplained(node: SchemaNode, above = ""): readonly string[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, inner]) => {
    const path = above === "" ? key : `${above}.${key}`;
    const here = inner.description === undefined ? [path] : [];
    return [
      ...here,
      ...unexplained(inner, path),
      ...(inner.items === undefined ? [] : unexplained(inner.items, path)),
    ];
  });
}
