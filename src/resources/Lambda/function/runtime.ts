/**
 * Runtimes by name. AWS adds one every few months, so a name that could be a new one is a warning; one that AWS never had
 * is an error. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, and the names of the SDK.
 */
import { nearest } from "../../../text/suggest.ts";
import type { Finding } from "../../../spec/type-rules.ts";
import { doubtful, refused } from "../../findings.ts";

/** Functions can be made and changed with these; some are past their end of support. */
export const RUNTIMES = [
  ["dotnet6", "dotnet8", "dotnet10"],
  ["java8.al2", "java8.al2023", "java11", "java11.al2023", "java17", "java17.al2023", "java21", "java25"],
  ["nodejs16.x", "nodejs18.x", "nodejs20.x", "nodejs22.x", "nodejs24.x", "nodejs26.x"],
  ["provided.al2", "provided.al2023"],
  [
    "python3.8",
    "python3.9",
    "python3.10",
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
    "python3.15",
  ],
  ["ruby3.2", "ruby3.3", "ruby3.4", "ruby4.0"],
].flat();

/** AWS refuses to make or change functions with these; existing ones still run. */
export const RETIRED = [
  ["dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "go1.x", "java8"],
  [
    "nodejs",
    "nodejs4.3",
    "nodejs4.3-edge",
    "nodejs6.10",
    "nodejs8.10",
    "nodejs10.x",
    "nodejs12.x",
    "nodejs14.x",
  ],
  ["provided", "python2.7", "python3.6", "python3.7", "ruby2.5", "ruby2.7"],
].flat();

/** How new names are made: what is behind the family's name has this form. */
const FORMS: Readonly<Record<string, RegExp>> = {
  dotnet: /^\d+$/,
  java: /^\d+(\.al\d+)?$/,
  nodejs: /^\d+\.x$/,
  provided: /^\.al\d+$/,
  python: /^\d+\.\d+$/,
  ruby: /^\d+\.\d+$/,
};

export function runtimeFindings(runtime: string): readonly Finding[] {
  if (RUNTIMES.includes(runtime) || runtime.startsWith("arn:")) return [];
  const newest = newestOf(runtime);
  if (RETIRED.includes(runtime))
    return [
      {
        ...refused(
          "Runtime",
          `AWS no longer makes or changes functions with the runtime ${runtime}`,
          runtime === "go1.x"
            ? 'Build the program as "bootstrap" and write "provided.al2023".'
            : `Write ${newest === undefined ? "a newer one" : `"${newest}"`}.`,
        ),
        severity: "when-written",
      },
    ];
  if (couldBeNew(runtime, newest))
    return [
      doubtful(
        "RUNTIME_UNKNOWN",
        "Runtime",
        `Gatewright does not know the runtime ${JSON.stringify(runtime)}; AWS refuses it unless it is a new one`,
        `The newest it knows is "${newest}".`,
      ),
    ];
  const meant = meantBy(runtime);
  return [
    refused(
      "Runtime",
      `${JSON.stringify(runtime)} is not a runtime of Lambda`,
      meant === undefined ? `Runtimes: ${RUNTIMES.join(", ")}.` : `Did you mean "${meant}"?`,
    ),
  ];
}

function familyOf(runtime: string): string | undefined {
  return Object.keys(FORMS).find((family) => runtime.toLowerCase().startsWith(family));
}

/** `nodejs26.x` of `nodejs14.x`; the lists are in order. */
function newestOf(runtime: string): string | undefined {
  const family = familyOf(runtime);
  return family === undefined ? undefined : RUNTIMES.findLast((name) => name.startsWith(family));
}

/** It has the form of its family and is newer than what is known. */
function couldBeNew(runtime: string, newest: string | undefined): boolean {
  const family = familyOf(runtime);
  if (family === undefined || newest === undefined || !runtime.startsWith(family)) return false;
  if (FORMS[family]?.test(runtime.slice(family.length)) !== true) return false;
  return compare(numbers(runtime), numbers(newest)) > 0;
}

function numbers(runtime: string): readonly number[] {
  return (runtime.match(/\d+/g) ?? []).map(Number);
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((number, at) => number !== other[at]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}

/** `nodejs22`, `node22`, `Node.js 22`, `NODEJS22.X` → `nodejs22.x`; `python3` and `py3.12` likewise. */
function meantBy(runtime: string): string | undefined {
  const plain = runtime
    .toLowerCase()
    .replace(/[\s_-]/g, "")
    .replace(/^node(\.?js)?(?=[\d.])/, "nodejs")
    .replace(/^py(?=\d)/, "python")
    .replace(/^(nodejs\d+)(\.\d+)*$/, "$1.x");
  if (RUNTIMES.includes(plain)) return plain;
  const longer = RUNTIMES.findLast((name) => name.startsWith(plain));
  const shorter = RUNTIMES.findLast((name) => plain.startsWith(name));
  return longer ?? shorter ?? nearest(plain, RUNTIMES);
}
