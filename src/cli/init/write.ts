/** Writes new files beside what is there. Nothing is written while a file of that name says something else. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fail } from "../../model/errors.ts";
import type { NewFile } from "./files.ts";

type Outcome = "written" | "unchanged" | "kept";

export interface Written {
  readonly file: NewFile;
  readonly outcome: Outcome;
}

/** @param root the repository's folder, which is made if it is not there */
export function writeFiles(root: string, files: readonly NewFile[], force: boolean): readonly Written[] {
  const planned = files.map((file) => ({ file, outcome: outcomeOf(root, file, force) }));
  const taken = planned.filter(({ outcome }) => outcome === "taken").map(({ file }) => file.path);
  if (taken.length > 0) {
    fail("INIT_FILE_EXISTS", `these files exist and say something else: ${taken.join(", ")}`, {
      hint: "Nothing was written. Give another directory or --name; --force replaces these files.",
    });
  }
  return planned.flatMap(({ file, outcome }) => {
    if (outcome === "taken") return [];
    if (outcome === "written") write(join(root, file.path), file.text, force);
    return [{ file, outcome }];
  });
}

function outcomeOf(root: string, { path, text, whose }: NewFile, force: boolean): Outcome | "taken" {
  const target = join(root, path);
  if (!existsSync(target)) return "written";
  if (readFileSync(target, "utf8") === text) return "unchanged";
  if (force && whose !== "project") return "written";
  return whose === "stack" ? "taken" : "kept";
}

function write(path: string, text: string, force: boolean): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // Without --force, not even a file that appeared a moment ago is replaced.
    writeFileSync(path, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    fail("FILE_NOT_WRITABLE", `"${path}" could not be written: ${String(error)}`, {
      hint: "Give a directory that you may write to.",
      cause: error,
    });
  }
}
