/** Formats the result of an apply for the terminal, in the order of the apply comment: failures first, then what callers get. */
import type { ApplyResult } from "../../model/apply.ts";
import { duration } from "../../text/duration.ts";
import { inertLog, visible } from "../../text/escape.ts";
import { plural } from "../../text/words.ts";
import { viewResult } from "../result-view.ts";
import type { Step } from "../steps.ts";
import { VOCABULARY } from "../vocabulary.ts";
import { type Colors, colorsFor } from "./colors.ts";
import type { TerminalOptions } from "./options.ts";
import { outputLines } from "./outputs.ts";

/** Ends with a newline. */
export function terminalResult(result: ApplyResult, options: TerminalOptions): string {
  const colors = colorsFor(options.color);
  const { done, notDone, failures } = viewResult(result);
  const facts = colors.dim(`${duration(result.durationMs)}, ${plural(result.awsCalls, "AWS call")}`);
  const verb = options.purpose === "destroy" ? "Destroy" : "Apply";
  const title = result.succeeded
    ? colors.green(`${verb} done: ${done === "" ? "nothing to do" : done}`)
    : colors.red(
        `${verb} ${result.cancelled ? "cancelled" : "failed"}: ${[notDone, done].filter((text) => text !== "").join(", ")}`,
      );
  const lines = [
    `${colors.bold(title)}  ${facts}`,
    ...failures.flatMap((step) => failureText(step, colors)),
    ...(result.succeeded ? [] : ["", "Completed changes are kept; run the same command again to continue."]),
    ...outputLines({ ...result, region: result.plan.stack.region }, colors, options.verbose === true),
    "",
  ];
  return inertLog(lines.join("\n"));
}

function failureText({ change, kind, error }: Step, colors: Colors): readonly string[] {
  if (error === undefined) return [];
  const request = error.requestId === undefined ? "" : colors.dim(` (request ${visible(error.requestId)})`);
  return [
    "",
    `${colors.red(`not ${VOCABULARY[kind].done}`)} ${visible(change.type)} ${colors.bold(visible(change.name))}`,
    `  ${colors.red(visible(error.code))}: ${visible(error.message)}${request}`,
    ...(error.hint === undefined ? [] : [`  ${colors.cyan("hint:")} ${visible(error.hint)}`]),
  ];
}
