/** Orders resources so that each comes after what it needs, otherwise as written. Pure. */
import { GatewrightError, type SourceLocation } from "../../model/errors.ts";

export interface Node {
  readonly key: string;
  /** Key → why: `dependencies.role`. Keys of nodes that are not in the list do not count. */
  readonly edges: ReadonlyMap<string, string>;
  readonly at?: SourceLocation | undefined;
}

/** The nodes in order, and an error for each cycle, whose nodes are left out. */
export function inOrder<One extends Node>(
  nodes: readonly One[],
): { ordered: readonly One[]; errors: readonly GatewrightError[] } {
  const place = new Map(nodes.map(({ key }, index) => [key, index]));
  const waiting = nodes.map(({ edges }) => [...edges.keys()].filter((key) => place.has(key)).length);
  const users = nodes.map((): number[] => []);
  for (const [index, { edges }] of nodes.entries()) {
    for (const key of edges.keys()) {
      const needed = place.get(key);
      if (needed !== undefined) users[needed]?.push(index);
    }
  }
  const ready = new Heap();
  for (const [index, count] of waiting.entries()) if (count === 0) ready.push(index);
  const ordered: One[] = [];
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    const node = nodes[next];
    if (node !== undefined) ordered.push(node);
    for (const user of users[next] ?? []) {
      const left = (waiting[user] ?? 0) - 1;
      waiting[user] = left;
      if (left === 0) ready.push(user);
    }
  }
  const stuck = nodes.filter((_, index) => (waiting[index] ?? 0) > 0);
  return { ordered, errors: circles(stuck) };
}

function circles(stuck: readonly Node[]): readonly GatewrightError[] {
  const byKey = new Map(stuck.map((node) => [node.key, node]));
  const told = new Set<string>();
  const errors: GatewrightError[] = [];
  for (const start of stuck) {
    if (told.has(start.key)) continue;
    const circle = circleFrom(start, byKey);
    if (circle.some(({ key }) => told.has(key))) continue;
    for (const { key } of circle) told.add(key);
    const hops = circle.map((node, index) => {
      const next = circle[(index + 1) % circle.length] ?? node;
      return `${node.key} → (${node.edges.get(next.key) ?? ""}) `;
    });
    const [first] = circle;
    errors.push(
      new GatewrightError(
        "REFERENCE_CYCLE",
        `resources depend on each other in a circle: ${hops.join("")}${first?.key}`,
        {
          hint: "Remove one of the references. None of these resources can be created first.",
          at: first?.at,
          resource: first?.key,
        },
      ),
    );
  }
  return errors;
}

/** Follows first edges until a node comes up again. Every stuck node has an edge to a stuck one. */
function circleFrom(start: Node, byKey: ReadonlyMap<string, Node>): readonly Node[] {
  const path: Node[] = [];
  const seen = new Map<string, number>();
  for (let node: Node | undefined = start; node !== undefined; ) {
    const before = seen.get(node.key);
    if (before !== undefined) return path.slice(before);
    seen.set(node.key, path.length);
    path.push(node);
    const next: string | undefined = [...node.edges.keys()].find((key) => byKey.has(key));
    node = next === undefined ? undefined : byKey.get(next);
  }
  return path;
}

/** The smallest number first. */
class Heap {
  readonly #items: number[] = [];

  push(item: number): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((items[above] ?? 0) <= item) break;
      items[at] = items[above] ?? 0;
      at = above;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const [top] = items;
    const last = items.pop();
    if (top === undefined || last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= items.length) break;
      const right = left + 1;
      const below = right < items.length && (items[right] ?? 0) < (items[left] ?? 0) ? right : left;
      if ((items[below] ?? 0) >= last) break;
      items[at] = items[below] ?? 0;
      at = below;
    }
    items[at] = last;
    return top;
  }
}
