/** Plans and results on standard output, or in the file that --json names. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ApplyEvent, ApplyResult } from "../model/apply.ts";
import { fail } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { planJson } from "../report/json/plan-json.ts";
import { progressLine, type TerminalOptions, terminalPlan, terminalResult } from "../report/terminal/plan.ts";
import type { Context } from "./context.ts";

/** The plan as text; with `--json -` as JSON instead, with `--json FILE` as both. */
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

/** A line on standard error for each thing that happens. */
export function showProgress(context: Context, event: ApplyEvent): void {
  context.io.note(progressLine(event, terminalOptions(context, context.io.noteColor)));
}

function terminalOptions({ io, invocation }: Context, color: boolean): TerminalOptions {
  return {
    color: invocation.color && color,
    width: io.columns,
    purpose: invocation.command === "destroy" ? "destroy" : "apply",
  };
}
