import { describe, expect, it } from "vitest";
import { book, build, errorsOf, ref, shelf, told } from "./building.ts";

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
