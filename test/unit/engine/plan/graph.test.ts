import { expect, test } from "vitest";
import { graphOf } from "../../../../src/engine/plan/shown/graph.ts";

const policy = { tells: undefined, allows: ["PolicyDocument"] } as never;
const integration = { tells: [["IntegrationUri", "target"]] } as never;

test("a node has what it needs once, what it calls and what it allows", () => {
  const graph = graphOf(
    [
      { resource: { key: "a", edges: ["b", "b", "c"] }, type: policy, state: { PolicyDocument: { x: 1 } } },
      {
        resource: { key: "b", edges: [] },
        type: integration,
        state: { IntegrationUri: "https://a.example" },
      },
      {
        resource: { key: "c", edges: [] },
        type: integration,
        state: { IntegrationUri: { $unknown: "d arn" } },
      },
    ],
    { texts: [], commonSecrets: [] },
  );
  expect(graph).toEqual([
    { key: "a", needs: ["b", "c"], allows: { PolicyDocument: { x: 1 } } },
    { key: "b", needs: [], target: "https://a.example" },
    { key: "c", needs: [] },
  ]);
});

test.each([
  ["s3cret", { texts: ["s3cret"], commonSecrets: [] }],
  ['with "quotes" and\nlines', { texts: ['with "quotes" and\nlines'], commonSecrets: [] }],
  [JSON.stringify({ key: 'a "b"' }), { texts: ['a "b"'], commonSecrets: [] }],
  ["oth", { texts: [], commonSecrets: ["oth"] }],
])("what holds the value %j is left out", (secret, stored) => {
  const graph = graphOf(
    [
      {
        resource: { key: "a", edges: [] },
        type: policy,
        state: { PolicyDocument: { x: [`key ${secret}`] } },
      },
      {
        resource: { key: "b", edges: [] },
        type: integration,
        state: { IntegrationUri: `https://a/${secret}` },
      },
      { resource: { key: "c", edges: [] }, type: policy, state: { PolicyDocument: { x: "other" } } },
    ],
    stored,
  );
  expect(graph).toEqual([
    { key: "a", needs: [] },
    { key: "b", needs: [] },
    { key: "c", needs: [], allows: { PolicyDocument: { x: "other" } } },
  ]);
});

test("a stack too large to be drawn has none", () => {
  const none = { texts: [], commonSecrets: [] };
  const one = { resource: { key: "a", edges: [] }, type: policy, state: {} };
  expect(
    graphOf(
      Array.from({ length: 201 }, () => one),
      none,
    ),
  ).toBeUndefined();
  expect(graphOf([], none)).toBeUndefined();
});
