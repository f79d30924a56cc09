/** The result of each change as a table, failures first. */
import { wrappingCode } from "../../../text/escape.ts";
import { duration } from "../../../text/duration.ts";
import { plural } from "../../../text/words.ts";
import type { Step } from "../../steps.ts";
import { STEP_VOCABULARY, VOCABULARY } from "../../vocabulary.ts";
import { nameOf, typeOf } from "../../../model/plan.ts";
import { resourceWords } from "../../words/resource-words.ts";
import { shortId } from "../../words/short-id.ts";
import { resourceInCell } from "../resource-cell.ts";
import { table } from "../table.ts";

/** Result, Resource, Id: three columns fit a phone. */
export function applyTable(steps: readonly Step[], most: number, elsewhere: string): string {
  const shown = steps.slice(0, most);
  const hidden = steps.length - shown.length;
  const more = hidden === 0 ? "" : `… and ${plural(hidden, "more resource")}${elsewhere}`;
  if (shown.length === 0) return more.replace(/^… and (.*) more /, "$1 ");
  const cells = shown.map((step) => [
    resultCell(step),
    resourceInCell(step.change),
    step.id === undefined ? "" : wrappingCode(shortId(step.id), 100),
  ]);
  const text = table(["Result", "Resource", "Id"], cells);
  return more === "" ? text : `${text}\n\n${more}`;
}

function resultCell({ kind, state, error, because, durationMs }: Step): string {
  const { emoji, word } = STEP_VOCABULARY[state];
  const took = durationMs === undefined || durationMs === 0 ? "" : `, ${duration(durationMs)}`;
  return `${emoji}\u00a0${resultWords()}${took}`;

  function resultWords(): string {
    const { done, doing } = VOCABULARY[kind];
    if (state === "succeeded") return done;
    if (state === "running") return doing;
    if (state === "failed") return `not ${done}: ${wrappingCode(error?.code ?? "unknown", 60)}`;
    return because === undefined ? word : `${word}: needs ${wrappingCode(shortName(because), 80)}`;
  }
}

function shortName(key: string): string {
  return resourceWords({ type: typeOf(key), name: nameOf(key) }).name;
}
