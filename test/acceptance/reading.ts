/**
 * Reads the machine-readable parts of comments and logs: markers, codes, gates, ids. Tests look at these and not at the prose
 * around them, which may change at any time.
 */
import { errorCodes } from "../../src/model/error-codes.ts";
import { FIXED_GATES, GATE_NAMES, type GateName } from "../../src/model/gate.ts";
import { parseApplyMarker, parseMarker } from "../../src/report/markdown/marker.ts";

/** The state in the marker of a plan or apply comment; undefined for other comments. */
export function stateOf(body: string): string | undefined {
  return parseMarker(body)?.state ?? parseApplyMarker(body)?.state;
}

/** The number of changes of each kind: planned in a plan comment, completed in an apply comment. */
export function countsOf(body: string): Readonly<Record<string, number>> {
  return parseMarker(body)?.counts ?? parseApplyMarker(body)?.counts ?? {};
}

/** The plan id in a plan comment; the first stack's, unless a directory is given. */
export function planIdIn(body: string, directory?: string): string {
  const stacks = parseMarker(body)?.stacks ?? [];
  const stack = directory === undefined ? stacks[0] : stacks.find((one) => one.directory === directory);
  if (stack?.planId === undefined) throw new Error(`no plan in:\n${body}`);
  return stack.planId;
}

/** The error codes in a text, each once, in order of appearance. */
export function codesIn(text: string): readonly string[] {
  const words = text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b/g) ?? [];
  return [...new Set(words.filter((word) => word in errorCodes))];
}

/** A line for a gate: `✅`, `❌` or `⬜`, its name, and what was found. */
const GATE_LINE = /^- (\S+) \*\*([a-z-]+)\*\*: (.*)$/gm;
const PASSED: ReadonlyMap<string, boolean> = new Map([
  ["✅", true],
  ["❌", false],
]);

function gateLines(
  body: string,
): readonly { readonly sign: string; readonly gate: GateName; readonly found: string }[] {
  return [...body.matchAll(GATE_LINE)].flatMap(([, sign = "", name, found = ""]) => {
    const gate = [...GATE_NAMES, ...FIXED_GATES].find((one) => one === name);
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

/** What was found at a gate; for logins, commits, plan ids and names of checks in it. */
export function foundAtGate(body: string, gate: GateName): string {
  return gateLines(body).find((line) => line.gate === gate)?.found ?? "";
}

/** The data in a comment's hidden line `<!-- gatewright:KIND {…} -->`; undefined if there is none. */
export function factsIn(body: string, kind: string): unknown {
  const json = new RegExp(`^<!-- gatewright:${kind} ([[{].*) -->$`, "m").exec(body)?.[1];
  return json === undefined ? undefined : JSON.parse(json);
}

/** Whether the body of a comment or an issue contains a hidden line of this kind. */
export function isMarked(body: string | null | undefined, kind: string): boolean {
  return (body ?? "").includes(`<!-- gatewright:${kind} `);
}

/** The outputs in an apply comment by name and resource: `ApiId my-api` → `a1b2c3`; its address is `Endpoint`. */
export function outputsIn(body: string): ReadonlyMap<string, string> {
  const ids = rowsIn(body).flatMap(([output = "", resource = "", value = ""]): [string, string][] =>
    /^[A-Z]\w*Id$/.test(output) ? [[`${output} ${/^`([^`]+)`/.exec(resource)?.[1] ?? ""}`, value]] : [],
  );
  const endpoints = [...body.matchAll(/^\*\*Endpoint\*\*.*: [`<]([^`>]+)[`>]/gm)];
  return new Map([...endpoints.map(([, value = ""]): [string, string] => ["Endpoint", value]), ...ids]);
}

/** The cells of all table rows, without heads and delimiters; code spans without their backticks. */
export function rowsIn(body: string): readonly (readonly string[])[] {
  const lines = body.split("\n");
  return lines
    .map((line, index) => ({ line, below: lines[index + 1] ?? "" }))
    .filter(({ line, below }) => /^\|.*\|$/.test(line) && !isDelimiter(line) && !isDelimiter(below))
    .map(({ line }) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => unwrapped(cell.trim()).replace(/^`([^`]*)`$/, "$1")),
    );
}

/** A long name or value that may wrap, as the code span that it stands for. */
function unwrapped(cell: string): string {
  return cell.replace(
    /<code>(.*?)<\/code>/g,
    (_, code: string) =>
      `\`${code
        .replaceAll("<wbr>", "")
        .replace(/&#(\d+);/g, (_entity, point: string) => String.fromCodePoint(Number(point)))}\``,
  );
}

function isDelimiter(line: string): boolean {
  return /^\|(?:\s*:?-+:?\s*\|)+$/.test(line);
}
