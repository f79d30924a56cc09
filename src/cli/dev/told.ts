/** What `gatewright dev` says. Pure. */
import type { ApplyResult, Callable } from "../../model/apply.ts";
import { duration } from "../../text/duration.ts";
import { inWords, plural } from "../../text/words.ts";

/** The addresses of a stack's APIs, each once, in the order of its routes. */
export function originsOf(callables: readonly Callable[]): readonly string[] {
  return [...new Set(callables.map(({ url }) => new URL(httpUrl(url)).origin))];
}

/** `ws:` has no origin of its own, and the same server. */
function httpUrl(url: string): string {
  return url.replace(/^ws/, "http");
}

/** `GET /hello   http://127.0.0.1:3000/hello`, for everything that can be called. */
export function addressLines(
  callables: readonly Callable[],
  frontOf: (origin: string) => string | undefined,
): readonly string[] {
  const rows = callables.map(({ what, url }): readonly [string, string] => {
    const { origin } = new URL(httpUrl(url));
    const front = frontOf(origin) ?? origin;
    const scheme = /^wss?:/.test(url) ? front.replace(/^http/, "ws") : front;
    return [what, `${scheme}${decodeURI(httpUrl(url).slice(origin.length))}`];
  });
  const width = Math.max(0, ...rows.map(([what]) => what.length));
  return rows.map(([what, url]) => `  ${what.padEnd(width)}  ${url}`);
}

const DONE = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
} as const;

/** `2 updated (0.4 s)` */
export function roundLine({ results, durationMs }: ApplyResult): string {
  const counts = Object.entries(DONE).flatMap(([action, done]) => {
    const count = results.filter((result) => result.action === action).length;
    return count === 0 ? [] : [`${count} ${done}`];
  });
  return `${counts.length === 0 ? "Nothing to change" : inWords(counts, "and")} (${duration(durationMs)})`;
}

export function changedLine(paths: readonly string[]): string {
  const [first = ""] = paths;
  return paths.length === 1
    ? `Changed: ${first}`
    : `Changed: ${first} and ${plural(paths.length - 1, "more file")}`;
}
