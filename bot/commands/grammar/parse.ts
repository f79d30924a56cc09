/**
 * The grammar of commands in comments. Pure: text → the command, or the mistake in it.
 *
 * One command per comment, at the start of a line. Code blocks, quotes and HTML comments are not read, so that an
 * explanation, a quotation or a bot's own footer never runs anything. A second command is refused, not ignored.
 */
import { distance } from "fastest-levenshtein";
import { PLAN_NAME } from "../../../src/model/plan.ts";
import { COMMANDS, type Command, type CommandName, SHAPES, type Shape } from "./commands.ts";
import { optionOf, withoutSentenceEnd } from "./options.ts";
import { readableLines } from "./readable-lines.ts";
import { type Word, wordsOf } from "./words.ts";

export type Parsed =
  | { readonly kind: "none" }
  | { readonly kind: "command"; readonly command: Command; readonly text: string }
  | { readonly kind: "mistake"; readonly text: string; readonly error: Mistake };

/** A mistake in a command, as shown to the person who sent it. */
interface Mistake {
  readonly code: "COMMAND_UNKNOWN" | "COMMAND_INVALID" | "COMMAND_SEVERAL";
  readonly message: string;
  readonly hint: string;
}

/** `/word` alone or before a space: not a path (`/usr/bin`), not a regular expression. A sentence's end does no harm. */
const LINE = /^\/([A-Za-z][A-Za-z-]*)[.,;:!?…]*(?=\s|$)/;

/** The command in a comment. */
export function parseComment(body: string): Parsed {
  const known = readableLines(body).filter((line) => nearest(wordOf(line)) !== undefined);
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
  return parseLine(first);
}

function wordOf(line: string): string {
  return LINE.exec(line)?.[1] ?? "";
}

/** Commands of widely used bots that look like a typo of one of ours. */
const OTHER_BOTS: ReadonlySet<string> = new Set(["rebase", "review"]);

/** The command that a word names or is a likely typo of. Words unlike any command belong to other bots. */
function nearest(word: string): CommandName | undefined {
  const lower = word.toLowerCase();
  if (OTHER_BOTS.has(lower)) return undefined;
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
  const rest: Word[] = [];
  const words = wordsOf(line.replace(LINE, ""));
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined) break;
    const option = optionOf(word, shape);
    if (option === "unknown")
      return mistake("COMMAND_INVALID", line, `\`${word.option}\` is not an option of \`/${name}\``, usage);
    if (option === undefined) {
      rest.push(word);
      continue;
    }
    if (word.joined !== true) index += 1;
    const given = word.joined === true ? word : words[index];
    const value = given === undefined ? undefined : option.read(given.value);
    if (value === undefined)
      return mistake(
        "COMMAND_INVALID",
        line,
        `\`${word.option}\` needs ${option.needs}, not ${given === undefined ? "nothing" : `\`${given.value}\``}`,
        usage,
      );
    if (fields[option.field] === undefined) fields[option.field] = value;
    else if (option.field === "stage" && shape.stages === true)
      fields.alsoStages = [...(fields.alsoStages ?? []), value];
    else return mistake("COMMAND_INVALID", line, `\`${word.option}\` appears twice`, usage);
  }
  const wrong = readArgument(shape, name, rest, fields);
  return wrong === undefined
    ? { kind: "command", text: line, command: { ...fields, name } }
    : mistake("COMMAND_INVALID", line, wrong.message, wrong.hint);
}

/** Reads the words that belong to no option into the command's fields; returns what is wrong with them. */
function readArgument(
  shape: Shape,
  name: CommandName,
  rest: readonly Word[],
  fields: { -readonly [K in keyof Command]?: Command[K] },
): { readonly message: string; readonly hint: string } | undefined {
  // The rest of a directory's name that has spaces and no quotes.
  const usage = `${fields.directory !== undefined && rest.length > 0 ? 'Put a directory with spaces in quotes: `-d "my apis/shop"`. ' : ""}Usage: \`${shape.usage}\``;
  const written = rest.map((word) => word.written).join(" ");
  switch (shape.argument) {
    case undefined:
      return withoutSentenceEnd(written) === ""
        ? undefined
        : { message: `\`/${name}\` does not take \`${written}\``, hint: usage };
    case "off": {
      const word = withoutSentenceEnd(written);
      if (word === "off") fields.off = true;
      return word === "" || word === "off"
        ? undefined
        : { message: `\`/${name}\` does not take \`${written}\``, hint: usage };
    }
    case "reason":
      if (written === "") return { message: `\`/${name}\` needs a reason`, hint: usage };
      fields.reason = written;
      return undefined;
    case "resource": {
      const [resource, another] = rest;
      if (resource === undefined)
        return { message: `\`/${name}\` needs the name of a resource`, hint: usage };
      if (another !== undefined)
        return { message: `\`/${name}\` takes one name, not ${rest.length}`, hint: usage };
      fields.resource = resource.value;
      return undefined;
    }
    case "planId": {
      const planId = withoutSentenceEnd(written);
      if (planId === "") return undefined;
      if (!PLAN_NAME.test(planId))
        return {
          message: `\`${written}\` is not a plan id`,
          hint: `A plan id is 12 hex digits, as in the plan comment. ${usage}`,
        };
      if (fields.alsoStages !== undefined)
        return {
          message: `the plan \`${planId}\` is of one stage, and the command names ${fields.alsoStages.length + 1}`,
          hint: `Leave the plan id out: each stage applies the plan that was reviewed. ${usage}`,
        };
      fields.planId = planId;
      return undefined;
    }
  }
}
