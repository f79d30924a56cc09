/** The stacks that the `directory` input names. */
import { glob, realpath } from "node:fs/promises";
import { sep } from "node:path";
import { fail } from "../model/errors.ts";
import { SPEC_FILES_TEXT } from "../source/spec-files.ts";
import type { SpecSource } from "../source/source.ts";
import { type FindSpecDirectories, namedDirectories, specDirectories } from "../source/spec-directories.ts";
import { trackedIn } from "../source/tracked.ts";
import type { Job } from "./stage-settings.ts";

/**
 * Throws `NO_STACKS` if the input matches none.
 * @param gone what it matches although the commit no longer has it
 */
export async function stackDirectories(
  patterns: readonly string[],
  find: FindSpecDirectories,
  gone: readonly string[] = [],
): Promise<readonly string[]> {
  const { directories: present, known } = await namedDirectories(patterns, find);
  const directories = [...new Set([...present, ...gone])].sort();
  if (directories.length === 0) {
    const holding =
      known.length === 0 ? "no directory holds a spec" : `specs are in ${known.slice(0, 10).join(", ")}`;
    fail("NO_STACKS", `input "directory" is "${patterns.join(", ")}" and matches no stack: ${holding}`, {
      hint: `Name directories that hold ${SPEC_FILES_TEXT} (or the file of the \`spec\` input), or a glob such as apis/*.`,
    });
  }
  return directories;
}

/** Every directory of the working copy with a spec. */
export async function localSpecs(
  workspace: string,
  { spec, untracked }: Pick<Job, "spec" | "untracked">,
): Promise<readonly string[]> {
  const tracked = untracked ? undefined : await trackedIn(await realpath(workspace));
  const files: string[] = [];
  const exclude = (path: string): boolean => /(^|[\\/])(node_modules|\.git)$/.test(path);
  for await (const file of glob("**/*.{js,mjs,cjs,ts,mts,cts}", { cwd: workspace, exclude }))
    files.push(file.split(sep).join("/"));
  return specDirectories(
    files.filter((file) => tracked?.named(file) !== false),
    spec,
  );
}

/** Every directory of a commit with a spec. */
export async function remoteSpecs(source: SpecSource, spec: string | undefined): Promise<readonly string[]> {
  const files = await source.list("");
  return specDirectories(
    files.map(({ path }) => path),
    spec,
  );
}
