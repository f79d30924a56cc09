/** The functions that `properties` receives: getId, generatePassword, multiline. */
import type { GuestMark } from "../protocol.ts";
import { Problem, shown } from "./problem.ts";

export interface SpecFunctions {
  readonly getId: (reference: unknown) => string;
  readonly generatePassword: (options?: unknown) => string;
  readonly multiline: (first: unknown, ...values: readonly unknown[]) => string;
}

/** Adds to the list of markers; the text that it returns stands for the entry at that index. */
type Mark = (one: GuestMark) => string;

export function makeMark(nonce: string, marks: GuestMark[], maxMarks: number): Mark {
  return (one) => {
    if (marks.length >= maxMarks) throw new Problem("SPEC_TOO_LARGE", `more than ${maxMarks} references`);
    marks.push(one);
    return `\uE000${nonce}:${marks.length - 1}\uE001`;
  };
}

/** `config.parameter(name)` and `config.secret(name, {key})`: values that AWS stores. */
export interface StoredFunctions {
  readonly parameter: (name: unknown, options?: unknown) => string;
  readonly secret: (name: unknown, options?: unknown) => string;
}

export function makeStored(mark: Mark): StoredFunctions {
  const checked = (what: string, name: unknown): string => {
    if (typeof name === "string" && /^[^\s\p{Cc}\uE000\uE001]{1,2048}$/u.test(name)) return name;
    throw new Problem(
      "VALUE_INVALID",
      `config.${what} was called with ${shown(name)}; accepted: a name without spaces`,
      `Write config.${what}("/shop/${what === "secret" ? "stripe" : "table"}").`,
    );
  };
  return {
    parameter: (name, options) => {
      if (options === undefined)
        return mark({ from: "parameter", name: checked("parameter", name), key: "" });
      throw new Problem(
        "VALUE_INVALID",
        `config.parameter was called with ${shown(options)} besides the name; accepted: a name`,
        "Only a secret has keys: config.secret(name, {key}).",
      );
    },
    secret: (name, options) => {
      const given = typeof options === "object" && options !== null ? (options as { key?: unknown }) : {};
      const { key = "" } = given;
      if (typeof key === "string") return mark({ from: "secret", name: checked("secret", name), key });
      throw new Problem("VALUE_INVALID", `config.secret has the key ${shown(key)}; accepted: text`);
    },
  };
}

export function makeFunctions(mark: Mark): SpecFunctions {
  return {
    getId: (reference) => mark({ ...checkReference(reference), frame: callerFrame() }),
    generatePassword: (options) => mark({ generated: passwordLength(options) }),
    multiline,
  };
}

const REFERENCE_FORM = `getId({type: "Api", group: "ApiGatewayV2", name: "my-api", path: "id"})`;

function checkReference(reference: unknown): { type: string; name: string; path: string; suffix: string } {
  const given =
    typeof reference === "object" && reference !== null ? (reference as Record<string, unknown>) : {};
  const { type, group, name, path = "id", suffix = "" } = given;
  const text = (key: string, value: unknown, mayBeEmpty = false): string => {
    if (typeof value === "string" && (mayBeEmpty || value !== "")) return value;
    const problem = value === undefined ? `has no ${key}` : `has the ${key} ${shown(value)}`;
    throw new Problem(
      "REFERENCE_INVALID",
      `getId(${shown(reference)}) ${problem}; accepted: text`,
      `Write ${REFERENCE_FORM}.`,
    );
  };
  return {
    type: `${text("group", group)}::${text("type", type)}`,
    name: text("name", name),
    path: text("path", path),
    suffix: text("suffix", suffix, true),
  };
}

function passwordLength(options: unknown): number {
  const given = typeof options === "object" && options !== null ? (options as Record<string, unknown>) : {};
  const { length = 16 } = given;
  if (typeof length === "number" && Number.isInteger(length) && length >= 8 && length <= 1024) return length;
  throw new Problem(
    "PASSWORD_INVALID",
    `generatePassword was called with the length ${shown(length)}; accepted: a whole number from 8 to 1024`,
  );
}

/** The first stack line outside the prelude: the user's. */
export function callerFrame(stack: string | undefined = new Error().stack): string {
  return stack?.split("\n").find((line) => line.includes(":") && !line.includes("gatewright:")) ?? "";
}

/**
 * Text over several lines, without the indentation they have in common: from a tagged template, from the comment in a
 * function's body (``multiline(() => {/* … *​/})``), or from what the function returns.
 */
export function multiline(first: unknown, ...values: readonly unknown[]): string {
  if (Array.isArray(first)) {
    return dedent(
      first.reduce<string>((text, part, index) => text + String(values[index - 1] ?? "") + part, ""),
    );
  }
  if (typeof first === "string") return dedent(first);
  if (typeof first === "function") {
    const comment = /\/\*!?([\s\S]*?)\*\//.exec(Function.prototype.toString.call(first))?.[1];
    return dedent(comment ?? String(first()));
  }
  throw new Problem(
    "MULTILINE_INVALID",
    `multiline was called with ${shown(first)}; accepted: a function with the text in a comment, or a template literal`,
  );
}

function dedent(text: string): string {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  while (lines.length > 0 && lines[0]?.trim() === "") lines.shift();
  while (lines.length > 0 && lines.at(-1)?.trim() === "") lines.pop();
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => line.length - line.trimStart().length);
  const common = Math.min(...indents);
  return lines.map((line) => line.slice(common)).join("\n");
}
