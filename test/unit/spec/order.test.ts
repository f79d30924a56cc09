import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrder, type Node } from "../../../src/spec/links/order.ts";

/** Nodes 0…n-1; each needs some with a smaller rank, ranks being a shuffle: no circle. */
const acyclic = fc
  .integer({ min: 1, max: 40 })
  .chain((size) =>
    fc.tuple(
      fc.shuffledSubarray([...Array(size).keys()], { minLength: size, maxLength: size }),
      fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 120 }),
    ),
  )
  .map(([ranks, pairs]) => {
    const edges = pairs.filter(([from, to]) => (ranks[from] ?? 0) > (ranks[to] ?? 0));
    return ranks.map((_, index) =>
      node(
        index,
        edges.flatMap(([from, to]) => (from === index ? [to] : [])),
      ),
    );
  });

function node(index: number, needs: readonly number[]): Node {
  return { key: `n${index}`, edges: new Map(needs.map((to) => [`n${to}`, "why"])) };
}

describe("the order", () => {
  it("has everything once, after all it needs", () => {
    fc.assert(
      fc.property(acyclic, (nodes) => {
        const { ordered, errors } = inOrder(nodes);
        expect(errors).toEqual([]);
        expect(new Set(ordered.map(({ key }) => key))).toEqual(new Set(nodes.map(({ key }) => key)));
        expect(ordered).toHaveLength(nodes.length);
        const place = new Map(ordered.map(({ key }, index) => [key, index]));
        for (const { key, edges } of nodes) {
          for (const needed of edges.keys()) expect(place.get(needed)).toBeLessThan(place.get(key) ?? -1);
        }
      }),
    );
  });

  it("is the written one wherever it can be: each is the first written of those that could come next", () => {
    fc.assert(
      fc.property(acyclic, (nodes) => {
        const { ordered } = inOrder(nodes);
        const done = new Set<string>();
        for (const one of ordered) {
          const next = nodes.find(
            ({ key, edges }) => !done.has(key) && [...edges.keys()].every((n) => done.has(n)),
          );
          expect(one.key).toBe(next?.key);
          done.add(one.key);
        }
      }),
    );
  });

  it("tells a circle for any nodes that have one, as a closed way along edges", () => {
    const any = fc.integer({ min: 1, max: 15 }).chain((size) =>
      fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 40 }).map((pairs) =>
        [...Array(size).keys()].map((index) =>
          node(
            index,
            pairs.flatMap(([from, to]) => (from === index ? [to] : [])),
          ),
        ),
      ),
    );
    fc.assert(
      fc.property(any, (nodes) => {
        const { ordered, errors } = inOrder(nodes);
        expect(errors.length > 0).toBe(ordered.length < nodes.length);
        const byKey = new Map(nodes.map((one) => [one.key, one]));
        for (const { message } of errors) {
          const way = [...message.matchAll(/n\d+/g)].map(([key]) => key);
          expect(way[0]).toBe(way.at(-1));
          expect(way.length).toBeGreaterThan(1);
          for (const [index, key] of way.slice(0, -1).entries()) {
            expect(byKey.get(key)?.edges.has(way[index + 1] ?? "")).toBe(true);
          }
        }
      }),
    );
  });

  it("takes thousands in a moment", () => {
    const many = [...Array(20_000).keys()].map((index) =>
      node(index, index === 0 ? [] : [index - 1, index >> 1]),
    );
    expect(inOrder(many.reverse()).ordered).toHaveLength(20_000);
  });
});
