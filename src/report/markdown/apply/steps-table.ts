/** The result of each change as a table, failures first. */
import { elapsed, counted, md, type Markdown } from "../../../text/markdown.ts";
import { wrappingCode } from "../../../text/escape.ts";
import type { Step } from "../../steps.ts";
import { STEP_VOCABULARY, VOCABULARY } from "../../vocabulary.ts";
import { nameOf, typeOf } from "../../../model/plan.ts";
import { resourceWords } from "../../words/resource-words.ts";
import { shortId } from "../../words/short-id.ts";
import { resourceInCell } from "../resource-cell.ts";
import { table } from "../../../text/table.ts";

/** Result, Resource, Id: three columns fit a phone. */
export function applyTable(steps: readonly Step[], most: number, elsewhere: Markdown): Markdown {
  const shown = steps.slice(0, most);
  const hidden = steps.length - shown.length;
  if (shown.length === 0) return hidden === 0 ? md`` : md`${counted(hidden, "resource")}${elsewhere}`;
  const cells = shown.map((step) => [
    resultCell(step),
    resourceInCell(step.change),
    step.id === undefined ? md`` : wrappingCode(shortId(step.id), 100),
  ]);
  const text = table(["Result", "Resource", "Id"], cells);
  return hidden === 0 ? text : md`${text}\n\n… and ${counted(hidden, "more resource")}${elsewhere}`;
}

function resultCell({ kind, state, error, because, durationMs }: Step): Markdown {
  const { emoji, word } = STEP_VOCABULARY[state];
  const took = durationMs === undefined || durationMs === 0 ? "" : md`, ${elapsed(durationMs)}`;
  return md`${emoji}\u00a0${resultWords()}${took}`;

  function resultWords(): Markdown {
    const { done, doing } = VOCABULARY[kind];
    if (state === "succeeded") return md`${done}`;
    if (state === "running") return md`${doing}`;
    if (state === "failed") return md`not ${done}: ${wrappingCode(error?.code ?? "unknown", 60)}`;
    return because === undefined ? md`${word}` : md`${word}: needs ${wrappingCode(shortName(because), 80)}`;
  }
}

function shortName(key: string): string {
  return resourceWords({ type: typeOf(key), name: nameOf(key) }).name;
}
