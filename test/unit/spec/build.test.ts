import { describe, expect, it } from "vitest";
import * as z from "zod";
import { encodePassword } from "../../../src/spec/sandbox/markers.ts";
import { book, build, errorsOf, ref, shelf, told } from "./building.ts";
import { toys } from "./toy-types.ts";

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

describe("properties", () => {
  it.each([
    [
      { Widht: 3 },
      'PROPERTY_UNKNOWN at 1: Toy::Shelf::a: Toy::Shelf has no property "Widht"',
      /^Did you mean "Width"\? Properties: Name, /,
    ],
    [
      { width: 3 },
      'PROPERTY_UNKNOWN at 1: Toy::Shelf::a: Toy::Shelf has no property "width"',
      /^Did you mean "Width"\?$/,
    ],
    [
      { Depth: 3 },
      'PROPERTY_UNKNOWN at 1: Toy::Shelf::a: Toy::Shelf has no property "Depth"',
      /^It belongs in Board\.$/,
    ],
    [
      { Board: { Width: 3 } },
      'PROPERTY_UNKNOWN at 1: Toy::Shelf::a: Board has no property "Width"',
      /^It belongs in the properties\.$/,
    ],
    [
      { Board: { Wod: "oak" } },
      'PROPERTY_UNKNOWN at 1: Toy::Shelf::a: Board has no property "Wod"',
      /^Did you mean "Wood"\? In Board: Wood, Depth\.$/,
    ],
    [
      { Width: "30" },
      'PROPERTY_INVALID at 1: Toy::Shelf::a: Width is "30"; accepted: a whole number from 1 to 100',
      /^Write 30 without quotes\.$/,
    ],
    [
      { Width: 101 },
      "PROPERTY_INVALID at 1: Toy::Shelf::a: Width is 101; accepted: a whole number from 1 to 100",
      /^Width in cm\. Default: 80\.$/,
    ],
    [
      { Colour: "geen" },
      'PROPERTY_INVALID at 1: Toy::Shelf::a: Colour: "geen" is not one of "red", "green"',
      /^Did you mean "green"\?$/,
    ],
    [
      { Painted: "true" },
      'PROPERTY_INVALID at 1: Toy::Shelf::a: Painted is "true"; accepted: true or false',
      /without quotes/,
    ],
    [
      { Labels: "x" },
      'PROPERTY_INVALID at 1: Toy::Shelf::a: Labels is "x"; accepted: a list of strings, at most 2',
      /square brackets/,
    ],
    [
      { Labels: ["x", 4] },
      "PROPERTY_INVALID at 1: Toy::Shelf::a: Labels[1] is 4; accepted: a string",
      /^Write "4" with quotes\.$/,
    ],
    [
      { Notes: { a: null } },
      "PROPERTY_INVALID at 1: Toy::Shelf::a: Notes.a is null; accepted: a string",
      /^Leave it out instead\.$/,
    ],
    [
      { Rules: 4 },
      "PROPERTY_INVALID at 1: Toy::Shelf::a: Rules is 4; accepted: a string or an object with Most",
      /quotes/,
    ],
    [
      { Rules: { Mst: 4, Most: "a" } },
      'PROPERTY_INVALID at 1: Toy::Shelf::a: Rules.Most is "a"; accepted: a number',
      undefined,
    ],
    [
      { Secret: "far too long" },
      "PROPERTY_INVALID at 1: Toy::Shelf::a: Secret is (sensitive); accepted: a string of at most 5 characters",
      undefined,
    ],
  ])("that are wrong: %j", async (properties, message, hint) => {
    const [error] = await errorsOf([shelf("a", properties)]);
    expect(`${error?.code} at ${error?.at?.line}: ${error?.message}`).toBe(message);
    if (hint !== undefined) expect(error?.hint).toMatch(hint);
  });

  it("are all checked, over all entries, and told in the file's order", async () => {
    expect(
      await told([shelf("a", { Width: 0, Colour: "blue" }), book("Untitled", "b"), shelf("c", { X: 1 })]),
    ).toEqual([
      "PROPERTY_INVALID at 1: Toy::Shelf::a: Width is 0; accepted: a whole number from 1 to 100",
      'PROPERTY_INVALID at 1: Toy::Shelf::a: Colour: "blue" is not one of "red", "green"',
      "PROPERTY_INVALID at 2: Toy::Book::b::Untitled: Title: says nothing",
      'DEPENDENCY_NOT_FOUND at 2: Toy::Book::b::Untitled: dependencies.shelf names "b", but there is no such Toy::Shelf',
      'PROPERTY_UNKNOWN at 3: Toy::Shelf::c: Toy::Shelf has no property "X"',
    ]);
  });

  it("of what is only read need not be complete, but must not be wrong", async () => {
    const author = { type: "Author", group: "Toy", name: "x", readOnly: true };
    const { resources } = await build([author]);
    expect(resources[0]?.readOnly).toBe(true);
    expect(await told([{ ...author, properties: { Abuot: "" } }])).toEqual([
      'PROPERTY_UNKNOWN at 1: Toy::Author::x: Toy::Author has no property "Abuot"',
    ]);
  });

  it("and name that contradict each other are refused at their place", async () => {
    expect(await told([shelf("a", { Name: "b" })])).toEqual([
      'NAME_CONTRADICTION at 1: Toy::Shelf::b: name is "a", but Name is "b"',
    ]);
  });
});

describe("dependencies", () => {
  it("are a name, a list, an object with a name, or nothing", async () => {
    const { resources } = await build([
      shelf("a"),
      book("Emma", "a", { sequel: null, authors: ["x", { name: "y", provider: "aws" }, undefined] }),
      { type: "Author", group: "Toy", name: "x", dependencies: { book: "other" } },
      { type: "Author", group: "Toy", name: "y", dependencies: { book: ["a::other"] } },
      book("other", "a", { writers: "arn:aws:iam::aws:policy/x" }),
    ]);
    const dependencies = Object.fromEntries(resources.map((one) => [one.key, one.dependencies]));
    expect(dependencies).toEqual({
      "Toy::Shelf::a": {},
      "Toy::Book::a::Emma": {
        shelf: [{ key: "Toy::Shelf::a" }],
        authors: [{ key: "Toy::Author::x" }, { key: "Toy::Author::y" }],
      },
      "Toy::Author::x": { book: [{ key: "Toy::Book::a::other" }] },
      "Toy::Author::y": { book: [{ key: "Toy::Book::a::other" }] },
      "Toy::Book::a::other": {
        shelf: [{ key: "Toy::Shelf::a" }],
        authors: [{ arn: "arn:aws:iam::aws:policy/x" }],
      },
    });
  });

  it.each([
    [
      { shelv: "a" },
      'DEPENDENCY_UNKNOWN at 2: Toy::Book::a::Emma has no dependency "shelv"',
      /^Did you mean "shelf"\? Dependencies of Toy::Book: shelf, sequel, authors, lamp\.$/,
    ],
    [
      { shelf: "aa" },
      'DEPENDENCY_NOT_FOUND at 2: Toy::Book::aa::Emma: dependencies.shelf names "aa", but there is no such Toy::Shelf',
      /^Did you mean "a"\? Toy::Shelf in this spec: a\.$/,
    ],
    [
      { shelf: undefined },
      "DEPENDENCY_MISSING at 2: Toy::Book: dependencies.shelf is missing; accepted: the name of a Toy::Shelf",
      /shelf: "a"/,
    ],
    [
      { shelf: ["a", "b"] },
      "DEPENDENCY_INVALID at 2: Toy::Book::a::Emma: dependencies.shelf has 2 names (a, b); accepted: one",
      undefined,
    ],
    [
      { shelf: 4 },
      'DEPENDENCY_INVALID at 2: Toy::Book: dependencies.shelf is 4; accepted: a name, a list of names, or {name: "…"}',
      undefined,
    ],
    [
      { sequel: ref("Toy::Book", "x") },
      'DEPENDENCY_INVALID at 2: Toy::Book::a::Emma: dependencies.sequel is built with getId, config.parameter or config.secret; accepted: a name, a list of names, or {name: "…"}',
      undefined,
    ],
    [
      { lamp: "l" },
      'DEPENDENCY_NOT_FOUND at 2: Toy::Book::a::Emma: dependencies.lamp names "l", but there is no such Toy::Lamp',
      /^Toy::Lamp is not supported in specs/,
    ],
  ])("that are wrong: %j", async (dependencies, message, hint) => {
    const errors = await errorsOf([shelf("a"), book("Emma", "a", dependencies)]);
    const said = errors.map((error) => `${error.code} at ${error.at?.line}: ${error.message}`);
    expect(said).toContain(message);
    if (hint !== undefined) expect(errors[said.indexOf(message)]?.hint).toMatch(hint);
  });

  it("that several resources answer to mean the one beside, else they are ambiguous", async () => {
    const shelves = [shelf("a"), shelf("b"), book("One", "a"), book("One", "b")];
    const { resources } = await build([...shelves, book("Two", "b", { sequel: "One" })]);
    expect(resources.at(-1)?.dependencies.sequel).toEqual([{ key: "Toy::Book::b::One" }]);
    expect(
      await told([...shelves, { type: "Author", group: "Toy", name: "x", dependencies: { book: "One" } }]),
    ).toEqual([
      'NAME_AMBIGUOUS at 5: Toy::Author::x: dependencies.book names "One", which could mean "a::One", "b::One"',
    ]);
  });

  it("give their full names to what is named after them, whose short name still works", async () => {
    const author = { type: "Author", group: "Toy", dependencies: { book: "Emma" } };
    const { resources } = await build([
      shelf("a"),
      author,
      book("Emma", "a"),
      book("Persuasion", "a", { authors: "author::Emma" }),
    ]);
    expect(resources.map(({ key }) => key)).toContain("Toy::Author::author::a::Emma");
    expect(resources.at(-1)?.dependencies.authors).toEqual([{ key: "Toy::Author::author::a::Emma" }]);
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
