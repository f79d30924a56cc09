/** A spec that replaces the prelude's result with one of its own: nothing of it is believed. */
import { describe, expect, test } from "vitest";
import { GatewrightError } from "../../../../../src/model/errors.ts";
import type { JsonObject } from "../../../../../src/model/values.ts";
import { makeEntryPlaces } from "../../../../../src/spec/sandbox/thread/entry-places.ts";
import { makeLineIndexes } from "../../../../../src/spec/sandbox/thread/line-index.ts";
import { makePlaces } from "../../../../../src/spec/sandbox/thread/places.ts";
import { checkResult, parseResult } from "../../../../../src/spec/sandbox/thread/result.ts";

const limits = { entries: 10, characters: 1_000, depth: 5 };

function check(result: JsonObject) {
  const texts = new Map([["resources.js", "exports.createResources = () => [];"]]);
  const linesOf = makeLineIndexes(texts);
  return checkResult(result, {
    nonce: "nonce",
    limits,
    places: makePlaces(linesOf, {}),
    entryPlaces: makeEntryPlaces(texts, linesOf),
  });
}

function codeOf(result: JsonObject): string {
  try {
    check(result);
  } catch (error) {
    if (error instanceof GatewrightError) return error.code;
    throw error;
  }
  throw new Error("it was accepted");
}

const entry = { type: "Api", group: "ApiGatewayV2", properties: {}, dependencies: {} };
const whole = { entries: [entry], config: {}, marks: [] };

/** An object in an object, so many deep. */
function deep(levels: number): JsonObject {
  return levels === 0 ? {} : { in: deep(levels - 1) };
}

describe("a forged result", () => {
  test("of the right form is taken", () => {
    expect(check(whole).entries).toEqual([entry]);
  });

  test.each([
    ["no entries", { config: {}, marks: [] }, "SPEC_TAMPERED"],
    ["an entry that is no object", { ...whole, entries: [1] }, "SPEC_TAMPERED"],
    ["a config that is a list", { ...whole, config: [] }, "SPEC_TAMPERED"],
    ["too many entries", { ...whole, entries: Array(11).fill(entry) }, "SPEC_TOO_LARGE"],
    ["too many references", { ...whole, marks: Array(50_001).fill(0) }, "SPEC_TOO_LARGE"],
    ["properties too deep", { ...whole, entries: [{ ...entry, properties: deep(7) }] }, "SPEC_TAMPERED"],
    ["a config too deep", { ...whole, config: deep(7) }, "SPEC_TAMPERED"],
    ["a type too deep", { ...whole, entries: [{ ...entry, type: deep(7) }] }, "SPEC_TAMPERED"],
  ])("with %s is refused", (_name, result, code) => {
    expect(codeOf(result)).toBe(code);
  });

  test("has only so many positions and unknown keys of an entry, each so long", () => {
    const unknownKeys = Array.from({ length: 1_000 }, () => "k".repeat(10_000));
    const [checked] = check({
      ...whole,
      entries: [{ ...entry, unknownKeys, positions: Array(1e4).fill(1) }],
    }).entries;
    expect(checked?.unknownKeys).toHaveLength(50);
    expect(checked?.unknownKeys?.[0]).toHaveLength(200);
  });
});

test("a forged failure is cut to what people read", () => {
  const long = "x".repeat(1_000_000);
  const parsed = parseResult(
    JSON.stringify({
      failure: { name: long, message: long, stack: long, doing: long, hint: long, code: long },
    }),
  );
  expect("failure" in parsed && JSON.stringify(parsed.failure).length).toBeLessThan(30_000);
});
