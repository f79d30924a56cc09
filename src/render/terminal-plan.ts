/** A plan at a terminal: the same order, words and diffs as in the comment. */
import type { Change, Plan, Problem } from "../plan/types.ts";
import { changeLines } from "./diff.ts";
import { placeText } from "./errors.ts";
import { clip, visible } from "./escape.ts";
import { type Paint, paintFor } from "./paint.ts";
import { countsInWords, type Kind, kindOf, plural, sortedChanges } from "./text.ts";

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns; 100 when it is not a terminal. */
  readonly width?: number | undefined;
  /** For `destroy` the words differ. */
  readonly purpose?: "apply" | "destroy" | undefined;
}

const SIGNS: Readonly<Record<Kind, string>> = {
  delete: "-",
  replace: "±",
  update: "~",
  redeploy: "»",
  create: "+",
  "no-op": " ",
};

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
  return [
    `${paint.bold(title)}  ${paint.dim(facts.join(" · "))}`,
    "",
    ...sortedChanges(plan.changes).flatMap((change) => [...changeText(change, paint, width), ""]),
    ...plan.problems.flatMap((problem) => [...problemText(problem, paint), ""]),
    totals(plan, paint),
    "",
  ].join("\n");
}

/** Colour of a kind of change. */
function painter(kind: Kind, paint: Paint): (text: string) => string {
  const painters: Readonly<Record<Kind, (text: string) => string>> = {
    delete: paint.red,
    replace: paint.red,
    update: paint.yellow,
    redeploy: paint.blue,
    create: paint.green,
    "no-op": paint.dim,
  };
  return painters[kind];
}

function changeText(change: Change, paint: Paint, width: number): readonly string[] {
  const kind = kindOf(change);
  const color = painter(kind, paint);
  const id = change.id === undefined || change.id === change.name ? "" : `  ${paint.dim(visible(change.id))}`;
  const adopts = change.adopts === true ? `  ${paint.yellow("takes it over")}` : "";
  return [
    `${color(`${SIGNS[kind]} ${kind.padEnd(8)}`)} ${visible(change.type)} ${paint.bold(visible(change.name))}${id}${adopts}`,
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
  const counts = countsInWords(changes);
  const unchanged = changes.filter(({ action, reason }) => action === "no-op" && reason !== "foreign").length;
  const rest = unchanged === 0 ? "" : paint.dim(` (${plural(unchanged, "resource")} unchanged)`);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const stopped = errors === 0 ? "" : paint.red(`, blocked by ${plural(errors, "problem")}`);
  return `${paint.bold(counts === "" ? "No changes" : counts)}${stopped}${rest}`;
}
