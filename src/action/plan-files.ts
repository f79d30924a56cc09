/** Writes plans as JSON files, for artifacts and later jobs. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { fail } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { planJson } from "../report/json/plan-json.ts";

/** Writes one file per plan and returns their paths. With several stacks, the file name contains the directory. */
export function writePlanFiles(path: string, plans: readonly Plan[], several: boolean): readonly string[] {
  return plans.map((plan) => {
    const file = resolve(several ? withDirectory(path, plan.stack.directory) : path);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, planJson(plan));
    } catch (error) {
      fail("FILE_NOT_WRITABLE", `the plan could not be written to "${file}": ${String(error)}`, {
        hint: 'Correct "plan-file": a path that the job may write.',
        cause: error,
      });
    }
    return file;
  });
}

/** `plan.json`, `apis/orders` → `plan.apis__orders.json` */
export function withDirectory(path: string, directory: string): string {
  const extension = extname(path);
  const name = directory === "." ? "root" : directory.replaceAll("/", "__").replace(/[^\w.-]+/g, "-");
  return `${path.slice(0, path.length - extension.length)}.${name}${extension}`;
}
