/** Zips in memory: the same entries always give the same bytes. Pure. */
import { type Zippable, zipSync } from "fflate";

export interface ZipEntry {
  /** Path in the zip. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

const REGULAR_FILE = 0o100000;
/** The value of zip's "version made by" for Unix: the file mode is then in the upper half of the attributes. */
const UNIX = 3;
const UPPER_HALF = 65_536;
/**
 * Zip has no time zone and fflate writes local time, so this is local time too; noon exists on every day everywhere.
 * 1980 is the first year that zip can store.
 */
const TIME = new Date(1980, 0, 1, 12);

/** Keeps the order of the entries. Fixed time, mode 0644 or 0755, fixed compression level. */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const zippable: Zippable = {};
  for (const { path, bytes, executable } of entries) {
    const mode = REGULAR_FILE | (executable ? 0o755 : 0o644);
    zippable[path] = [bytes, { level: 6, mtime: TIME, os: UNIX, attrs: mode * UPPER_HALF }];
  }
  return zipSync(zippable);
}
