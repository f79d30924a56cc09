/** Expands paths and globs to directories, and finds the directories that contain a spec. Pure except for the lookup. */
import { matchesGlob, posix } from "node:path";
import { SPEC_FILES } from "./spec-files.ts";

const MAGIC = /[*?[\]{}]/;

/** The directories of the repository that contain a spec, `.` for its root. */
export type FindSpecDirectories = () => Promise<readonly string[]>;

interface NamedDirectories {
  /** Sorted, each once. */
  readonly directories: readonly string[];
  /** Every directory with a spec; empty if no pattern is a glob. */
  readonly known: readonly string[];
}

/** Keeps plain paths, expands globs, and removes what a `!` pattern matches. Calls `find` only if there is a glob. */
export async function namedDirectories(
  patterns: readonly string[],
  find: FindSpecDirectories,
): Promise<NamedDirectories> {
  const wanted = patterns.filter((pattern) => !pattern.startsWith("!")).map(normal);
  const unwanted = patterns.filter((pattern) => pattern.startsWith("!")).map((one) => normal(one.slice(1)));
  const globs = wanted.filter((pattern) => MAGIC.test(pattern));
  const known = globs.length === 0 ? [] : await find();
  const matched = known.filter((directory) => globs.some((glob) => matchesGlob(directory, glob)));
  const plain = wanted.filter((pattern) => !MAGIC.test(pattern));
  const directories = [...new Set([...plain, ...matched])]
    .filter((directory) => !unwanted.some((glob) => directory === glob || matchesGlob(directory, glob)))
    .sort();
  return { directories, known };
}

/**
 * Of the directories that the patterns name, those that had a spec before and have none now: all that they deployed is to be deleted, or
 * a removed directory would leave it to nobody.
 */
export async function goneDirectories(
  patterns: readonly string[],
  before: readonly string[],
  now: readonly string[],
): Promise<readonly string[]> {
  const { directories } = await namedDirectories(patterns, async () => before);
  const [had, has] = [new Set(before), new Set(now)];
  return directories.filter((directory) => had.has(directory) && !has.has(directory));
}

/** The directories that contain a spec file: `spec`, or one of the default names. */
export function specDirectories(files: readonly string[], spec: string | undefined): readonly string[] {
  const names = spec === undefined ? SPEC_FILES : [normal(spec)];
  const found = files.flatMap((file) => {
    if (file.split("/").includes("node_modules")) return [];
    const name = names.find((one) => file === one || file.endsWith(`/${one}`));
    return name === undefined ? [] : [file.slice(0, -name.length).replace(/\/$/, "") || "."];
  });
  return [...new Set(found)];
}

function normal(path: string): string {
  return posix.normalize(path.replaceAll("\\", "/")).replace(/(?<=.)\/$/, "");
}
