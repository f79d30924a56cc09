/** Finds every error code in the sources, by the forms in which codes are written. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./files.ts";

const WORD = "[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*";
const SNAKE = "[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+";

const PATTERNS: readonly RegExp[] = [
  // fail("CODE", …), new GatewrightError("CODE", …); also codes of one word.
  new RegExp(`\\b(?:fail|GatewrightError|Problem)\\(\\s*"(${WORD})"`, "g"),
  // Any other call that begins with a code, or with a severity and a code; not the values of a schema.
  new RegExp(`(?<!enumText|Set|includes|getInput)\\(\\s*(?:"(?:error|warning)",\\s*)?"(${SNAKE})"`, "g"),
  new RegExp(`\\bcode:\\s*"(${WORD})"`, "g"),
  // A pair of code and message.
  new RegExp(`\\breturn \\["(${SNAKE})",`, "g"),
  // The title of a notice or a warning of the Action.
  new RegExp(`\\btitle:\\s*"(${SNAKE})"`, "g"),
  new RegExp(`(?:\\?|\\s:)\\s*"(${SNAKE})"`, "g"),
];

/** Words that look like error codes and appear in the same places, but are not. */
const NOT_CODES: ReadonlySet<string> = new Set([
  "LATEST_PUBLISHED",
  "MODULE_NOT_FOUND",
  "AWS_PROXY",
  "HTTP_PROXY",
  "AWS_IAM",
  "VPC_LINK",
]);

/** Code → files, relative to the repository. */
export function usedCodes(
  folders: readonly string[] = ["src", "bot"],
): ReadonlyMap<string, readonly string[]> {
  const used = new Map<string, Set<string>>();
  for (const folder of folders) {
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })) {
      const path = `${folder}/${file.replaceAll("\\", "/")}`;
      if (!path.endsWith(".ts") || path === "src/model/error-codes.ts") continue;
      for (const code of codesIn(readFileSync(join(ROOT, path), "utf8"))) {
        used.set(code, (used.get(code) ?? new Set()).add(path));
      }
    }
  }
  return new Map(
    [...used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, files]) => [code, [...files].sort()]),
  );
}

export function codesIn(source: string): ReadonlySet<string> {
  const codes = PATTERNS.flatMap((pattern) => [...source.matchAll(pattern)].map(([, code]) => code ?? ""));
  return new Set(codes.filter((code) => !NOT_CODES.has(code)));
}
