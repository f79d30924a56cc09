/** What a type is given to compute a state from: references, dependencies, tags and code, as far as they are known. */
import { describe, expect, it } from "vitest";
import { resolveDesired, type Standing, type Surroundings } from "../../../../src/engine/plan/resolve.ts";
import { GatewrightError } from "../../../../src/model/errors.ts";
import type { JsonObject, Reference, StoredValue } from "../../../../src/model/values.ts";
import type { Live } from "../../../../src/resources/type.ts";
import type { DesiredResource } from "../../../../src/spec/types.ts";
import { box, haveBox, ourTags, stack, thing, wantBox } from "./toy-types.ts";

const live: Live = {
  ...haveBox("b", { Size: 1 }).live,
  attributes: {
    Arn: "arn:b",
    Port: 80,
    Up: true,
    Endpoint: { Address: "b.example" },
    Urls: [{ Url: "https://b" }],
  },
};
const standing: Standing = { type: "Toy::Box", name: "b", predicted: {}, properties: { Size: 2 }, live };
const planned: Standing = { type: "Toy::Box", name: "b", predicted: { Arn: "arn:soon" }, properties: {} };

function resolved(
  properties: JsonObject,
  around: Partial<Surroundings> = {},
  more: Partial<DesiredResource> = {},
) {
  const standings = (key: string) => (key === "Toy::Box::b" ? standing : undefined);
  return resolveDesired(wantBox("a", properties, more), {
    type: thing,
    stack,
    standing: standings,
    ...around,
  });
}

const to = (path: string, more: Partial<Reference> = {}) => ({
  ref: { type: "Toy::Box", name: "b", path, suffix: "", ...more },
});
const reading = (path: string, one: Standing, more: Partial<Reference> = {}) =>
  resolved({ A: { $template: [to(path, more)] } }, { standing: () => one }).properties.A;

function refusal(make: () => unknown): Partial<GatewrightError> {
  try {
    make();
  } catch (error) {
    if (error instanceof GatewrightError)
      return { code: error.code, message: error.message, hint: error.hint, resource: error.resource };
    throw error;
  }
  throw new Error("it was accepted");
}

describe("a reference to what is there", () => {
  it.each<[string, string, Partial<Reference>, string]>([
    ["gives its id", "id", {}, "id-b"],
    ["gives an attribute", "live.Arn", {}, "arn:b"],
    ["gives a number as text", "live.Port", {}, "80"],
    ["gives an attribute in an object", "live.Endpoint.Address", {}, "b.example"],
    ["gives an attribute in a list", "live.Urls.0.Url", {}, "https://b"],
    ["gives it with what is to stand behind it", "live.Arn", { suffix: "/*" }, "arn:b/*"],
  ])("%s", (_what, path, more, expected) => {
    expect(reading(path, standing, more)).toBe(expected);
  });

  it.each([
    "live.Nothing",
    "live.Up",
    "live.Endpoint",
    "live.Urls.1.Url",
    "live.Arn.length",
    "live.constructor",
    "nolive.Arn",
  ])("to %s is refused, with all that there is", (path) => {
    expect(refusal(() => reading(path, standing))).toEqual({
      code: "REFERENCE_PATH_UNKNOWN",
      message: `Toy::Box::b has no attribute "${path.replace(/^live\./, "")}"`,
      hint: "It has: Arn, Endpoint, Port, Up, Urls.",
      resource: "Toy::Box::b",
    });
  });

  it("is known after apply where the update makes the attribute or gives it another value", () => {
    const unknown = (name: string) => ({ $unknown: `Toy::Box::b ${name}` });
    expect(reading("live.Url", { ...standing, changing: true })).toEqual(unknown("Url"));
    expect(reading("live.Arn", { ...standing, changing: true, renewed: ["Version"] })).toBe("arn:b");
    expect(reading("live.Arn", { ...standing, changing: true, renewed: ["Arn"] })).toEqual(unknown("Arn"));
  });
});

describe("a reference to what is to be made", () => {
  it("gives what is certain, and is else known after apply", () => {
    expect(reading("live.Arn", planned, { suffix: "/*" })).toBe("arn:soon/*");
    expect(reading("live.Url", planned, { suffix: "/*" })).toEqual({ $unknown: "Toy::Box::b Url" });
    expect(reading("live.constructor", planned)).toEqual({ $unknown: "Toy::Box::b constructor" });
    expect(reading("id", planned)).toEqual({ $unknown: "Toy::Box::b id" });
    expect(reading("id", { ...planned, predicted: { id: "b" } })).toBe("b");
  });

  it("that is not in the stack is a fault of ours", () => {
    expect(refusal(() => resolved({ A: { $template: [to("id", { name: "z" })] } }))).toEqual({
      code: "INTERNAL_UNKNOWN_DEPENDENCY",
      message: "Toy::Box::z is not in the stack",
      hint: undefined,
      resource: "Toy::Box::a",
    });
  });
});

describe("a text of several parts", () => {
  const parts = { $template: ["x/", to("id"), "/y"] };

  it("is joined, at any depth", () => {
    expect(resolved({ A: parts, B: [parts, 1, null], C: { D: parts } }).properties).toEqual({
      A: "x/id-b/y",
      B: ["x/id-b/y", 1, null],
      C: { D: "x/id-b/y" },
    });
  });

  it("is known after apply when a part is", () => {
    expect(resolved({ A: parts }, { standing: () => planned }).properties.A).toEqual({
      $unknown: "Toy::Box::b id",
    });
  });

  it("has the stored values, and is known after apply without them", () => {
    const value: StoredValue = { from: "secret", name: "/shop/db", key: "password" };
    const properties = { A: { $template: ["x:", { stored: { ...value } }] } };
    expect(resolved(properties, { stored: ({ name, key }) => `${name}.${key}` }).properties.A).toBe(
      "x:/shop/db.password",
    );
    expect(resolved(properties).properties.A).toEqual({ $unknown: "secret /shop/db" });
  });
});

describe("a dependency", () => {
  const dependencies = { peer: [{ key: "Toy::Box::b" }, { arn: "arn:literal" }], none: [] };

  it("is there with all that is known of it, the first also alone", () => {
    const desired = resolved({}, {}, { dependencies });
    const [first, second] = desired.dependencies("peer");
    expect(first).toMatchObject({ type: "Toy::Box", name: "b", id: "id-b", attributes: live.attributes });
    expect(first?.attribute("Arn")).toBe("arn:b");
    expect(second).toMatchObject({
      type: "",
      name: "arn:literal",
      id: "arn:literal",
      attributes: {},
      properties: {},
    });
    expect(second?.attribute("Anything")).toBe("arn:literal");
    expect(desired.dependency("peer")).toBe(first);
    expect(desired.dependency("none")).toBeUndefined();
    expect([...desired.dependencies("none"), ...desired.dependencies("other")]).toEqual([]);
  });

  it.each<[string, Standing, JsonObject]>([
    ["the spec's properties", standing, { Size: 2 }],
    ["the live state of what is only read", { ...standing, properties: {} }, live.state],
    ["the spec's properties of what is to be made", { ...planned, properties: { Size: 3 } }, { Size: 3 }],
    ["nothing of what is to be made without any", planned, {}],
  ])("has %s", (_what, one, expected) => {
    const desired = resolved({}, { standing: () => one }, { dependencies });
    expect(desired.dependency("peer")?.properties).toEqual(expected);
  });

  it("that is to be made has no attributes yet, but what is certain", () => {
    const peer = resolved({}, { standing: () => planned }, { dependencies }).dependency("peer");
    expect(peer?.attributes).toBeUndefined();
    expect(peer?.id).toEqual({ $unknown: "Toy::Box::b id" });
    expect(peer?.attribute("Arn")).toBe("arn:soon");
    expect(peer?.attribute("Url")).toEqual({ $unknown: "Toy::Box::b Url" });
  });

  it("that is not in the stack is a fault of ours", () => {
    expect(
      refusal(() => resolved({}, {}, { dependencies: { peer: [{ key: "Toy::Box::z" }] } })),
    ).toMatchObject({
      code: "INTERNAL_UNKNOWN_DEPENDENCY",
      message: "Toy::Box::z is not in the stack",
    });
  });
});

describe("tags", () => {
  it("are the spec's as text, and ours, for what has tags", () => {
    expect(resolved({ Tags: { team: "shop", size: 3 }, A: 1 }, { type: box }).properties).toEqual({
      A: 1,
      Tags: { ...ourTags, team: "shop", size: "3" },
    });
    for (const properties of [{}, { Tags: "x" }])
      expect(resolved(properties, { type: box }).properties.Tags).toEqual(ourTags);
    expect(resolved({ Tags: { team: "shop" } }).properties).toEqual({ Tags: { team: "shop" } });
  });

  it("keep the name of the tool that made it", () => {
    const made = { ...haveBox("a").live, tags: { ...ourTags, "gc-managed-by": "grucloud" } };
    expect(resolved({}, { type: box, live: made }).properties.Tags).toEqual(made.tags);
  });
});

describe("code", () => {
  const deployed = haveBox("a", { CodeSha256: "old" }).live;
  const code = { sha256: "new", bytes: new Uint8Array(), files: 1 };

  it.each<[string, Partial<DesiredResource>, Live | undefined, string | undefined]>([
    ["is the spec's", { code, artifact: "orders" }, deployed, "new"],
    ["that was built and not asked for stays as it is", { artifact: "orders" }, deployed, "old"],
    [
      "that was built and not asked for is none where there is none",
      { artifact: "orders" },
      undefined,
      undefined,
    ],
    [
      "that was built is none where AWS has none",
      { artifact: "orders" },
      haveBox("a", { CodeSha256: 1 }).live,
      undefined,
    ],
    ["is none where the spec has none", {}, deployed, undefined],
  ])("%s", (_what, more, one, expected) => {
    expect(resolved({}, { live: one }, more).codeSha256).toBe(expected);
  });
});

it("name, stack and what is served are passed on", () => {
  expect(resolved({}, { served: "63b1" })).toMatchObject({ name: "a", stack, served: "63b1" });
});
