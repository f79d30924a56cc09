/** Formats a plan for the terminal, in the same order and with the same words and diffs as in comments. */
import type { Change, Plan, Problem } from "../../model/plan.ts";
import { clip, inertLog, visible } from "../../text/escape.ts";
import { plural } from "../../text/words.ts";
import { placeText } from "../annotations.ts";
import { changeLines } from "../change-lines.ts";
import { type PlanView, viewPlan } from "../plan-view.ts";
import { lossText, reasonText } from "../reason.ts";
import { kindOf, VOCABULARY } from "../vocabulary.ts";
import { briefLines, cautionLines } from "./brief.ts";
import { type Colors, colorsFor, kindColor } from "./colors.ts";
import type { TerminalOptions } from "./options.ts";

/** Ends with a newline. */
export function terminalPlan(plan: Plan, options: TerminalOptions): string {
  const colors = colorsFor(options.color);
  const width = Math.max(60, options.width ?? 100);
  const view = viewPlan(plan);
  const { stack } = plan;
  const facts = [
    `stage ${stack.stage}`,
    `account ${stack.account}`,
    `region ${stack.region}`,
    ...(stack.names === undefined ? [] : [`names in AWS ${stack.names}`]),
    `plan ${plan.id}`,
  ].map(visible);
  const what = options.purpose === "destroy" ? "Destroy plan" : "Plan";
  const title = stack.directory === "." ? what : `${what} of ${visible(stack.directory)}`;
  const lines = [
    `${colors.bold(title)}  ${colors.dim(facts.join(" · "))}`,
    "",
    ...(options.verbose === true ? verboseBody(plan, view, colors, width) : briefBody(plan, colors, width)),
    totals(view, colors),
    ...(options.verbose === true || view.changes.length === 0
      ? []
      : [colors.dim("--verbose shows every property")]),
    "",
  ];
  return inertLog(lines.join("\n"));
}

/** In the order of a comment: cautions, problems, what is public, the changes. */
function briefBody(plan: Plan, colors: Colors, width: number): readonly string[] {
  const blocks = [
    cautionLines(plan, colors),
    plan.problems.flatMap((problem) => problemText(problem, colors)),
    publicLines(plan, colors),
    briefLines(plan, colors, width),
  ];
  return blocks.flatMap((block) => (block.length === 0 ? [] : [...block, ""]));
}

function verboseBody(plan: Plan, view: PlanView, colors: Colors, width: number): readonly string[] {
  const open = publicLines(plan, colors);
  return [
    ...(open.length === 0 ? [] : [...open, ""]),
    ...view.changes.flatMap((change) => [...changeText(change, colors, width), ""]),
    ...plan.problems.flatMap((problem) => [...problemText(problem, colors), ""]),
  ];
}

function publicLines({ open, opens }: Plan, colors: Colors): readonly string[] {
  if (open === undefined) return [];
  const fresh = opens ?? [];
  const rest = open.filter((one) => !fresh.includes(one));
  return [
    ...(fresh.length === 0
      ? []
      : [`${colors.bold("becomes public")}, anybody may call: ${visible(fresh.join(", "))}`]),
    ...(rest.length === 0 ? [] : [`${colors.bold("public")}, anybody may call: ${visible(rest.join(", "))}`]),
  ];
}

function changeText(change: Change, colors: Colors, width: number): readonly string[] {
  const kind = kindOf(change);
  const head = kindColor(kind, colors)(`${VOCABULARY[kind].symbol} ${kind.padEnd(8)}`);
  const id =
    change.id === undefined || change.id === change.name ? "" : `  ${colors.dim(visible(change.id))}`;
  const adopts = change.adopts === true ? `  ${colors.yellow("takes over this resource")}` : "";
  return [
    `${head} ${visible(change.type)} ${colors.bold(visible(change.name))}${id}${adopts}`,
    ...notes(change, colors).map((note) => `    ${note}`),
    ...changeLines(change, { maxValue: width }).map(
      (line) => `    ${lineColor(line, colors)(clip(line, width * 2))}`,
    ),
  ];
}

function notes(change: Change, colors: Colors): readonly string[] {
  const { action, consequence, withParent, after } = change;
  const loss = lossText(change);
  const parent = withParent === true ? [colors.dim(`deleted with ${visible(after[0] ?? "its parent")}`)] : [];
  if (kindOf(change) === "redeploy") return parent;
  const reason = reasonText(change);
  return [
    ...parent,
    ...(reason === "" ? [] : [colors.dim(visible(reason))]),
    ...(loss === "" ? [] : [colors.red(visible(`${action}s it${loss}`))]),
    ...(consequence === undefined ? [] : [colors.red(visible(consequence))]),
  ];
}

function lineColor(line: string, colors: Colors): (text: string) => string {
  if (line.startsWith("+")) return colors.green;
  if (line.startsWith("-")) return colors.red;
  if (line.startsWith("!")) return colors.yellow;
  return colors.dim;
}

function problemText({ severity, code, message, hint, at }: Problem, colors: Colors): readonly string[] {
  const color = severity === "error" ? colors.red : colors.yellow;
  const place = at === undefined ? "" : `${colors.dim(visible(placeText(at)))} `;
  return [
    `${color(`${severity} ${code}`)} ${place}${visible(message)}`,
    ...(hint === undefined ? [] : [`  ${colors.cyan("hint:")} ${visible(hint)}`]),
  ];
}

function totals({ summary, unchanged, blocking }: PlanView, colors: Colors): string {
  const rest =
    unchanged.length === 0 ? "" : colors.dim(` (${plural(unchanged.length, "resource")} unchanged)`);
  const blocked = `blocked by ${plural(blocking.length, "problem")}`;
  if (blocking.length === 0) return `${colors.bold(summary === "" ? "No changes" : summary)}${rest}`;
  if (summary === "") return `${colors.red(`Blocked by ${plural(blocking.length, "problem")}`)}${rest}`;
  return `${colors.bold(summary)}${colors.red(`, ${blocked}`)}${rest}`;
}
