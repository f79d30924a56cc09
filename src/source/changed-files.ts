/** Which files of two zips differ, and by how many lines. Pure. */
import type { ChangedFile, ChangedFiles } from "../model/plan.ts";
import { countEdits } from "../text/line-diff.ts";
import type { ZipEntry } from "./threads/zip.ts";

/** Files that are listed; the others are counted. */
const MOST_LISTED = 20;
/** Lines are counted in so many files that are not larger: the rest only differs. */
const MOST_COUNTED = 10;
const LARGEST_COUNTED = 256 * 1024;

export function changedFiles(before: readonly ZipEntry[], after: readonly ZipEntry[]): ChangedFiles {
  const old = new Map(before.map((entry) => [entry.path, entry]));
  const next = new Set(after.map(({ path }) => path));
  const differ = [
    ...after.filter((entry) => !isSame(old.get(entry.path), entry)),
    ...before.filter(({ path }) => !next.has(path)),
  ].sort((one, other) => (one.path < other.path ? -1 : 1));
  let counted = 0;
  const files = differ.slice(0, MOST_LISTED).map((entry): ChangedFile => {
    const { path } = entry;
    const was = old.get(path);
    if (!next.has(path)) return { path, change: "removed" };
    if (was === undefined) return { path, change: "added" };
    const lines = counted < MOST_COUNTED ? linesOf(was.bytes, entry.bytes) : undefined;
    if (lines !== undefined) counted += 1;
    return { path, change: "changed", ...lines };
  });
  return { changed: differ.length, of: after.length, files };
}

function isSame(one: ZipEntry | undefined, other: ZipEntry): boolean {
  return (
    one !== undefined && one.executable === other.executable && Buffer.compare(one.bytes, other.bytes) === 0
  );
}

/** Undefined for what is no text, too large or too different, or another mode of the same text. */
function linesOf(before: Uint8Array, after: Uint8Array): Pick<ChangedFile, "added" | "removed"> | undefined {
  const [old, next] = [before, after].map(textOf);
  if (old === undefined || next === undefined || old === next) return undefined;
  return countEdits(old.split("\n"), next.split("\n"));
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.length > LARGEST_COUNTED || bytes.includes(0)) return undefined;
  return new TextDecoder().decode(bytes);
}
