/** Whatever a spec holds, the loader answers with resources or with errors that a user can act on, never with a crash. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { userErrors } from "../../../src/model/errors.ts";
import { resourceTypes } from "../../../src/resources/registry.ts";
import type { ResourceType } from "../../../src/resources/type.ts";
import { nodesAt, type SchemaNode, schemaTree } from "../../../src/spec/schema-tree.ts";
import type { JsonValue } from "../../../src/model/values.ts";
import { build } from "./building.ts";

const anything: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<JsonValue>(null, true, 0, -1, 1e9, 0.5, "", "x", "$default", "GET /", "*", {}, []),
    fc.string(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("Key", "Value", "Statement", "Name", "PolicyName", "x"), tie("value"), {
      maxKeys: 3,
    }),
  ),
})).value;

/** Objects with properties of the type, each right or anything at all. */
function propertiesOf(node: SchemaNode): fc.Arbitrary<Record<string, JsonValue>> {
  const members = Object.entries(node.properties ?? {}).map(
    ([key, inner]) =>
      [key, fc.option(fc.oneof(rightValue(inner), anything), { nil: undefined, freq: 1 })] as const,
  );
  return fc.record(Object.fromEntries(members)).map((all) => {
    const kept = Object.entries(all).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value] as const],
    );
    return Object.fromEntries(kept);
  });
}

/** Mostly right values. */
function rightValue(node: SchemaNode): fc.Arbitrary<JsonValue> {
  const [first = node] = nodesAt(node, []);
  if (first.enum !== undefined) return fc.constantFrom<JsonValue>(...first.enum);
  switch (first.type) {
    case "string":
      return fc.constantFrom<JsonValue>("name", "arn:aws:iam::123456789012:role/x", "https://a.example");
    case "integer":
    case "number":
      return fc.constantFrom<JsonValue>(0, 1, 60, 1000);
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(first.items === undefined ? anything : rightValue(first.items), { maxLength: 2 });
    case "object":
      return first.properties === undefined
        ? fc.dictionary(
            fc.constantFrom("a", "GET /"),
            typeof first.additionalProperties === "object"
              ? rightValue(first.additionalProperties)
              : anything,
            { maxKeys: 2 },
          )
        : propertiesOf(first);
    default:
      return anything;
  }
}

const namesOf = fc.oneof(
  fc.constantFrom<JsonValue>("a", "b", null, 5),
  fc.array(fc.constantFrom("a", "b"), { maxLength: 2 }),
);

function entryOf(type: ResourceType) {
  const [group = "", name = ""] = type.type.split("::");
  const keys = [...Object.keys(type.dependencies), "nothing"];
  return fc.record({
    group: fc.constant(group),
    type: fc.constant(name),
    name: fc.constantFrom<JsonValue>("a", "b", null),
    readOnly: fc.constantFrom<JsonValue>(false, true, null),
    properties: fc.oneof(propertiesOf(schemaTree(type)), anything),
    dependencies: fc.oneof(fc.dictionary(fc.constantFrom(...keys), namesOf, { maxKeys: 3 }), anything),
  });
}

describe("the loader", () => {
  it.each([...resourceTypes.values()].map((type) => [type.type, type] as const))(
    "stands everything that an entry of %s may hold",
    async (_, type) => {
      await fc.assert(
        fc.asyncProperty(fc.array(entryOf(type), { minLength: 1, maxLength: 3 }), async (entries) => {
          const answer = await build(entries, { registry: resourceTypes }).catch((error: unknown) => {
            if (userErrors(error) === undefined) throw error;
            return undefined;
          });
          expect(answer?.resources.length ?? 1).toBeGreaterThan(0);
        }),
        { numRuns: 150 },
      );
    },
  );
});
