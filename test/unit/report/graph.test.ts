import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesGraph, mermaidGraph, specGraph } from "../../../src/report/graph.ts";
import * as plans from "../../fixtures/plans.ts";
import { hostileText } from "./hostile.ts";

describe("the drawing", () => {
  it("goes from what is needed to what needs it", () => {
    const spec = [
      { key: "A::Api::my-api", type: "A::Api", name: "my-api", edges: [] },
      { key: "A::Route::r", type: "A::Route", name: "r", edges: ["A::Api::my-api", "elsewhere"] },
    ];
    expect(specGraph(spec)).toBe(
      ["flowchart LR", '  n0["my-api<br/>A::Api"]', '  n1["r<br/>A::Route"]', "  n0 --> n1"].join("\n"),
    );
  });

  it("of a plan has what changes only, with its kind", () => {
    const text = changesGraph(plans.everyday().changes);
    expect(text).toContain(
      '  n0["🔴 delete route::my-api::GET /legacy<br/>ApiGatewayV2::Route"]:::is_delete',
    );
    expect(text).toContain("  classDef is_create stroke:#1a7f37");
    expect(text).not.toContain("lambda-role");
  });

  it("takes any text as text", () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 4 }), (names) => {
        const nodes = names.map((name, index) => ({ key: `k${index}`, type: name, name, needs: ["k0"] }));
        const lines = mermaidGraph(nodes).split("\n");
        expect(lines).toHaveLength(1 + names.length + (names.length - 1));
        for (const line of lines.slice(1)) {
          expect(line).toMatch(
            /^ {2}n\d+(?: --> n\d+|\["[\p{L}\p{N} _.:/#;-]*…?[\p{L}\p{N} _.:/#;-]*<br\/>[^"<>`\n]*"\])$/u,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
