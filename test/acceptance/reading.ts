/**
 * What a comment, a log or an answer says to programs: markers, codes, gates, ids. Tests look at these and not at the
 * prose around them, which may be rewritten at any time.
 */
import { errorCodes } from "../../src/model/error-codes.ts";
import { GATE_NAMES, type GateName } from "../../src/model/gate.ts";
import { parseApplyMarker, parseMarker } from "../../src/report/markdown/marker.ts";

/** The state in the marker of a plan or apply comment; undefined for any other comment. */
export function stateOf(body: string): string | undefined {
  return parseMarker(body)?.state ?? parseApplyMarker(body)?.state;
}

/** How many changes of each kind a plan comment plans, or an apply comment reports as carried out. */
export function countsOf(body: string): Readonly<Record<string, number>> {
  return parseMarker(body)?.counts ?? parseApplyMarker(body)?.counts ?? {};
}

/** The plan id in a plan comment; that of the first stack, unless a directory is given. */
export function planIdIn(body: string, directory?: string): string {
  const stacks = parseMarker(body)?.stacks ?? [];
  const stack = directory === undefined ? stacks[0] : stacks.find((one) => one.directory === directory);
  if (stack?.planId === undefined) throw new Error(`no plan in:\n${body}`);
  return stack.planId;
}

/** The error codes in any text, each once, in the order in which they appear. */
export function codesIn(text: string): readonly string[] {
  const words = text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b/g) ?? [];
  return [...new Set(words.filter((word) => word in errorCodes))];
}

/** The lines of gates: `✅`, `❌` or `⬜`, the gate's name, what was found. */
const GATE_LINE = /^- (\S+) \*\*([a-z-]+)\*\*: (.*)$/gm;
const PASSED: ReadonlyMap<string, boolean> = new Map([
  ["✅", true],
  ["❌", false],
]);

function gateLines(
  body: string,
): readonly { readonly sign: string; readonly gate: GateName; readonly found: string }[] {
  return [...body.matchAll(GATE_LINE)].flatMap(([, sign = "", name, found = ""]) => {
    const gate = GATE_NAMES.find((one) => one === name);
    return gate === undefined ? [] : [{ sign, gate, found }];
  });
}

/** The gates that a comment lists, and whether each is open. */
export function gatesIn(body: string): Readonly<Partial<Record<GateName, boolean>>> {
  return Object.fromEntries(
    gateLines(body).flatMap(({ sign, gate }) => {
      const passed = PASSED.get(sign);
      return passed === undefined ? [] : [[gate, passed]];
    }),
  );
}

/** The closed gates that a comment lists. */
export function closedGatesIn(body: string): readonly GateName[] {
  return gateLines(body).flatMap(({ sign, gate }) => (PASSED.get(sign) === false ? [gate] : []));
}

/** What was found at a gate: to look for logins, commits, plan ids and names of checks in it. */
export function foundAtGate(body: string, gate: GateName): string {
  return gateLines(body).find((line) => line.gate === gate)?.found ?? "";
}

/** The facts in a comment's hidden line `<!-- gatewright:KIND {…} -->`; undefined when there is none. */
export function factsIn(body: string, kind: string): unknown {
  const json = new RegExp(`^<!-- gatewright:${kind} ([[{].*) -->$`, "m").exec(body)?.[1];
  return json === undefined ? undefined : JSON.parse(json);
}

/** Whether a hidden line of this kind is in the body of a comment or an issue. */
export function isMarked(body: string | null | undefined, kind: string): boolean {
  return (body ?? "").includes(`<!-- gatewright:${kind} `);
}

/** The outputs that an apply comment lists: `ApiId` of `my-api` → `a1b2c3`. */
export function outputsIn(body: string): ReadonlyMap<string, string> {
  const lines = body.matchAll(/^- \*\*(\w+)\*\* \w+ `([^`]+)`: [`<]([^`>]+)[`>]/gm);
  return new Map([...lines].map(([, output = "", name = "", value = ""]) => [`${output} ${name}`, value]));
}

/** The cells of every row of every table, heads and delimiters left out; code spans without their backticks. */
export function rowsIn(body: string): readonly (readonly string[])[] {
  const lines = body.split("\n");
  return lines
    .map((line, index) => ({ line, below: lines[index + 1] ?? "" }))
    .filter(({ line, below }) => /^\|.*\|$/.test(line) && !isDelimiter(line) && !isDelimiter(below))
    .map(({ line }) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replace(/^`(.*)`$/, "$1")),
    );
}

function isDelimiter(line: string): boolean {
  return /^\|(?:\s*:?-+:?\s*\|)+$/.test(line);
}
