/** Bytes from the storage behind GitHub: without GitHub's token, and no more of them than are wanted. */
import { boundedBytes } from "../../text/bounded-bytes.ts";
import { fail } from "../../model/errors.ts";
import type { Fetch } from "../client.ts";

/** Lambda takes as much, zipped: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MOST_BYTES = 50 * 1024 * 1024;

/** For one attempt. */
const DEADLINE_MS = 120_000;
/** For the next bytes of one: a storage that says nothing for so long will not go on. */
const SILENCE_MS = 20_000;

interface DownloadOptions {
  /** Default: Node's own. */
  readonly send?: Fetch | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long no bytes may come; for tests. */
  readonly silenceMs?: number | undefined;
}

/**
 * @param what names the bytes in messages: `the artifact "orders"`
 * @throws CODE_TOO_LARGE, or an Error that another address may not meet
 */
export async function download(
  address: string,
  what: string,
  { send = fetch, signal, silenceMs = SILENCE_MS }: DownloadOptions,
): Promise<Uint8Array> {
  const silent = new AbortController();
  const timer = setTimeout(
    () => silent.abort(new Error(`nothing came for ${Math.ceil(silenceMs / 1000)} s`)),
    silenceMs,
  );
  const ends = [AbortSignal.timeout(DEADLINE_MS), silent.signal, ...(signal === undefined ? [] : [signal])];
  try {
    const response = await send(storageUrl(address), {
      headers: { "user-agent": "gatewright" },
      // Where it leads GitHub has said; anything else is not GitHub's.
      redirect: "manual",
      signal: AbortSignal.any(ends),
    });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      // The address is valid for a minute only.
      throw new Error(wrongAnswer(response));
    }
    const got = await boundedBytes(
      eachOf(response.body, () => timer.refresh()),
      MOST_BYTES,
    );
    return "tooMany" in got ? refuseSize(what, got.tooMany) : got.bytes;
  } finally {
    clearTimeout(timer);
  }
}

async function* eachOf(
  body: AsyncIterable<Uint8Array>,
  came: () => unknown,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of body) {
    came();
    yield chunk;
  }
}

function wrongAnswer({ status, headers }: Response): string {
  const to = headers.get("location") ?? "";
  if (status < 300 || status >= 400 || !URL.canParse(to)) return `the storage answered ${status}`;
  // The host alone: the rest may be signed.
  return `the storage leads on to ${new URL(to).host}, which is not followed`;
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
