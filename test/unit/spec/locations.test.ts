import { describe, expect, it } from "vitest";
import { GatewrightError } from "../../../src/model/errors.ts";
import { about, atTheirLines } from "../../../src/spec/locations.ts";

const text = `exports.createResources = () => [
  {
    type: "Shelf",
    properties: () => ({
      Name: "a", Board: { Depth: 2, Wod: "oak" },
      Labels,
    }),
    dependencies: () => ({ book: ["one", 'two'] }),
  },
  {
    type: "Shelf",
    properties: () => ({ "Widht": 3 }),
  },
];
`;

const entries = [
  { file: "resources.js", line: 3, column: 5 },
  { file: "resources.js", line: 11, column: 5 },
];

async function placeOf(path: readonly PropertyKey[], entry = 0, file = "resources.js") {
  const at = { ...(entries[entry] ?? { line: 0 }), file };
  const error = about(new GatewrightError("CODE", "message", { at, hint: "hint", resource: "key" }), path);
  const read = async (name: string) => (name === "resources.js" ? text : undefined);
  const [found] = await atTheirLines([error], { read, entries });
  expect(found).toMatchObject({ code: "CODE", message: "message", hint: "hint", resource: "key" });
  return `${found?.at?.line}:${found?.at?.column}`;
}

describe("the place of a mistake", () => {
  it.each<[string, readonly PropertyKey[], string]>([
    ["a property", ["Name"], "5:7"],
    ["a property in another", ["Board", "Wod"], "5:37"],
    ["a property in its short form", ["Labels", 1], "6:7"],
    ["a name in quotes of any kind", ["dependencies", '"two"'], "8:42"],
    ["the last that is there of what is looked for", ["Board", "Missing"], "5:18"],
    ["the entry, when nothing is there", ["Nothing"], "3:5"],
    ["the entry, when it is in a later one only", ["Widht"], "3:5"],
  ])("is that of %s", async (_, path, place) => {
    expect(await placeOf(path)).toBe(place);
  });

  it("is found in the entry it belongs to", async () => {
    expect(await placeOf(["Widht"], 1)).toBe("12:26");
  });

  it("is the entry's in a file that cannot be read", async () => {
    expect(await placeOf(["Name"], 0, "other.js")).toBe("3:5");
  });
});
