/** Which directories a list of paths and globs names, and which directories hold a spec. Pure but for the look-up. */
import { matchesGlob, posix } from "node:path";
import { SPEC_FILES } from "../model/spec-files.ts";

const MAGIC = /[*?[\]{}]/;

/** Directories of the repository that hold a spec, `.` for its root. */
export type FindSpecDirectories = () => Promise<readonly string[]>;

export interface NamedDirectories {
  /** Sorted, each once. */
  readonly directories: readonly string[];
  /** Every directory with a spec; empty when no glob asked for them. */
  readonly known: readonly string[];
}

/** Plain paths as they are, globs expanded, `!` ones left out. `find` is asked only when a glob needs it. */
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

/** Of all files, the directories that hold a spec file: `spec`, or one of the default names. */
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
