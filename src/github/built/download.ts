/** Bytes from the storage behind GitHub: without GitHub's token, and no more of them than are wanted. */
import { boundedBytes } from "../../text/bounded-bytes.ts";
import { fail } from "../../model/errors.ts";
import type { Fetch } from "../client.ts";

/** Lambda takes as much, zipped: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MOST_BYTES = 50 * 1024 * 1024;

/** For one attempt. */
const DEADLINE_MS = 120_000;

export interface DownloadOptions {
  /** Default: Node's own. */
  readonly send?: Fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * @param what names the bytes in messages: `the artifact "orders"`
 * @throws CODE_TOO_LARGE, or an Error that another address may not meet
 */
export async function download(
  address: string,
  what: string,
  { send = fetch, signal }: DownloadOptions,
): Promise<Uint8Array> {
  const late = AbortSignal.timeout(DEADLINE_MS);
  const response = await send(storageUrl(address), {
    headers: { "user-agent": "gatewright" },
    // Where it leads GitHub has said; anything else is not GitHub's.
    redirect: "error",
    signal: signal === undefined ? late : AbortSignal.any([signal, late]),
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    // The address is valid for a minute only.
    throw new Error(`the storage answered ${response.status}`);
  }
  const got = await boundedBytes(response.body, MOST_BYTES);
  return "tooMany" in got ? refuseSize(what, got.tooMany) : got.bytes;
}

/** Plain HTTP only on this machine: a test's GitHub. */
function storageUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isLocal = url !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLocal)) return url;
  return fail("GITHUB_ERROR", "GitHub gave no https address for an artifact", {
    hint: "Try again in a few minutes. https://www.githubstatus.com shows whether GitHub has problems.",
  });
}

export function refuseSize(what: string, size: number): never {
  return fail("CODE_TOO_LARGE", `${what} has ${size} bytes; accepted: ${MOST_BYTES}`, {
    hint: "Leave out what the function does not need, or raise `compression-level` of actions/upload-artifact.",
  });
}
