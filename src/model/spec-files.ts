/** The names of a stack's own files, as the engine, the Action and the bot look for them. */

/** In the order in which they are looked for. */
const EXTENSIONS = ["js", "mjs", "ts", "cjs", "mts", "cts"] as const;

/** The spec, where no other file is named. */
export const SPEC_FILES: readonly string[] = EXTENSIONS.map((extension) => `resources.${extension}`);

/** What `config` of the spec is read from. */
export const CONFIG_FILES: readonly string[] = EXTENSIONS.map((extension) => `config.${extension}`);

/** For sentences: `resources.js, .mjs, .ts, .cjs, .mts or .cts` */
export const SPEC_FILES_TEXT = `resources.${EXTENSIONS.slice(0, -1).join(", .")} or .${EXTENSIONS.at(-1)}`;

/** True for a file that can be a spec: `infra/stack.mts`. */
export function isSpecFile(path: string): boolean {
  return EXTENSIONS.some((extension) => path.endsWith(`.${extension}`));
}
