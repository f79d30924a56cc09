import { describe, expect, it } from "vitest";
import * as z from "zod";
import { encodePassword } from "../../../src/spec/sandbox/markers.ts";
import { toys } from "./toy-types.ts";
import { book, build, errorsOf, ref, shelf, told } from "./building.ts";

describe("a type that is only read", () => {
  const registry = new Map(
    [...toys].map(([name, type]) => [name, name === "Toy::Shelf" ? { ...type, onlyRead: true } : type]),
  );

  it("is refused without readOnly", async () => {
    const errors = await errorsOf([shelf("a")], { registry });
    expect(errors.map(({ code }) => code)).toEqual(["READ_ONLY_NEEDED"]);
  });

  it("is taken with it", async () => {
    const { resources } = await build([{ ...shelf("a"), readOnly: true }], { registry });
    expect(resources.map(({ key }) => key)).toEqual(["Toy::Shelf::a"]);
  });
});

describe("a type whose schema is known only at run time", () => {
  let asked = 0;
  const askSchema = async () => {
    asked += 1;
    return z.strictObject({ Name: z.string(), Depth: z.number() });
  };
  const registry = new Map(
    [...toys].map(([name, type]) => [name, name === "Toy::Shelf" ? { ...type, askSchema } : type]),
  );

  it("is checked by that schema, which is asked for once", async () => {
    const entries = [shelf("a", { Depth: 1 }), shelf("b", { Depth: "deep" }), shelf("c", { Width: 30 })];
    const errors = await errorsOf(entries, { registry });
    expect(errors.map(({ code }) => code)).toEqual([
      "PROPERTY_INVALID",
      "PROPERTY_MISSING",
      "PROPERTY_UNKNOWN",
    ]);
    expect(asked).toBe(1);
  });
});

describe("entries", () => {
  it("become resources with keys, parents, edges and places", async () => {
    const { resources } = await build([book("Emma", "a"), shelf("a", { Width: 30 })]);
    expect(resources).toEqual([
      {
        key: "Toy::Shelf::a",
        type: "Toy::Shelf",
        name: "a",
        readOnly: false,
        properties: { Name: "a", Width: 30 },
        dependencies: {},
        edges: [],
        at: { file: "resources.js", line: 2 },
      },
      {
        key: "Toy::Book::a::Emma",
        type: "Toy::Book",
        name: "a::Emma",
        readOnly: false,
        properties: { Title: "Emma" },
        dependencies: { shelf: [{ key: "Toy::Shelf::a" }] },
        edges: ["Toy::Shelf::a"],
        parent: "Toy::Shelf::a",
        at: { file: "resources.js", line: 1 },
      },
    ]);
  });

  it("may leave properties and dependencies out, and say null where they mean nothing", async () => {
    const { resources } = await build([
      { type: "Shelf", group: "Toy", name: "a", dependencies: null, readOnly: null },
    ]);
    expect(resources.map(({ key }) => key)).toEqual(["Toy::Shelf::a"]);
  });

  it.each([
    [
      { group: "Toy" },
      'ENTRY_INVALID at 1: entry 1 of createResources has no type; accepted: a string such as "Integration"',
    ],
    [
      { type: "Shelf", group: 5 },
      'ENTRY_INVALID at 1: entry 1 of createResources has the group 5; accepted: a string such as "ApiGatewayV2"',
    ],
    [
      { ...shelf("a"), name: 7 },
      "ENTRY_INVALID at 1: Toy::Shelf: name is 7; accepted: a string, or a function that returns one",
    ],
    [
      { ...shelf("a"), readOnly: "yes" },
      'ENTRY_INVALID at 1: Toy::Shelf::a: readOnly is "yes"; accepted: true or false',
    ],
    [
      { ...shelf("a"), namespace: {} },
      "ENTRY_INVALID at 1: Toy::Shelf::a: namespace is {}; accepted: a string",
    ],
    [
      { ...shelf("a"), isDefault: true },
      "DEFAULT_UNSUPPORTED at 1: Toy::Shelf::a: isDefault is not supported for Toy::Shelf",
    ],
    [
      { ...shelf("a"), properties: [1] },
      "ENTRY_INVALID at 1: Toy::Shelf::a: properties is [1]; accepted: a function that returns an object",
    ],
    [
      { ...shelf("a"), dependencies: "b" },
      'DEPENDENCY_INVALID at 1: Toy::Shelf::a: dependencies is "b"; accepted: a function that returns an object',
    ],
    [
      shelf("a", { Notes: { $unknown: "x" } }),
      'PROPERTY_INVALID at 1: Toy::Shelf::a: the key "$unknown" is reserved by Gatewright and cannot be used in a property',
    ],
    [
      shelf(ref("Toy::Book", "x")),
      'NAME_INVALID at 1: Toy::Shelf: the name "…" is built with getId, config.parameter or config.secret',
    ],
    [
      { type: "Shelf", group: "Toy" },
      "PROPERTY_MISSING at 1: Toy::Shelf: Name is missing; accepted: a string",
    ],
  ])("are refused: %j", async (entry, message) => {
    expect(await told([entry])).toEqual([message]);
  });

  it("of unknown types are told in one error, each with its places, with the nearest known types", async () => {
    const [error, ...more] = await errorsOf([
      { type: "Shelv", group: "Toy", name: "a" },
      { type: "Shelv", group: "Toy", name: "b" },
      { type: "Vpc", group: "EC2", name: "c" },
      book("Emma", "d", { lamp: "e" }),
      shelf("d"),
      { type: "Lamp", group: "Toy", name: "e" },
    ]);
    expect(more).toEqual([]);
    expect(error?.code).toBe("TYPE_UNKNOWN");
    expect(error?.message).toBe(
      '3 unknown resource types: "Toy::Shelv" (resources.js:1, resources.js:2), "EC2::Vpc" (resources.js:3), "Toy::Lamp" (resources.js:6)',
    );
    expect(error?.hint).toContain('Did you mean "Toy::Shelf" for "Toy::Shelv"');
    expect(error?.hint).toContain("Toy::Shelf, Toy::Book, Toy::Author");
  });
});

describe("names", () => {
  it("are unique per type; both places are told", async () => {
    expect(await told([shelf("a"), book("a", "a"), shelf("a")])).toEqual([
      "NAME_DUPLICATE at 3: two resources are named Toy::Shelf::a: resources.js:1 and resources.js:3",
    ]);
  });
});

describe("references", () => {
  it("become templates and edges with full names; plain text stays text", async () => {
    const text = `see ${ref("Toy::Book", "One")} on ${ref("Toy::Shelf", "a", "live.Place", "/left")}.`;
    const { resources } = await build([
      book("Two", "a", {}, { Text: text }),
      shelf("a", { Secret: "plain", Notes: { all: ref("Toy::Book", "b::One") } }),
      shelf("b"),
      book("One", "b"),
    ]);
    expect(resources.map(({ key, edges }) => [key, edges])).toEqual([
      ["Toy::Shelf::b", []],
      ["Toy::Book::b::One", ["Toy::Shelf::b"]],
      ["Toy::Shelf::a", ["Toy::Book::b::One"]],
      ["Toy::Book::a::Two", ["Toy::Shelf::a", "Toy::Book::b::One"]],
    ]);
    const one = { type: "Toy::Book", name: "b::One", path: "id", suffix: "" };
    expect(resources[2]?.properties).toEqual({
      Name: "a",
      Secret: "plain",
      Notes: { all: { $template: [{ ref: one }] } },
    });
    const place = { type: "Toy::Shelf", name: "a", path: "live.Place", suffix: "/left" };
    expect(resources[3]?.properties.Text).toEqual({
      $template: ["see ", { ref: one }, " on ", { ref: place }, "."],
    });
  });

  it("count as any word where only some are allowed", async () => {
    const { resources } = await build([shelf("a", { Colour: ref("Toy::Shelf", "b") }), shelf("b")]);
    expect(resources[1]?.properties.Colour).toMatchObject({ $template: [{}] });
  });

  it("to passwords are generated values, alone in their string", async () => {
    const { resources } = await build([shelf("a", { Notes: { key: encodePassword(16) } })]);
    expect(resources[0]?.properties.Notes).toEqual({ key: { $generated: 16 } });
    expect(await told([shelf("a", { Notes: { key: `x${encodePassword(16)}` } })])).toEqual([
      "REFERENCE_INVALID at 1: Toy::Shelf::a: Notes.key: generatePassword is part of a longer text",
    ]);
  });

  it.each([
    [
      ref("Toy::Shelf", "bb"),
      'REFERENCE_NOT_FOUND at 77: Toy::Shelf::a: getId in Notes.x names "bb", but there is no such Toy::Shelf',
      /^Did you mean "b"\? Toy::Shelf in this spec: a, b\.$/,
    ],
    [
      ref("Toy::Lamp", "b"),
      "REFERENCE_INVALID at 77: Toy::Shelf::a: getId in Notes.x asks for a Toy::Lamp",
      /^Toy::Lamp is not supported/,
    ],
    [
      ref("Toy::Shelf", "b", "Arn"),
      'REFERENCE_INVALID at 77: Toy::Shelf::a: getId in Notes.x has the path "Arn"; accepted: "id" or "live." and an attribute',
      /^Write path: "live\.Arn"\.$/,
    ],
  ])("that are wrong: %s", async (marker, message, hint) => {
    const [error, ...more] = await errorsOf([shelf("a", { Notes: { x: marker } }), shelf("b")]);
    expect(more).toEqual([]);
    expect(`${error?.code} at ${error?.at?.line}: ${error?.message}`).toBe(message);
    expect(error?.hint).toMatch(hint);
  });

  it("in a circle are refused with the whole way round", async () => {
    const entries = [
      shelf("a", { Notes: { x: ref("Toy::Book", "One") } }),
      book("One", "b"),
      shelf("b", { Secret: "x", Notes: { up: ref("Toy::Book", "c::Two") } }),
      book("Two", "c", { sequel: "b::One" }),
      shelf("c"),
      shelf("d", { Notes: { self: ref("Toy::Shelf", "d") } }),
    ];
    expect(await told(entries)).toEqual([
      "REFERENCE_CYCLE at 2: resources depend on each other in a circle: Toy::Book::b::One → (dependencies.shelf) Toy::Shelf::b → (Notes.up) Toy::Book::c::Two → (dependencies.sequel) Toy::Book::b::One",
      "REFERENCE_CYCLE at 6: resources depend on each other in a circle: Toy::Shelf::d → (Notes.self) Toy::Shelf::d",
    ]);
  });
});
