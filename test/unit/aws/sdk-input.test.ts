import { describe, expect, it } from "vitest";
import { sdkInput } from "../../../src/aws/sdk-input.ts";
import { MARKER_END, MARKER_START } from "../../../src/model/reference-marker.ts";
import type { JsonObject } from "../../../src/model/values.ts";

describe("the input of an SDK call", () => {
  it("is the state, or the named part of it", () => {
    expect(sdkInput({ A: 1, B: [{ C: "x" }] })).toEqual({ A: 1, B: [{ C: "x" }] });
    expect(sdkInput({ A: 1, B: { $unknown: "not looked at" } }, ["A", "Z"])).toEqual({ A: 1 });
  });

  it.each<[JsonObject, string]>([
    [{ A: { B: { $unknown: "x" } } }, "A.B"],
    [{ A: [1, { $template: ["x"] }] }, "A.1"],
    [{ A: { $generated: 8 } }, "A"],
    [{ A: { B: `x${MARKER_START}e30${MARKER_END}` } }, "A.B"],
  ])("never holds what only the engine understands: %j", (state, place) => {
    expect(() => sdkInput(state)).toThrow(`bug: ${place} is not known yet`);
  });
});
