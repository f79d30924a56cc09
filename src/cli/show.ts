/** Plans and results on standard output, or in the file that --json names. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ApplyResult } from "../apply/types.ts";
import { fail } from "../errors.ts";
import type { Plan } from "../plan/types.ts";
import { planJson } from "../render/json.ts";
import { terminalPlan, terminalResult } from "../render/terminal.ts";
import type { Context } from "./context.ts";

/** The plan as text; with `--json -` as JSON instead, with `--json FILE` as both. */
export function showPlan({ io, invocation }: Context, plan: Plan): void {
  const { json, color } = invocation;
  if (json === "-") {
    io.out(planJson(plan));
    return;
  }
  io.out(`${terminalPlan(plan, { color: color && io.color })}\n`);
  if (json === undefined) return;
  const file = resolve(io.cwd, json);
  try {
    writeFileSync(file, planJson(plan));
  } catch (error) {
    fail("FILE_NOT_WRITABLE", `the plan could not be written to "${json}": ${String(error)}`, {
      hint: "Give --json a path in a directory that exists, or - for standard output.",
      cause: error,
    });
  }
}

export function showResult({ io, invocation }: Context, result: ApplyResult): void {
  io.out(`${terminalResult(result, { color: invocation.color && io.color })}\n`);
}
