/** Writes plans as JSON files, for artifacts and later jobs. */
import { createHash } from "node:crypto";
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

/**
 * `plan.json`, `apis/orders` → `plan.apis__orders.json`. A directory whose name this would not tell from another's
 * (`apis__orders`, `größe`) has a part of its hash after it.
 */
export function withDirectory(path: string, directory: string): string {
  const extension = extname(path);
  const name = directory === "." ? "root" : directory.replaceAll("/", "__").replace(/[^\w.-]+/g, "-");
  const isPlain = directory !== "root" && directory.split("/").every((part) => PLAIN.test(part));
  const told = directory === "." || isPlain ? name : `${name}-${hashOf(directory)}`;
  return `${path.slice(0, path.length - extension.length)}.${told}${extension}`;
}

/** Letters, digits, dots and dashes, with single underscores between them. */
const PLAIN = /^[A-Za-z0-9.-]+(?:_[A-Za-z0-9.-]+)*$/;

function hashOf(directory: string): string {
  return createHash("sha256").update(directory).digest("hex").slice(0, 8);
}
