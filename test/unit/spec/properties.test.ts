import { describe, expect, it } from "vitest";
import { book, build, errorsOf, shelf, told } from "./building.ts";

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
