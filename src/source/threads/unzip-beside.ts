/** Unzips in a worker thread: what a workflow has uploaded is a stranger's as long as nobody has reviewed it. */
import { GatewrightError } from "../../model/errors.ts";
import { inThread } from "./in-thread.ts";
import type { UnzipLimits } from "./unzip.ts";
import type { UnzipAnswer, UnzipMessage } from "./unzip-thread.ts";
import type { ZipEntry } from "./zip.ts";

const DEADLINE_MS = 60_000;

/**
 * The files of a zip, sorted by path.
 * @param what names the zip in messages: `the artifact "orders"`
 * @throws CODE_ARTIFACT_INVALID, CODE_TOO_LARGE, CODE_ZIP_TIMEOUT
 */
export async function unzipBeside(
  zip: Uint8Array,
  what: string,
  limits: UnzipLimits,
): Promise<readonly ZipEntry[]> {
  const message: UnzipMessage = { zip, what, limits };
  const answer = await inThread<UnzipAnswer>("unzip", message, {
    ms: DEADLINE_MS,
    late: () =>
      new GatewrightError(
        "CODE_ZIP_TIMEOUT",
        `unzipping ${what} takes too long; accepted: ${DEADLINE_MS / 1000} s`,
        { hint: "Leave out what the function does not need, or use layers." },
      ),
  });
  if ("entries" in answer) return answer.entries;
  const { code, message: text, hint } = answer.refused;
  throw new GatewrightError(code, text, { hint });
}
