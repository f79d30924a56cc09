/** The result of each change as a table, failures first. */
import { codeSpan } from "../../../text/escape.ts";
import { duration } from "../../../text/duration.ts";
import { plural } from "../../../text/words.ts";
import type { Step } from "../../steps.ts";
import { STEP_VOCABULARY, VOCABULARY } from "../../vocabulary.ts";
import { nameOf } from "../../../model/plan.ts";
import { table } from "../table.ts";

/** Resource, Name, Id, Result, Duration. */
export function applyTable(steps: readonly Step[], most: number, elsewhere: string): string {
  const shown = steps.slice(0, most);
  const hidden = steps.length - shown.length;
  const more = hidden === 0 ? "" : `… and ${plural(hidden, "more resource")}${elsewhere}`;
  if (shown.length === 0) return more.replace(/^… and (.*) more /, "$1 ");
  const cells = shown.map((step) => [
    codeSpan(step.change.type, 80),
    codeSpan(step.change.name, 100),
    step.id === undefined ? "" : codeSpan(shortId(step.id), 100),
    resultCell(step),
    step.durationMs === undefined || step.durationMs === 0 ? "" : duration(step.durationMs),
  ]);
  const text = table(["Resource", "Name", "Id", "Result", "Duration"], cells, ["l", "l", "l", "l", "r"]);
  return more === "" ? text : `${text}\n\n${more}`;
}

/** Shortens an ARN to the part after region and account: those are in the comment's second line, the full ARN below. */
export function shortId(id: string): string {
  return /^arn:[^:]+:[^:]+:[^:]*:[^:]*:(.+)$/s.exec(id)?.[1] ?? id;
}

function resultCell({ kind, state, error, because }: Step): string {
  const { emoji, word } = STEP_VOCABULARY[state];
  return `${emoji}\u00a0${resultWords()}`;

  function resultWords(): string {
    const { done, doing } = VOCABULARY[kind];
    if (state === "succeeded") return done;
    if (state === "running") return doing;
    if (state === "failed") return `not ${done}: ${codeSpan(error?.code ?? "unknown", 60)}`;
    return because === undefined ? word : `${word}: needs ${codeSpan(nameOf(because), 80)}`;
  }
}
