/** Writes plans and results to standard output, or to the file given with --json. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ApplyEvent, ApplyResult } from "../../model/apply.ts";
import { fail } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import { planJson } from "../../report/json/plan-json.ts";
import type { TerminalOptions } from "../../report/terminal/options.ts";
import { terminalPlan } from "../../report/terminal/plan.ts";
import { progressLines } from "../../report/terminal/progress.ts";
import { terminalResult } from "../../report/terminal/result.ts";
import type { Context } from "../context.ts";

/** Writes the plan as text; as JSON with `--json -`; as both with `--json FILE`. */
export function showPlan(context: Context, plan: Plan): void {
  const { io, invocation } = context;
  const { json } = invocation;
  if (json === "-") {
    io.out(planJson(plan));
    return;
  }
  io.out(terminalPlan(plan, terminalOptions(context, io.color)));
  if (json === undefined) return;
  try {
    writeFileSync(resolve(io.cwd, json), planJson(plan));
  } catch (error) {
    fail("FILE_NOT_WRITABLE", `the plan could not be written to "${json}": ${String(error)}`, {
      hint: "Give --json a path in a directory that exists, or - for standard output.",
      cause: error,
    });
  }
}

export function showResult(context: Context, result: ApplyResult): void {
  context.io.out(terminalResult(result, terminalOptions(context, context.io.color)));
}

/** Writes a line to standard error for each event of an apply. */
export function progressOf(context: Context, plan: Plan): (event: ApplyEvent) => void {
  const { io } = context;
  const line = progressLines(plan, terminalOptions(context, io.noteColor));
  return (event) => io.note(line(event));
}

function terminalOptions({ io, invocation }: Context, color: boolean): TerminalOptions {
  return {
    color: invocation.color && color,
    verbose: invocation.verbose,
    width: io.columns,
    purpose: invocation.command === "destroy" ? "destroy" : "apply",
  };
}
