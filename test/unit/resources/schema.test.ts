import { describe, expect, it } from "vitest";
import * as z from "zod";
import { MARKER_END, MARKER_START, withNamesForMarkers } from "../../../src/model/reference-marker.ts";
import { resourceTypes } from "../../../src/resources/registry.ts";
import { enumText, patternText, properties, tagMap, wholeNumber } from "../../../src/resources/schema.ts";
import { encodePassword, encodeReference } from "../../../src/spec/sandbox/markers.ts";

const MARKER = `${MARKER_START}e30${MARKER_END}`;
const messages = (schema: z.ZodType, value: unknown): string[] =>
  (schema.safeParse(value).error?.issues ?? []).flatMap((issue) =>
    (issue.code === "invalid_key" ? issue.issues : [issue]).map(
      ({ message }) => `${issue.path.join(".")}: ${message}`,
    ),
  );

describe("schema building blocks", () => {
  it.each<[string, z.ZodType, unknown, string[]]>([
    ["a word", enumText("a", "b"), "a", []],
    ["another word", enumText("a", "b"), "c", [': "c" is not one of "a", "b"']],
    ["a reference for a word", enumText("a", "b"), `x${MARKER}`, []],
    ["a form", patternText(/^\d+$/, "digits"), "x", [': "x" is not digits']],
    ["a reference in a form", patternText(/^\d+$/, "digits"), MARKER, []],
    ["a number", wholeNumber(1, 3), 4, [": Too big: expected number to be <=3"]],
    ["no whole number", wholeNumber(1), 1.5, [": Invalid input: expected int, received number"]],
    ["tags", tagMap(), { a: "b", Name: "" }, []],
    ["AWS's tags", tagMap(), { "AWS:x": "b" }, ['AWS:x: keys that begin with "aws:" are AWS\'s own']],
    [
      "a long tag",
      tagMap(),
      { ["k".repeat(129)]: "" },
      [`${"k".repeat(129)}: a tag's key has 1 to 128 characters`],
    ],
    ["a long value", tagMap(), { a: "v".repeat(257) }, ["a: a tag's value has at most 256 characters"]],
    ["an unknown key", properties({ A: z.string().optional() }), { B: 1 }, [': Unrecognized key: "B"']],
  ])("%s", (_what, schema, value, expected) => {
    expect(messages(schema, value)).toEqual(expected);
  });

  it("tells words and descriptions to the generated reference", () => {
    const schema = properties({ A: enumText("a", "b").optional().describe("Which.") });
    expect(z.toJSONSchema(schema)).toMatchObject({
      properties: { A: { type: "string", enum: ["a", "b"], description: "Which." } },
      additionalProperties: false,
    });
  });
});

describe("names out of texts with references", () => {
  it("are those of what is referred to", () => {
    const reference = encodeReference({ type: "A::B", name: "my-api", path: "id", suffix: "" });
    expect(withNamesForMarkers(`https://${reference}/x/${encodePassword(8)}`)).toBe("https://{my-api}/x/{?}");
    expect(withNamesForMarkers(`${MARKER_START}!${MARKER_END}`)).toBe("{?}");
  });
});

describe("the registry", () => {
  it("knows every type by its name", () => {
    for (const [name, type] of resourceTypes)
      expect([name, resourceTypes.get(name)]).toEqual([type.type, type]);
    expect(resourceTypes.get("ApiGatewayV2::Nothing")).toBeUndefined();
  });

  it("describes every property of every type", () => {
    for (const { type, schema } of resourceTypes.values()) {
      const { properties: shape = {} } = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
      for (const [key, value] of Object.entries(shape))
        expect([type, key, typeof value === "object" && value.description !== undefined]).toEqual([
          type,
          key,
          true,
        ]);
    }
  });

  it("has one parent at most for a type, and one that exists", () => {
    for (const { type, dependencies } of resourceTypes.values()) {
      const parents = Object.values(dependencies).filter(({ parent }) => parent === true);
      expect([type, parents.length <= 1, parents.every((key) => resourceTypes.has(key.type))]).toEqual([
        type,
        true,
        true,
      ]);
    }
  });
});
