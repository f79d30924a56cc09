/**
 * The grammar of commands in comments. Pure: text → the command, or the mistake in it.
 *
 * One command per comment, at the start of a line. Code blocks, quotes and HTML comments are not read, so that an
 * explanation, a quotation or a bot's own footer never runs anything. A second command is refused, not ignored.
 */
import { distance } from "fastest-levenshtein";
import { STAGE_FORM, STAGE_PATTERN } from "../../../src/model/stage.ts";
import { COMMANDS, type Command, type CommandName, SHAPES, type Shape } from "./commands.ts";
import { readableLines } from "./readable-lines.ts";

export type Parsed =
  | { readonly kind: "none" }
  | { readonly kind: "command"; readonly command: Command; readonly text: string }
  | { readonly kind: "mistake"; readonly text: string; readonly error: Mistake };

/** A mistake in a command, as shown to the person who sent it. */
export interface Mistake {
  readonly code: "COMMAND_UNKNOWN" | "COMMAND_INVALID" | "COMMAND_SEVERAL";
  readonly message: string;
  readonly hint: string;
}

const PLAN_ID = /^[0-9a-f]{12}$/;
const TYPE = /^[A-Za-z0-9]+::[A-Za-z0-9]+$/;
const DIRECTORY = /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[\w./@ -]+$/;
/** `/word` alone or before a space: not a path (`/usr/bin`), not a regular expression. */
const LINE = /^\/([A-Za-z][A-Za-z-]*)(?=\s|$)/;

/** The command in a comment. */
export function parseComment(body: string): Parsed {
  const lines = readableLines(body).filter((line) => LINE.test(line));
  const known = lines.filter((line) => nearest(wordOf(line)) !== undefined);
  const [first, second] = known;
  if (first === undefined) return { kind: "none" };
  if (second !== undefined) {
    return mistake(
      "COMMAND_SEVERAL",
      first,
      `two commands in one comment: \`${first}\` and \`${second}\``,
      "Send one command per comment.",
    );
  }
  return parseLine(first.trim());
}

function wordOf(line: string): string {
  return LINE.exec(line)?.[1] ?? "";
}

/** The command that a word names or is a likely typo of. Words unlike any command belong to other bots. */
function nearest(word: string): CommandName | undefined {
  const lower = word.toLowerCase();
  const exact = COMMANDS.find((name) => name === lower);
  if (exact !== undefined) return exact;
  const ranked = COMMANDS.map((name) => ({ name, away: distance(lower, name) })).sort(
    (one, other) => one.away - other.away,
  );
  const best = ranked[0];
  return best !== undefined && best.away <= (best.name.length > 4 ? 2 : 1) ? best.name : undefined;
}

function mistake(code: Mistake["code"], text: string, message: string, hint: string): Parsed {
  return { kind: "mistake", text, error: { code, message, hint } };
}

function parseLine(line: string): Parsed {
  const word = wordOf(line);
  const name = nearest(word);
  if (name === undefined) return { kind: "none" };
  if (name !== word)
    return mistake("COMMAND_UNKNOWN", line, `\`/${word}\` is not a command`, `Did you mean \`/${name}\`?`);
  const shape = SHAPES[name];
  const usage = `Usage: \`${shape.usage}\``;
  const fields: { -readonly [K in keyof Command]?: Command[K] } = {};
  const rest: string[] = [];
  const words = line
    .slice(word.length + 1)
    .split(/\s+/)
    .filter((one) => one !== "");
  for (let index = 0; index < words.length; index += 1) {
    const one = words[index] ?? "";
    const option = optionOf(one, shape);
    if (option === "unknown")
      return mistake("COMMAND_INVALID", line, `\`${one}\` is not an option of \`/${name}\``, usage);
    if (option === undefined) {
      rest.push(one);
      continue;
    }
    index += 1;
    const value = words[index];
    if (value === undefined || !option.form.test(value))
      return mistake(
        "COMMAND_INVALID",
        line,
        `\`${one}\` needs ${option.needs}, not ${value === undefined ? "nothing" : `\`${value}\``}`,
        usage,
      );
    if (fields[option.field] !== undefined)
      return mistake("COMMAND_INVALID", line, `\`${one}\` appears twice`, usage);
    fields[option.field] = value;
  }
  const argument = rest.join(" ");
  if (shape.argument === undefined && argument !== "")
    return mistake("COMMAND_INVALID", line, `\`/${name}\` does not take \`${argument}\``, usage);
  if (shape.argument !== undefined && argument === "" && shape.required === true)
    return mistake(
      "COMMAND_INVALID",
      line,
      `\`/${name}\` needs ${shape.argument === "reason" ? "a reason" : "the name of a resource"}`,
      usage,
    );
  if (shape.argument === "planId" && argument !== "" && !PLAN_ID.test(argument)) {
    return mistake(
      "COMMAND_INVALID",
      line,
      `\`${argument}\` is not a plan id`,
      `A plan id is 12 hex digits, as in the plan comment. ${usage}`,
    );
  }
  if (shape.argument === "resource" && rest.length > 1)
    return mistake("COMMAND_INVALID", line, `\`/${name}\` takes one name, not ${rest.length}`, usage);
  if (shape.argument !== undefined && argument !== "") fields[shape.argument] = argument;
  return { kind: "command", text: line, command: { ...fields, name } };
}

interface Option {
  readonly field: "stage" | "directory" | "type";
  readonly form: RegExp;
  readonly needs: string;
}

function optionOf(word: string, shape: Shape): Option | "unknown" | undefined {
  if (word === "-s" || word === "--stage")
    return { field: "stage", form: STAGE_PATTERN, needs: `a stage's name (${STAGE_FORM})` };
  if (word === "-d" || word === "--directory")
    return { field: "directory", form: DIRECTORY, needs: "a directory of the repository" };
  if (shape.type === true && (word === "-t" || word === "--type"))
    return { field: "type", form: TYPE, needs: "a type such as ApiGatewayV2::Route" };
  // A reason is prose: a dash in it starts no option.
  return /^--?[A-Za-z]/.test(word) && shape.argument !== "reason" ? "unknown" : undefined;
}
