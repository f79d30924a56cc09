/**
 * Whom attestations are trusted from. Public repositories sign with Sigstore's public instance, private ones with GitHub's own; the roots of
 * both are fetched through TUF, from the first root that this package carries. Or an operator gives them in a file.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, systemClock, untilAborted } from "../../model/clock.ts";
import { GatewrightError } from "../../model/errors.ts";
import type { Trust } from "./sigstore.ts";

export interface TrustedRoots {
  /**
   * What a bundle may be verified against; none for an authority that nobody trusts.
   * @param authority who has signed its certificate, as it claims
   * @throws ATTESTATION_ROOT
   */
  for(authority: string | undefined): Promise<readonly Trust[]>;
}

interface RootOptions {
  /** The roots, one JSON document a line, as `gh attestation trusted-root` prints them: nothing is fetched then. */
  readonly given?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly mirrors?: readonly Mirror[] | undefined;
  /** For one of the fetches, in milliseconds; all of them together may take six times that. */
  readonly timeoutMs?: number | undefined;
}

/** A TUF repository, and whose root it has. */
export interface Mirror {
  readonly authority: string;
  readonly url: string;
  /** Its first root; undefined where the library carries it. */
  readonly firstRoot: () => Promise<string | undefined>;
}

const MIRRORS: readonly Mirror[] = [
  {
    authority: "sigstore.dev",
    url: "https://tuf-repo-cdn.sigstore.dev",
    firstRoot: async () => undefined,
  },
  {
    authority: "GitHub, Inc.",
    url: "https://tuf-repo.github.com",
    firstRoot: async () => (await import("./github-root.ts")).GITHUB_ROOT,
  },
];

/** As long as `gh` keeps them. */
const KEPT_MS = 24 * 3_600_000;

export function trustedRoots(options: RootOptions = {}): TrustedRoots {
  const { given, clock = systemClock, mirrors = MIRRORS, timeoutMs = 5000 } = options;
  if (given !== undefined) return { for: () => rootsOfFile(given) };
  const kept = new Map<string, { readonly trust: Promise<Trust>; readonly until: number }>();
  return {
    for: async (authority) => {
      const mirror = mirrors.find((each) => each.authority === authority);
      if (mirror === undefined) return [];
      const known = kept.get(mirror.url);
      if (known !== undefined && clock.now() < known.until) return [await known.trust];
      const trust = fetched(mirror, timeoutMs);
      kept.set(mirror.url, { trust, until: clock.now() + KEPT_MS });
      // A failure is not kept: the next who asks tries again.
      trust.catch(() => kept.delete(mirror.url));
      return [await trust];
    },
  };
}

async function rootsOfFile(given: string): Promise<readonly Trust[]> {
  const { rootFromJson, trustIn } = await import("./sigstore.ts");
  try {
    const whole = given.trim();
    const documents = whole.includes("\n{") ? whole.split("\n") : [whole];
    return documents.filter((line) => line.trim() !== "").map((line) => trustIn(rootFromJson(line)));
  } catch (error) {
    throw new GatewrightError(
      "ATTESTATION_ROOT",
      `the file in GATEWRIGHT_TRUSTED_ROOT is no trusted root of Sigstore: ${said(error)}`,
      { hint: "Write it with `gh attestation trusted-root > trusted-root.jsonl`.", cause: error },
    );
  }
}

/** From the first root each time, in a folder of its own: nothing on the disk is trusted. */
async function fetched({ url, firstRoot }: Mirror, timeout: number): Promise<Trust> {
  const [{ getTrustedRoot }, { trustIn }] = await Promise.all([import("./tuf.ts"), import("./sigstore.ts")]);
  const folder = await mkdtemp(join(tmpdir(), "gatewright-tuf-"));
  try {
    const first = await firstRoot();
    const rootPath = join(folder, "first-root.json");
    if (first !== undefined) await writeFile(rootPath, first);
    const got = getTrustedRoot({
      mirrorURL: url,
      cachePath: join(folder, "cache"),
      timeout,
      ...(first === undefined ? {} : { rootPath }),
    });
    return trustIn(await untilAborted(got, AbortSignal.timeout(6 * timeout)));
  } catch (error) {
    throw new GatewrightError(
      "ATTESTATION_ROOT",
      `attestations cannot be verified: the trusted root could not be fetched from ${url}: ${said(error)}`,
      {
        hint: "Send the command again in a few minutes. Where there is no way out to that address, give the roots in a file: GATEWRIGHT_TRUSTED_ROOT (docs/built-code.md).",
        cause: error,
      },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message} (${cause.message})` : error.message;
}
