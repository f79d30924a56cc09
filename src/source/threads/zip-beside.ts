/**
 * Zips in a worker thread. Compression is synchronous: a large folder in somebody's pull request would block the
 * process until it is done.
 */
import { GatewrightError } from "../../model/errors.ts";
import { inThread } from "./in-thread.ts";
import { type ZipEntry, zip } from "./zip.ts";

/** Below both limits, zipping takes a few milliseconds: less than a thread needs to start. */
const FEW = { files: 100, bytes: 1024 * 1024 };
const DEADLINE_MS = 60_000;

/**
 * @param what names the folder in messages: `the folder "fn"`
 * @throws CODE_ZIP_TIMEOUT after a minute
 */
export async function zipBeside(
  entries: readonly ZipEntry[],
  what: string,
  deadlineMs = DEADLINE_MS,
): Promise<Uint8Array> {
  const size = entries.reduce((total, { bytes }) => total + bytes.length, 0);
  if (entries.length <= FEW.files && size <= FEW.bytes) return zip(entries);
  return inThread<Uint8Array>("zip", entries, {
    ms: deadlineMs,
    late: () =>
      new GatewrightError(
        "CODE_ZIP_TIMEOUT",
        `zipping ${what} takes too long; accepted: ${deadlineMs / 1000} s`,
        {
          hint: "Leave out what the function does not need, use layers, or give Code.S3Bucket or Code.ImageUri.",
        },
      ),
  });
}
