/** The names of a stack's files, for the engine, the Action and the bot. */

/** In search order. */
const EXTENSIONS = ["js", "mjs", "ts", "cjs", "mts", "cts"] as const;

/** The default names of the spec. */
export const SPEC_FILES: readonly string[] = EXTENSIONS.map((extension) => `resources.${extension}`);

/** The file that provides the spec's `config`. */
export const CONFIG_FILES: readonly string[] = EXTENSIONS.map((extension) => `config.${extension}`);

/** For sentences: `resources.js, .mjs, .ts, .cjs, .mts or .cts` */
export const SPEC_FILES_TEXT = `resources.${EXTENSIONS.slice(0, -1).join(", .")} or .${EXTENSIONS.at(-1)}`;

/** True for a file that can be a spec: `infra/stack.mts`. */
export function isSpecFile(path: string): boolean {
  return EXTENSIONS.some((extension) => path.endsWith(`.${extension}`));
}
