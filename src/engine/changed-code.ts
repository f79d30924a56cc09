/**
 * Which files of changed code differ from those that AWS runs, for people who look at a plan. It is no part of the plan's identity, which has the
 * code's hash, and where it cannot be found out in time, nothing is said.
 */
import type { ConnectedAws } from "../aws/connect.ts";
import { AWS_DOMAIN } from "../aws/domains.ts";
import { untilAborted } from "../model/clock.ts";
import { boundedBytes } from "../text/bounded-bytes.ts";
import type { Change, ChangedFiles } from "../model/plan.ts";
import type { Live } from "../resources/type.ts";
import { changedFiles } from "../source/changed-files.ts";
import { mapLimited } from "../model/promises/map-limited.ts";
import { unzipBeside } from "../source/threads/unzip-beside.ts";
import type { CodeArchive } from "../spec/types.ts";
import type { Planning } from "./plan/planning.ts";

/** Of AWS's storage; Node's own, unless a test gives another. */
export type Download = (url: URL, init: RequestInit) => Promise<Response>;

/** Whoever changes more at once looks at the commit. */
const MOST_RESOURCES = 10;
const MOST_BYTES = 20 * 1024 * 1024;
const LIMITS = { files: 5_000, bytes: 64 * 1024 * 1024 };
const DEADLINE_MS = 10_000;
const AT_ONCE = 2;

export async function withChangedFiles(
  planning: Planning,
  aws: ConnectedAws,
  download: Download = fetch,
): Promise<Planning> {
  const { plan, desired, live, registry } = planning;
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const found = new Map<string, ChangedFiles>();
  const wanted = plan.changes.filter(isComparable).slice(0, MOST_RESOURCES);
  await mapLimited(wanted, AT_ONCE, async ({ key, type }) => {
    const [code, before] = [desired.get(key)?.code, live.get(key)];
    const addressOf = registry.get(type)?.codeAddress;
    if (code === undefined || before === undefined || addressOf === undefined) return;
    try {
      signal.throwIfAborted();
      const address = await untilAborted(addressOf({ aws, live: before }), signal);
      const compared = compare(address, before, code, { download, signal });
      const files = await untilAborted(compared, signal);
      if (files !== undefined) found.set(key, files);
    } catch {
      // A plan is not worth less for what could not be compared: AWS's storage is slow, or this machine does not reach it.
    }
  });
  if (found.size === 0) return planning;
  const changes = plan.changes.map((change) => {
    const codeFiles = found.get(change.key);
    return codeFiles === undefined ? change : { ...change, codeFiles };
  });
  return { ...planning, plan: { ...plan, changes } };
}

/** Code that takes the place of other code, both of a size that is looked into. */
function isComparable({ action, codeSize }: Change): boolean {
  const { before, after } = codeSize ?? {};
  if (action !== "update" && action !== "replace") return false;
  return [before, after].every((size) => size !== undefined && size <= MOST_BYTES);
}

async function compare(
  address: string | undefined,
  { name }: Live,
  { bytes }: CodeArchive,
  { download, signal }: { readonly download: Download; readonly signal: AbortSignal },
): Promise<ChangedFiles | undefined> {
  const url = address === undefined ? undefined : storageUrl(address);
  if (url === undefined) return undefined;
  const response = await download(url, { redirect: "error", signal });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    return undefined;
  }
  const old = await boundedBytes(response.body, MOST_BYTES);
  if ("tooMany" in old) return undefined;
  const [before, after] = await Promise.all([
    unzipBeside(old.bytes, `the code of ${name}`, LIMITS),
    unzipBeside(bytes, `the new code of ${name}`, LIMITS),
  ]);
  return changedFiles(before, after);
}

const STORAGE = new RegExp(String.raw`\.(?:${AWS_DOMAIN})$`);

/** AWS's storage, or a local AWS on this machine. */
function storageUrl(address: string): URL | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) return undefined;
  const isAws = url.protocol === "https:" && STORAGE.test(url.hostname);
  const isLocal = url.protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  return isAws || isLocal ? url : undefined;
}
