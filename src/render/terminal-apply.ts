/** An apply at a terminal: a line for each thing that happens, and the result. */
import type { ApplyEvent, ApplyResult } from "../apply/types.ts";
import { outcomeCounts, type Row, resultRows, type Standing } from "./apply-rows.ts";
import { nameOf, typeOf } from "./change-cell.ts";
import { visible } from "./escape.ts";
import { sortedOutputs } from "./outputs.ts";
import { type Paint, paintFor } from "./paint.ts";
import type { TerminalOptions } from "./terminal-plan.ts";
import { doingWord, doneWord, duration, plural } from "./text.ts";
import { padded } from "./width.ts";

const SIGNS: Readonly<Record<Standing, string>> = {
  succeeded: "✓",
  failed: "✗",
  skipped: "↷",
  cancelled: "■",
  running: "…",
  waiting: "·",
};

/** One line when a step starts and one when it ends. */
export function progressLine(event: ApplyEvent, options: TerminalOptions): string {
  const paint = paintFor(options.color);
  if (event.kind === "step-started") {
    const { key, action } = event;
    return paint.dim(
      `  ${SIGNS.running} ${doingWord(action)} ${visible(typeOf(key))} ${visible(nameOf(key))}`,
    );
  }
  const { result } = event;
  const { type, name, outcome, action, id, durationMs, error, because } = result;
  const what = `${visible(type)} ${visible(name)}`;
  const took = durationMs === 0 ? "" : paint.dim(` ${duration(durationMs)}`);
  const line = `  ${signed(outcome, paint)} ${wordFor(outcome, doneWord(action))} ${what}`;
  if (outcome === "succeeded") {
    const shown = id === undefined || id === name || action === "delete" ? "" : paint.dim(` ${visible(id)}`);
    return `${line}${shown}${took}`;
  }
  if (error !== undefined)
    return `${line}: ${paint.red(visible(error.code))}: ${visible(error.message)}${took}`;
  return because === undefined ? line : `${line}: needs ${visible(nameOf(because))}`;
}

function wordFor(outcome: Standing, done: string): string {
  return outcome === "succeeded" ? done : outcome === "failed" ? `not ${done}` : outcome;
}

function signed(standing: Standing, paint: Paint): string {
  const sign = SIGNS[standing];
  if (standing === "succeeded") return paint.green(sign);
  return standing === "failed" ? paint.red(sign) : paint.yellow(sign);
}

/** The result with errors, ids and endpoints. Ends with a newline. */
export function terminalResult(result: ApplyResult, options: TerminalOptions): string {
  const paint = paintFor(options.color);
  const rows = resultRows(result);
  const { done, notDone } = outcomeCounts(rows);
  const failures = rows.filter(({ standing }) => standing === "failed");
  const facts = paint.dim(`${duration(result.durationMs)}, ${plural(result.awsCalls, "AWS call")}`);
  const verb = options.purpose === "destroy" ? "Destroy" : "Apply";
  const title = result.succeeded
    ? paint.green(`${verb} done: ${done === "" ? "nothing to do" : done}`)
    : paint.red(
        `${verb} ${result.cancelled ? "cancelled" : "failed"}: ${[notDone, done].filter((text) => text !== "").join(", ")}`,
      );
  return [
    `${paint.bold(title)}  ${facts}`,
    ...failures.flatMap((row) => failureText(row, paint)),
    ...outputLines(result, paint),
    ...(result.succeeded
      ? []
      : [
          "",
          "What was done stays and is found again: run the same command to go on, nothing is made twice.",
        ]),
    "",
  ].join("\n");
}

function failureText({ change, result }: Row, paint: Paint): readonly string[] {
  const error = result?.error;
  if (error === undefined) return [];
  const request = error.requestId === undefined ? "" : paint.dim(` (request ${visible(error.requestId)})`);
  return [
    "",
    `${paint.red(`not ${doneWord(change.action)}`)} ${visible(change.type)} ${paint.bold(visible(change.name))}`,
    `  ${paint.red(visible(error.code))}: ${visible(error.message)}${request}`,
    ...(error.hint === undefined ? [] : [`  ${paint.cyan("hint:")} ${visible(error.hint)}`]),
  ];
}

function outputLines({ outputs }: ApplyResult, paint: Paint): readonly string[] {
  if (outputs.length === 0) return [];
  const sorted = sortedOutputs(outputs);
  const width = Math.max(...sorted.map(({ name }) => name.length));
  return [
    "",
    ...sorted.map(
      ({ name, resource, value }) =>
        `  ${padded(visible(name), width)}  ${paint.cyan(visible(value))}  ${paint.dim(visible(resource))}`,
    ),
  ];
}
