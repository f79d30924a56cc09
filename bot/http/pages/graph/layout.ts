/** Places the boxes of a chart in columns, callers on the left. The same chart gives the same picture. */
import { type Edge, type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from "@dagrejs/dagre";
import type { Box, Chart } from "./chart.ts";

export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  /** Each with the points that it goes through. */
  readonly arrows: readonly (readonly Point[])[];
}

export interface PlacedBox {
  readonly box: Box;
  /** Its upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Of the fixed-width letters of the style sheet. */
const LETTER = 7.3;
export const LINE = 18;
export const PADDING = 10;
const MOST_LETTERS = 44;
const MOST_LINES = 5;
const MARGIN = 2;

/** What is used of dagre's graph, whose own type says less. */
interface Drawing {
  setGraph(label: GraphLabel): unknown;
  graph(): GraphLabel;
  setDefaultEdgeLabel(make: () => EdgeLabel): unknown;
  setNode(id: string, label: NodeLabel): unknown;
  node(id: string): NodeLabel;
  setEdge(from: string, to: string): unknown;
  edges(): readonly Edge[];
  edge(edge: Edge): EdgeLabel;
}

export function placed({ boxes, arrows }: Chart): Placed {
  const graph: Drawing = new Graph({ directed: true });
  graph.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 48, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  const drawn = new Map(boxes.map((box) => [box.id, { box, lines: linesOf(box) }]));
  for (const [id, { box, lines }] of drawn) {
    const longest = Math.max(
      box.title.length + 2,
      kindLine(box).length,
      ...lines.map(({ length }) => length),
    );
    const width = Math.ceil(Math.min(longest, MOST_LETTERS) * LETTER) + 2 * PADDING;
    graph.setNode(id, { width, height: (2 + lines.length) * LINE + 2 * PADDING });
  }
  for (const { from, to } of arrows) graph.setEdge(from, to);
  layout(graph);
  const size = graph.graph();
  return {
    width: Math.ceil(size.width ?? 0),
    height: Math.ceil(size.height ?? 0),
    boxes: [...drawn].map(([id, { box, lines }]) => {
      const { x, y, width, height } = graph.node(id);
      return { box, lines, x: round((x ?? 0) - width / 2), y: round((y ?? 0) - height / 2), width, height };
    }),
    arrows: graph
      .edges()
      .map((edge) =>
        (graph.edge(edge).points ?? []).map(({ x, y }: Point) => ({ x: round(x), y: round(y) })),
      ),
  };
}

/** `route of my-api, public` */
export function kindLine({ kind, isOpen }: Box): string {
  return isOpen ? `${kind}, public` : kind;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What it may do; beyond a few lines only their number: the text below the picture has all of them. */
function linesOf({ may }: Box): readonly string[] {
  const lines = may.map((line) => `may ${line}`);
  return lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES - 1), `and ${lines.length - MOST_LINES + 1} more`];
}

const LETTERS = new Intl.Segmenter("en", { granularity: "grapheme" });

/** As much of a text as its box holds. What looks like one letter is not cut: an emoji may be several characters. */
export function fitted(text: string, spare = 0): string {
  const most = MOST_LETTERS - spare;
  if (text.length <= most) return text;
  let kept = "";
  for (const { segment } of LETTERS.segment(text)) {
    if (kept.length + segment.length >= most) break;
    kept += segment;
  }
  return `${kept}…`;
}
