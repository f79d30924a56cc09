/**
 * Refuses to write while the disk still has some room. The embedded database answers a full disk with an error as long
 * as it is a table that cannot grow; when its own log cannot, it never comes back from the statement and takes the whole
 * process with it. So the last bit of the disk is left alone.
 */
import { statfsSync } from "node:fs";
import { fail } from "../../../src/model/errors.ts";

/** Two segments of the log, and room for what one transaction may bring. */
const RESERVE = 64 * 1024 * 1024;

export interface Space {
  /** Throws DATABASE_FOLDER when there is too little. */
  check(): void;
}

export function spaceOf(folder: string, reserve = RESERVE): Space {
  return {
    check: () => {
      const free = freeBytes(folder);
      if (free === undefined || free >= reserve) return;
      const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
      fail(
        "DATABASE_FOLDER",
        `the disk of the data folder ${folder} is nearly full: ${megabytes(free)} MB are left, ${megabytes(reserve)} are needed`,
        { hint: "Make room on it. Nothing more is stored until then, and nothing is lost." },
      );
    },
  };
}

/** Unknown counts as enough: not every file system reports it. */
function freeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
