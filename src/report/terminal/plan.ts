/** Plans and applies at a terminal: the same order, words and diffs as in the comments. */
import type { ApplyEvent, ApplyResult } from "../../model/apply.ts";
import type { Change, Plan, Problem } from "../../model/plan.ts";
import { outcomeCounts } from "../markdown/apply/steps-table.ts";
import { attentionFirst, resultSteps, type Step } from "../steps.ts";
import { nameOf, typeOf } from "../markdown/plan/change-cell.ts";
import { changeLines } from "../change-lines.ts";
import { placeText } from "../markdown/error-list.ts";
import { clip, inertLog, visible } from "../../text/escape.ts";
import { sortedOutputs } from "../markdown/outputs.ts";
import { type Paint, paintFor } from "./colors.ts";
import { duration } from "../../text/duration.ts";
import { plural } from "../../text/words.ts";
import {
  type Color,
  changesInWords,
  type Kind,
  kindOf,
  STEP_VOCABULARY,
  type StepState,
  sortedChanges,
  VOCABULARY,
} from "../vocabulary.ts";
import { padded } from "../../text/width.ts";

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns; 100 when it is not a terminal. */
  readonly width?: number | undefined;
  /** For `destroy` the words differ. */
  readonly purpose?: "apply" | "destroy" | undefined;
}

/** Ends with a newline. */
export function terminalPlan(plan: Plan, options: TerminalOptions): string {
  const paint = paintFor(options.color);
  const width = Math.max(60, options.width ?? 100);
  const { stack } = plan;
  const facts = [
    `stage ${stack.stage}`,
    `account ${stack.account}`,
    `region ${stack.region}`,
    `plan ${plan.id}`,
  ].map(visible);
  const what = options.purpose === "destroy" ? "Destroy plan" : "Plan";
  const title = stack.directory === "." ? what : `${what} of ${visible(stack.directory)}`;
  const lines = [
    `${paint.bold(title)}  ${paint.dim(facts.join(" · "))}`,
    "",
    ...sortedChanges(plan.changes).flatMap((change) => [...changeText(change, paint, width), ""]),
    ...plan.problems.flatMap((problem) => [...problemText(problem, paint), ""]),
    totals(plan, paint),
    "",
  ];
  return inertLog(lines.join("\n"));
}

/** Colour of a kind of change. */
function painter(kind: Kind, paint: Paint): (text: string) => string {
  const painters: Readonly<Record<Color, (text: string) => string>> = {
    red: paint.red,
    orange: paint.orange,
    yellow: paint.yellow,
    blue: paint.blue,
    green: paint.green,
    gray: paint.dim,
  };
  return painters[VOCABULARY[kind].color];
}

function changeText(change: Change, paint: Paint, width: number): readonly string[] {
  const kind = kindOf(change);
  const color = painter(kind, paint);
  const id = change.id === undefined || change.id === change.name ? "" : `  ${paint.dim(visible(change.id))}`;
  const adopts = change.adopts === true ? `  ${paint.yellow("takes it over")}` : "";
  return [
    `${color(`${VOCABULARY[kind].symbol} ${kind.padEnd(8)}`)} ${visible(change.type)} ${paint.bold(visible(change.name))}${id}${adopts}`,
    ...notes(change).map(({ text, grave }) => `    ${grave ? paint.red(text) : paint.dim(text)}`),
    ...changeLines(change, { maxValue: width }).map(
      (line) => `    ${lineColor(line, paint)(clip(line, width * 2))}`,
    ),
  ];
}

function notes(change: Change): readonly { readonly text: string; readonly grave: boolean }[] {
  const { reason, consequence, withParent, after } = change;
  const kind = kindOf(change);
  return [
    ...(withParent === true
      ? [{ text: `goes with ${visible(after[0] ?? "its parent")}`, grave: false }]
      : []),
    ...(reason === undefined || kind === "redeploy" ? [] : [{ text: visible(reason), grave: false }]),
    ...(consequence === undefined || kind === "redeploy"
      ? []
      : [{ text: visible(consequence), grave: true }]),
  ];
}

function lineColor(line: string, paint: Paint): (text: string) => string {
  if (line.startsWith("+")) return paint.green;
  if (line.startsWith("-")) return paint.red;
  if (line.startsWith("!")) return paint.yellow;
  return paint.dim;
}

function problemText({ severity, code, message, hint, at }: Problem, paint: Paint): readonly string[] {
  const color = severity === "error" ? paint.red : paint.yellow;
  const place = at === undefined ? "" : `${paint.dim(visible(placeText(at)))} `;
  return [
    `${color(`${severity} ${code}`)} ${place}${visible(message)}`,
    ...(hint === undefined ? [] : [`  ${paint.cyan("hint:")} ${visible(hint)}`]),
  ];
}

function totals({ changes, problems }: Plan, paint: Paint): string {
  const counts = changesInWords(changes);
  const unchanged = changes.filter(({ action, reason }) => action === "no-op" && reason !== "foreign").length;
  const rest = unchanged === 0 ? "" : paint.dim(` (${plural(unchanged, "resource")} unchanged)`);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const stopped = errors === 0 ? "" : paint.red(`, blocked by ${plural(errors, "problem")}`);
  if (counts === "" && errors > 0) return `${paint.red(`Blocked by ${plural(errors, "problem")}`)}${rest}`;
  return `${paint.bold(counts === "" ? "No changes" : counts)}${stopped}${rest}`;
}

/** One line when a step starts and one when it ends. */
export function progressLine(event: ApplyEvent, options: TerminalOptions): string {
  return inertLog(eventLine(event, options));
}

function eventLine(event: ApplyEvent, options: TerminalOptions): string {
  const paint = paintFor(options.color);
  if (event.kind === "step-started") {
    const { key, action } = event;
    return paint.dim(
      `  ${STEP_VOCABULARY.running.symbol} ${VOCABULARY[action].doing} ${visible(typeOf(key))} ${visible(nameOf(key))}`,
    );
  }
  const { result } = event;
  const { type, name, outcome, action, id, durationMs, error, because } = result;
  const what = `${visible(type)} ${visible(name)}`;
  const took = durationMs === 0 ? "" : paint.dim(` ${duration(durationMs)}`);
  const line = `  ${signed(outcome, paint)} ${wordFor(outcome, VOCABULARY[action].done)} ${what}`;
  if (outcome === "succeeded") {
    const shown = id === undefined || id === name || action === "delete" ? "" : paint.dim(` ${visible(id)}`);
    return `${line}${shown}${took}`;
  }
  if (error !== undefined)
    return `${line}: ${paint.red(visible(error.code))}: ${visible(error.message)}${took}`;
  return because === undefined ? line : `${line}: needs ${visible(nameOf(because))}`;
}

function wordFor(state: StepState, done: string): string {
  if (state === "succeeded") return done;
  return state === "failed" ? `not ${done}` : STEP_VOCABULARY[state].word;
}

function signed(state: StepState, paint: Paint): string {
  const { symbol } = STEP_VOCABULARY[state];
  if (state === "succeeded") return paint.green(symbol);
  return state === "failed" ? paint.red(symbol) : paint.yellow(symbol);
}

/** The result with errors, ids and endpoints. Ends with a newline. */
export function terminalResult(result: ApplyResult, options: TerminalOptions): string {
  const paint = paintFor(options.color);
  const steps = attentionFirst(resultSteps(result));
  const { done, notDone } = outcomeCounts(steps);
  const failures = steps.filter(({ state }) => state === "failed");
  const facts = paint.dim(`${duration(result.durationMs)}, ${plural(result.awsCalls, "AWS call")}`);
  const verb = options.purpose === "destroy" ? "Destroy" : "Apply";
  const title = result.succeeded
    ? paint.green(`${verb} done: ${done === "" ? "nothing to do" : done}`)
    : paint.red(
        `${verb} ${result.cancelled ? "cancelled" : "failed"}: ${[notDone, done].filter((text) => text !== "").join(", ")}`,
      );
  const lines = [
    `${paint.bold(title)}  ${facts}`,
    ...failures.flatMap((step) => failureText(step, paint)),
    ...outputLines(result, paint),
    ...(result.succeeded
      ? []
      : [
          "",
          "What was done stays and is found again: run the same command to go on, nothing is made twice.",
        ]),
    "",
  ];
  return inertLog(lines.join("\n"));
}

function failureText({ change, kind, error }: Step, paint: Paint): readonly string[] {
  if (error === undefined) return [];
  const request = error.requestId === undefined ? "" : paint.dim(` (request ${visible(error.requestId)})`);
  return [
    "",
    `${paint.red(`not ${VOCABULARY[kind].done}`)} ${visible(change.type)} ${paint.bold(visible(change.name))}`,
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
