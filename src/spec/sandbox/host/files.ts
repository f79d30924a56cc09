/** The files of one evaluation: read once each, as text, bounded, and remembered for places in messages. */
import { fail } from "../../../model/errors.ts";
import type { SpecSource } from "../../../source/source.ts";

const MAX_FILE = 1024 * 1024;
const MAX_TOTAL = 16 * 1024 * 1024;

export interface SpecFiles {
  /** The text, or `undefined` when there is no such file. `within` as for {@link SpecSource.read}. */
  read(path: string, within: string): Promise<string | undefined>;
  /** Forgets a file that was only looked for. */
  drop(path: string): void;
  /** What was found, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

export function makeSpecFiles(source: SpecSource): SpecFiles {
  const texts = new Map<string, string>();
  const reading = new Map<string, Promise<string | undefined>>();
  let total = 0;
  const load = async (path: string, within: string): Promise<string | undefined> => {
    const bytes = await source.read(path, { within });
    if (bytes === undefined) return undefined;
    total += bytes.length;
    if (bytes.length > MAX_FILE || total > MAX_TOTAL) {
      fail(
        "SPEC_TOO_LARGE",
        `"${path}" has ${bytes.length} bytes; accepted: ${MAX_FILE} a file, ${MAX_TOTAL} in all`,
        {
          at: { file: path, line: 1 },
        },
      );
    }
    // A byte order mark is not part of the text.
    return new TextDecoder().decode(bytes);
  };
  return {
    texts,
    drop: (path) => texts.delete(path),
    read: async (path, within) => {
      const key = `${within}\0${path}`;
      const known = reading.get(key) ?? load(path, within);
      reading.set(key, known);
      const text = await known;
      if (text !== undefined) texts.set(path, text);
      return text;
    },
  };
}
