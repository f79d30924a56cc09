import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasUndefined, makeProbes } from "../../../../../src/spec/sandbox/host/unset.ts";
import type { RawEntry } from "../../../../../src/spec/sandbox/types.ts";

type Env = Readonly<Record<string, string | undefined>>;
const NONCE = "0123456789abcdef";

/** What the sandbox makes of an entry: JSON, and the paths of what is undefined at the top of the properties. */
function entry(properties: Readonly<Record<string, unknown>>, more: Partial<RawEntry> = {}): RawEntry {
  const lost = Object.keys(properties)
    .filter((key) => properties[key] === undefined)
    .map((key) => `properties.${key}`);
  return {
    group: "Test",
    type: "Thing",
    properties: JSON.parse(JSON.stringify(properties)),
    dependencies: {},
    lost,
    ...more,
  };
}

/** The values that come from unset variables, when a spec is evaluated with none and with probes. */
function unsetOf(names: readonly string[], spec: (env: Env) => readonly RawEntry[]) {
  const probes = makeProbes(names, NONCE);
  return probes.find(spec({}), spec(probes.env));
}

const one = (spec: (env: Env) => Readonly<Record<string, unknown>>) =>
  unsetOf(["FOO", "BAR"], (env) => [entry(spec(env))])[0];

describe("a value that comes from an unset variable", () => {
  it.each([
    ["is the variable", (env: Env) => ({ Name: env.FOO }), ["FOO"], false],
    ["is text around it", (env: Env) => ({ Name: `shop-${env.FOO}` }), ["FOO"], true],
    ["is text of two", (env: Env) => ({ Name: `${env.FOO}-${env.BAR}` }), ["FOO", "BAR"], true],
    [
      "is text of two without anything between",
      (env: Env) => ({ Name: `${env.FOO}${env.BAR}` }),
      ["FOO", "BAR"],
      true,
    ],
    ["is text of one twice", (env: Env) => ({ Name: `${env.FOO}-${env.FOO}` }), ["FOO"], true],
    ["is in capitals", (env: Env) => ({ Name: `${env.FOO}`.toUpperCase() }), ["FOO"], true],
    ["stands after a default", (env: Env) => ({ Name: `${env.FOO ?? "dev"}-${env.BAR}` }), ["BAR"], true],
    [
      "has a default that is undefined as well",
      (env: Env) => ({ Name: env.FOO ?? undefined }),
      ["FOO"],
      false,
    ],
  ])("%s", (_, spec, variables, inText) => {
    expect(one(spec)).toEqual([{ path: ["properties", "Name"], variables, inText }]);
  });

  it.each([
    ["has a default", (env: Env) => ({ Name: env.FOO ?? "dev" })],
    ["has a default inside text", (env: Env) => ({ Name: `shop-${env.FOO ?? "dev"}` })],
    ["has a default and says undefined by itself", (env: Env) => ({ Name: `undefined-${env.FOO ?? "dev"}` })],
    ["is left out", (env: Env) => ({ ...(env.FOO && { Name: env.FOO }) })],
    ["is only asked for", (env: Env) => ({ Name: env.FOO ? "yes" : "no" })],
    ["is made only where the variable is set", (env: Env) => ({ Name: env.FOO && `shop-${env.FOO}` })],
    ["is undefined by itself", () => ({ Name: undefined })],
  ])("is none where it %s", (_, spec) => {
    expect(one(spec)).toEqual([]);
  });

  it("is found in lists, keys, names and dependencies", () => {
    const [found] = unsetOf(["FOO"], (env) => [
      entry(
        { List: ["a", `${env.FOO}`], [`key-${env.FOO}`]: 1 },
        { name: `${env.FOO}`, dependencies: { api: [`${env.FOO}-api`] } },
      ),
    ]);
    expect(found?.map(({ path }) => path.join(" "))).toEqual([
      "name",
      "properties List 1",
      "properties key-undefined",
      "dependencies api 0",
    ]);
  });

  it("is found where a condition on another type adds entries", () => {
    const found = unsetOf(["FOO"], (env) => [
      ...(env.FOO === undefined ? [] : [entry({}, { type: "Other" })]),
      entry({ Name: `${env.FOO}` }),
    ]);
    expect(found[0]).toMatchObject([{ variables: ["FOO"] }]);
  });

  it("is not guessed where the entries of its type are others", () => {
    const found = unsetOf(["FOO"], (env) => [
      ...(env.FOO === undefined ? [] : [entry({ Name: "more" })]),
      entry({ Name: `${env.FOO}` }),
    ]);
    expect(found).toEqual([[]]);
  });

  it("is exactly what was put into a text without a default", () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 12 }).map((text) => ({ text })),
      fc.constantFrom("A", "B", "C").map((name) => ({ name })),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const written = (env: Env): string =>
          pieces.map((part) => ("name" in part ? `${env[part.name]}` : part.text)).join("");
        const [found = []] = unsetOf(["A", "B", "C"], (env) => [entry({ Name: written(env) })]);
        const names = [...new Set(pieces.flatMap((part) => ("name" in part ? [part.name] : [])))];
        expect(found.flatMap(({ variables }) => variables)).toEqual(names);
      }),
    );
  });
});

describe("a second evaluation", () => {
  it.each([
    ["a value is undefined", entry({ Name: undefined }), true],
    ["a text says so", entry({ Inside: [{ Name: "s-undefined" }] }), true],
    ["a key says so", entry({ undefined: 1 }), true],
    ["the name says so", entry({}, { name: "undefined" }), true],
    ["nothing does", entry({ Name: "shop", Size: 3, On: true, None: null }), false],
  ])("is worth it where %s", (_, first, worth) => {
    expect(hasUndefined([first])).toBe(worth);
  });
});
