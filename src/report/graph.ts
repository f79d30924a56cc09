/** Resources and their dependencies as a mermaid graph, for `gatewright graph` and the plan comment. */
import type { Change } from "../model/plan.ts";
import type { DesiredResource } from "../spec/types.ts";
import { clip, visible } from "../text/escape.ts";
import { type Color, type Kind, kindOf, sortedChanges, VOCABULARY } from "./vocabulary.ts";

interface GraphNode {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  /** Keys of its dependencies; keys that are not among the nodes are ignored. */
  readonly needs: readonly string[];
  readonly kind?: Kind | undefined;
}

/** Strokes only: fills do not suit both light and dark themes. */
const STROKES: Readonly<Record<Color, string | undefined>> = {
  red: "stroke:#cf222e,stroke-width:2px,stroke-dasharray:5 3",
  orange: "stroke:#bc4c00,stroke-width:2px",
  yellow: "stroke:#9a6700,stroke-width:2px",
  blue: "stroke:#0969da,stroke-width:2px",
  green: "stroke:#1a7f37,stroke-width:2px",
  gray: undefined,
};

/** A flowchart from each resource to those that depend on it. Node ids are numbers, so no name is parsed as syntax. */
export function mermaidGraph(nodes: readonly GraphNode[]): string {
  const ids = new Map(nodes.map(({ key }, index) => [key, `n${index}`]));
  const kinds = [...new Set(nodes.flatMap(({ kind }) => (kind === undefined ? [] : [kind])))];
  return [
    "flowchart LR",
    ...nodes.map(({ key, type, name, kind }) => {
      const sign = kind === undefined ? "" : `${VOCABULARY[kind].emoji} ${kind} `;
      const style = kind === undefined || strokeOf(kind) === undefined ? "" : `:::${className(kind)}`;
      return `  ${ids.get(key)}["${sign}${label(name)}<br/>${label(type)}"]${style}`;
    }),
    ...nodes.flatMap(({ key, needs }) =>
      [...new Set(needs)].flatMap((need) => {
        const from = ids.get(need);
        return from === undefined || need === key ? [] : [`  ${from} --> ${ids.get(key)}`];
      }),
    ),
    ...kinds.flatMap((kind) =>
      strokeOf(kind) === undefined ? [] : [`  classDef ${className(kind)} ${strokeOf(kind)}`],
    ),
  ].join("\n");
}

/** The resources of a spec, changed or not. */
export function specGraph(
  resources: readonly Pick<DesiredResource, "key" | "type" | "name" | "edges">[],
): string {
  return mermaidGraph(resources.map(({ key, type, name, edges }) => ({ key, type, name, needs: edges })));
}

/** The changed resources of a plan, in the order of the apply. */
export function changesGraph(changes: readonly Change[]): string {
  return mermaidGraph(
    sortedChanges(changes).map((change) => {
      const { key, type, name, after } = change;
      return { key, type, name, needs: after, kind: kindOf(change) };
    }),
  );
}

function strokeOf(kind: Kind): string | undefined {
  return STROKES[VOCABULARY[kind].color];
}

function className(kind: Kind): string {
  return `is_${kind.replace("-", "_")}`;
}

/** Escapes text for mermaid's quotes: entity codes for all but letters, digits and a few harmless characters. */
function label(text: string): string {
  return clip(visible(text), 80).replace(
    /[^\p{L}\p{N} _.:/-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}
