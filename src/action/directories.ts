/** The stacks that the `directory` input names. */
import { fail } from "../model/errors.ts";
import { SPEC_FILES_TEXT } from "../source/spec-files.ts";
import { type FindSpecDirectories, namedDirectories } from "../source/spec-directories.ts";

/** Throws `NO_STACKS` if the input matches none. */
export async function stackDirectories(
  patterns: readonly string[],
  find: FindSpecDirectories,
): Promise<readonly string[]> {
  const { directories, known } = await namedDirectories(patterns, find);
  if (directories.length === 0) {
    const holding =
      known.length === 0 ? "no directory holds a spec" : `specs are in ${known.slice(0, 10).join(", ")}`;
    fail("NO_STACKS", `input "directory" is "${patterns.join(", ")}" and matches no stack: ${holding}`, {
      hint: `Name directories that hold ${SPEC_FILES_TEXT} (or the file of the \`spec\` input), or a glob such as apis/*.`,
    });
  }
  return directories;
}
