/** The stacks that the `directory` input names. */
import { matchesGlob, posix } from "node:path";
import { fail } from "../model/errors.ts";

const MAGIC = /[*?[\]{}]/;

/** Directories of the repository that hold a spec, `.` for its root. Asked for only when a glob needs them. */
export type FindSpecDirectories = () => Promise<readonly string[]>;

/** Plain paths as they are, globs expanded, `!` ones left out; sorted, each once. */
export async function stackDirectories(
  patterns: readonly string[],
  find: FindSpecDirectories,
): Promise<readonly string[]> {
  const wanted = patterns.filter((pattern) => !pattern.startsWith("!")).map(normal);
  const unwanted = patterns.filter((pattern) => pattern.startsWith("!")).map((one) => normal(one.slice(1)));
  const globs = wanted.filter((pattern) => MAGIC.test(pattern));
  const known = globs.length === 0 ? [] : await find();
  const matched = known.filter((directory) => globs.some((glob) => matchesGlob(directory, glob)));
  const plain = wanted.filter((pattern) => !MAGIC.test(pattern));
  const all = [...new Set([...plain, ...matched])]
    .filter((directory) => !unwanted.some((glob) => directory === glob || matchesGlob(directory, glob)))
    .sort();
  if (all.length === 0) {
    const holding =
      known.length === 0 ? "no directory holds a spec" : `specs are in ${known.slice(0, 10).join(", ")}`;
    fail("NO_STACKS", `input "directory" is "${patterns.join(", ")}" and matches no stack: ${holding}`, {
      hint: "Name directories that hold resources.js (or the file of the `spec` input), or a glob such as apis/*.",
    });
  }
  return all;
}

/** Of all files, the directories that hold a spec file: `spec`, or one of the default names. */
export function specDirectories(files: readonly string[], spec: string | undefined): readonly string[] {
  const names = spec === undefined ? ["resources.js", "resources.mjs", "resources.ts"] : [normal(spec)];
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
