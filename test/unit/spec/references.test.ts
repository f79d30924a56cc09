import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MARKER_END, MARKER_START } from "../../../src/model/reference-marker.ts";
import { linkText } from "../../../src/spec/links/references.ts";
import { encodePassword, encodeReference } from "../../../src/spec/sandbox/markers.ts";
import { isTemplate, type Reference } from "../../../src/model/values.ts";

const reference: fc.Arbitrary<Reference> = fc.record({
  type: fc.constantFrom("ApiGatewayV2::Api", "Lambda::Function"),
  name: fc.string({ unit: "grapheme", minLength: 1 }),
  path: fc.constantFrom("id", "live.Arn", "live.Nested.Value"),
  suffix: fc.constantFrom("", "/*"),
});

const plain = fc
  .string({ unit: "binary" })
  .filter((text) => text !== "" && !text.includes(MARKER_START) && !text.includes(MARKER_END));

/** Texts and references in turn, as they stand in one string. */
const pieces = fc.array(fc.oneof(plain, reference), { maxLength: 8 });

const join = (all: readonly (string | Reference)[]): string =>
  all.map((piece) => (typeof piece === "string" ? piece : encodeReference(piece))).join("");

const noReport = (message: string): void => {
  throw new Error(message);
};

describe("strings with references", () => {
  it("come apart into what they were made of", () => {
    fc.assert(
      fc.property(pieces, (all) => {
        const value = linkText(join(all), (one) => one, noReport);
        const parts = isTemplate(value) ? value.$template : [String(value)];
        const plainly = parts.map((part) =>
          typeof part === "string" ? part : "ref" in part ? part.ref : part,
        );
        expect(plainly).toEqual(merged(all));
      }),
    );
  });

  it("stay text when they hold none", () => {
    fc.assert(
      fc.property(plain, (text) => {
        expect(linkText(text, (one) => one, noReport)).toBe(text);
      }),
    );
  });

  it("have the names that are resolved, and nothing of the place where getId was called", () => {
    const at = { file: "resources.js", line: 3, column: 7 };
    const text = encodeReference({ type: "A::B", name: "short", path: "id", suffix: "", at });
    expect(linkText(text, (one) => ({ ...one, name: "whole" }), noReport)).toEqual({
      $template: [{ ref: { type: "A::B", name: "whole", path: "id", suffix: "" } }],
    });
  });

  it("are passwords when they hold nothing else", () => {
    expect(linkText(encodePassword(20), (one) => one, noReport)).toEqual({ $generated: 20 });
    const said: string[] = [];
    linkText(
      `x${encodePassword(20)}`,
      (one) => one,
      (message) => said.push(message),
    );
    expect(said).toEqual(["generatePassword is part of a longer text"]);
  });
});

/** Neighbouring texts are one text; nothing at all is an empty one. */
function merged(all: readonly (string | Reference)[]): readonly (string | Reference)[] {
  const result: (string | Reference)[] = [];
  for (const piece of all) {
    const last = result.at(-1);
    if (typeof piece === "string" && typeof last === "string") result[result.length - 1] = last + piece;
    else result.push(piece);
  }
  return result.length === 0 ? [""] : result;
}
