/** Formats JSON values as YAML-like text. Quotes strings that could be misread. */
import { isGenerated, isObject, isUnknown, type JsonValue } from "../model/values.ts";
import { visible } from "./escape.ts";

const KNOWN_AFTER_APPLY = "(known after apply)";
export const SENSITIVE = "(sensitive)";
const GENERATED = "(generated)";

/** Strings that need quotes: empty, or they look like another type or like YAML syntax, or begin or end with a space. */
const AMBIGUOUS = /^$|^\s|\s$|^(?:true|false|null|~)$|^["'`([{|>&*!%#?]|^- |: |:$| #/;

/** Always one line: newlines and invisible characters are escaped. */
function scalarText(value: null | boolean | number | string): string {
  if (typeof value !== "string") return String(value);
  // The placeholders for a password or a secret are shown as they are.
  if (value === GENERATED || value === SENSITIVE) return value;
  const seen = visible(value);
  return AMBIGUOUS.test(value) || seen !== value ? visible(JSON.stringify(value)) : value;
}

function special(value: JsonValue): string | undefined {
  if (isUnknown(value)) return KNOWN_AFTER_APPLY;
  if (isGenerated(value)) return GENERATED;
  if (Array.isArray(value)) return value.length === 0 ? "[]" : undefined;
  if (isObject(value)) return Object.keys(value).length === 0 ? "{}" : undefined;
  return undefined;
}

/** True if the value fits on the line after `key: `. */
export function isOneLine(value: JsonValue): boolean {
  return special(value) !== undefined || (typeof value !== "object" && !isText(value));
}

/** A multi-line string, shown as a block. */
function isText(value: JsonValue): value is string {
  return typeof value === "string" && value.trimEnd().includes("\n");
}

/** The text after `key: ` for a value that fits on the line. */
export function oneLine(value: JsonValue): string {
  return special(value) ?? (typeof value === "object" ? JSON.stringify(value) : scalarText(value));
}

/** `key: value`, or `key:` with the value indented below it. */
export function keyLines(key: string, value: JsonValue, indent = ""): readonly string[] {
  const name = visible(key);
  if (isOneLine(value)) return [`${indent}${name}: ${oneLine(value)}`];
  if (isText(value)) return [`${indent}${name}: |`, ...textLines(value, `${indent}  `)];
  return [`${indent}${name}:`, ...valueLines(value, `${indent}  `)];
}

/** The lines of any value. */
export function valueLines(value: JsonValue, indent = ""): readonly string[] {
  if (isOneLine(value)) return [`${indent}${oneLine(value)}`];
  if (isText(value)) return textLines(value, indent);
  if (Array.isArray(value)) return value.flatMap((element) => elementLines(element, indent));
  return isObject(value) ? Object.entries(value).flatMap(([key, inner]) => keyLines(key, inner, indent)) : [];
}

function elementLines(element: JsonValue, indent: string): readonly string[] {
  if (isText(element)) return [`${indent}- |`, ...textLines(element, `${indent}  `)];
  // The dash goes before the element's first line.
  return valueLines(element, `${indent}  `).map((line, index) =>
    index === 0 ? `${indent}- ${line.slice(indent.length + 2)}` : line,
  );
}

function textLines(text: string, indent: string): readonly string[] {
  return text.split("\n").map((line) => `${indent}${visible(line)}`);
}
