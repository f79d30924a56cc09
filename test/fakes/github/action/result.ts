import { readFileSync } from "node:fs";
import type { ActionEnvironment } from "./environment.ts";

/** An annotation as a workflow command makes it. */
export interface ActionAnnotation {
  readonly level: "error" | "warning" | "notice";
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly col?: number;
  readonly endColumn?: number;
}

/** What a step left behind. */
export interface ActionResult {
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** Variables set for later steps. */
  readonly exported: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly ActionAnnotation[];
  readonly debug: readonly string[];
  readonly groups: readonly string[];
  readonly masks: readonly string[];
  /** The log as GitHub shows it: without commands, masked values as `***`. */
  readonly log: string;
}

/** GitHub shows at most this much of a step's summary; a larger one is not uploaded at all. */
const largestSummary = 1024 * 1024;

/** Reads a file of `name=value` lines and `name<<delimiter` blocks as the runner does. */
export function parseFileCommand(content: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = content.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line === "") continue;
    const equals = line.indexOf("=");
    const heredoc = line.indexOf("<<");
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const end = lines.indexOf(line.slice(heredoc + 2), index + 1);
      if (end < 0)
        throw new Error(`Invalid value. Matching delimiter not found '${line.slice(heredoc + 2)}'`);
      values[line.slice(0, heredoc)] = lines.slice(index + 1, end).join("\n");
      index = end;
    } else if (equals > 0) values[line.slice(0, equals)] = line.slice(equals + 1);
    else throw new Error(`Invalid format '${line}'`);
  }
  return values;
}

const unescapeData = (value: string): string =>
  value.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
const unescapeProperty = (value: string): string =>
  unescapeData(value.replaceAll("%3A", ":").replaceAll("%2C", ","));

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** A workflow command (`::error file=a.js,line=1::text`), or `undefined` for a line of the log. */
export function parseCommand(line: string): Command | undefined {
  const match = /^::([\w-]+)(?: (.*?))?::(.*)$/s.exec(line.trimStart());
  if (!match) return undefined;
  const [, name = "", properties = "", message = ""] = match;
  const pairs = properties.split(",").flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals < 0 ? [] : [[pair.slice(0, equals).trim(), unescapeProperty(pair.slice(equals + 1))]];
  });
  return { name, properties: Object.fromEntries(pairs), message: unescapeData(message) };
}

function annotation(level: ActionAnnotation["level"], { properties, message }: Command): ActionAnnotation {
  const { title, file, line, endLine, col, endColumn } = properties;
  return {
    level,
    message,
    ...(title ? { title } : {}),
    ...(file ? { file } : {}),
    ...(line ? { line: Number(line) } : {}),
    ...(endLine ? { endLine: Number(endLine) } : {}),
    ...(col ? { col: Number(col) } : {}),
    ...(endColumn ? { endColumn: Number(endColumn) } : {}),
  };
}

/** Collects what a step wrote: to its files, and as workflow commands to its standard output. */
export function readActionResult({ env }: Pick<ActionEnvironment, "env">, stdout: string): ActionResult {
  const file = (name: string): string => readFileSync(env[name] ?? "", "utf8");
  const found = { annotations: [] as ActionAnnotation[], debug: [] as string[], groups: [] as string[] };
  const masks: string[] = [];
  const log: string[] = [];
  for (const line of stdout.split(/\r?\n/)) {
    const command = parseCommand(line);
    const name = command?.name;
    if (!command) log.push(line);
    else if (name === "error" || name === "warning" || name === "notice") {
      found.annotations.push(annotation(name, command));
      log.push(command.message);
    } else if (name === "debug") found.debug.push(command.message);
    else if (name === "add-mask") masks.push(command.message);
    else if (name === "group") found.groups.push(command.message);
    else if (name === "set-output" || name === "save-state" || name === "set-env")
      throw new Error(`the workflow command ${name} is disabled on GitHub: write to the file instead`);
  }
  const summary = file("GITHUB_STEP_SUMMARY");
  if (Buffer.byteLength(summary) > largestSummary)
    throw new Error(`the summary has ${Buffer.byteLength(summary)} bytes, GitHub takes ${largestSummary}`);
  const masked = masks.reduce((text, mask) => (mask ? text.replaceAll(mask, "***") : text), log.join("\n"));
  return {
    ...found,
    masks,
    summary,
    outputs: parseFileCommand(file("GITHUB_OUTPUT")),
    state: parseFileCommand(file("GITHUB_STATE")),
    exported: parseFileCommand(file("GITHUB_ENV")),
    log: masked,
  };
}
