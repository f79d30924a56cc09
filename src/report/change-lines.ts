/**
 * A change as lines of a `diff` block, which GitHub colours: `-` before, `+` after, `!` for a change that has no values to
 * show.
 */
import type { Change, ShownPropertyChange } from "../model/plan.ts";
import type { JsonValue } from "../model/values.ts";
import { clipOne, clipPair } from "../text/clip-pair.ts";
import { visible } from "../text/escape.ts";
import { diffLines, withContext } from "../text/line-diff.ts";
import { CODE_HASH, CODE_IMAGE, codeWords } from "./words/code-words.ts";
import { atMost, plural } from "../text/words.ts";
import { isOneLine, keyLines, oneLine, SENSITIVE, valueLines } from "../text/yaml.ts";

interface DiffOptions {
  /** The longest value to show, in characters. */
  readonly maxValue?: number | undefined;
  /** Most lines; the last one counts the lines left out. */
  readonly maxLines?: number | undefined;
}

const CONTEXT = 3;
/** Names of changed files. */
const MOST_FILES = 12;
const OWNERSHIP_TAG = /^Tags\.gc-[a-z-]+$/;

/** The lines for one change; none for a delete or a change without properties. */
export function changeLines(change: Change, options: DiffOptions = {}): readonly string[] {
  const max = options.maxValue ?? 200;
  if (change.redeploy === true) return ["! deployed again: what it serves changes"];
  const all = change.properties.filter(({ path }) => path !== "Served");
  const shown = all.filter(({ byDefault }) => byDefault !== true);
  const defaults = all.length - shown.length;
  const folded = shown.filter(isOwnership);
  const lines = [
    ...shown
      .filter((property) => !isOwnership(property))
      .flatMap((property) =>
        property.path === CODE_HASH && change.codeSize !== undefined
          ? [`${property.before === undefined ? "+" : "!"} ${visible(codeWords(change, MOST_FILES))}`]
          : propertyLines(property, max, noteOf(property, change)),
      ),
    ...ownershipLines(folded),
    ...(defaults === 0 ? [] : [`@@ ${plural(defaults, "default")} of AWS left out @@`]),
  ];
  const more = (left: number): string => `@@ … and ${plural(left, "more line")} @@`;
  return atMost(options.maxLines ?? lines.length, lines, (line) => line, more);
}

/** True for an ownership tag that is added or removed. If its value changes, the owner changes: that is shown in full. */
function isOwnership({ path, before, after }: ShownPropertyChange): boolean {
  return OWNERSHIP_TAG.test(path) && (before === undefined || after === undefined);
}

function ownershipLines(tags: readonly ShownPropertyChange[]): readonly string[] {
  const added = tags.filter(({ before }) => before === undefined).length;
  const removed = tags.length - added;
  return [
    ...(removed === 0 ? [] : [`- ${plural(removed, "gc-* ownership tag")}`]),
    ...(added === 0 ? [] : [`+ ${plural(added, "gc-* ownership tag")}`]),
  ];
}

/** What stands behind the new value. */
function noteOf({ path, replaces }: ShownPropertyChange, { image }: Change): string {
  const tag = path === CODE_IMAGE && image?.tag !== undefined ? `  # tag ${visible(image.tag)}` : "";
  return replaces ? `${tag}  # forces replacement` : tag;
}

function propertyLines(property: ShownPropertyChange, max: number, note: string): readonly string[] {
  const { before, after } = property;
  const path = visible(property.path);
  if (property.sensitive) return [sensitiveLine(path, before, after, note)];
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return signed("+", property.path, after ?? null, max, note);
  if (after === undefined) return signed("-", property.path, before, max, note);
  if (isOneLine(before) && isOneLine(after)) {
    const [old, next] = scalarPair(before, after, max);
    return [`- ${path}: ${old}`, `+ ${path}: ${next}${note}`];
  }
  return blockLines(path, before, after, max, note);
}

function sensitiveLine(
  path: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  note: string,
): string {
  if (before === undefined) return `+ ${path}: ${SENSITIVE}${note}`;
  if (after === undefined) return `- ${path}: ${SENSITIVE}${note}`;
  return `! ${path}: ${SENSITIVE}, changed${note}`;
}

function signed(
  sign: "+" | "-",
  path: string,
  value: JsonValue,
  max: number,
  note: string,
): readonly string[] {
  return keyLines(path, value).map((line, index) => {
    const text = clipOne(line, max + path.length + 2);
    return `${sign} ${text}${index === 0 ? note : ""}`;
  });
}

/** Both values as text. If they would look the same, as `"1"` and `1`, strings are quoted. */
function scalarPair(before: JsonValue, after: JsonValue, max: number): readonly [string, string] {
  const [old, next] = [oneLine(before), oneLine(after)];
  return old === next
    ? clipPair(visible(JSON.stringify(before)), visible(JSON.stringify(after)), max)
    : clipPair(old, next, max);
}

/** Lists, documents and long texts: the lines that differ, with some context. */
function blockLines(
  path: string,
  before: JsonValue,
  after: JsonValue,
  max: number,
  note: string,
): readonly string[] {
  let lines = diffLines(valueLines(before), valueLines(after));
  if (lines.every(({ sign }) => sign === " ")) lines = diffLines(jsonLines(before), jsonLines(after));
  const shown = withContext(pairwiseClipped(lines, max), CONTEXT);
  return [
    `  ${path}:${note}`,
    ...shown.map((line) =>
      typeof line === "number"
        ? `@@ ${plural(line, "unchanged line")} @@`
        : `${line.sign}   ${line.text}`.trimEnd(),
    ),
  ];
}

function jsonLines(value: JsonValue): readonly string[] {
  return JSON.stringify(value, undefined, 2).split("\n").map(visible);
}

type Lines = ReturnType<typeof diffLines>;

/** Shortens long lines, each removed line together with the added line that replaces it. */
function pairwiseClipped(lines: Lines, max: number): Lines {
  const result = lines.map(({ sign, text }) => ({ sign, text: clipOne(text, max) }));
  for (let index = 0; index < lines.length; ) {
    const start = index;
    while (lines[index]?.sign === "-") index += 1;
    const middle = index;
    while (lines[index]?.sign === "+") index += 1;
    for (let offset = 0; offset < Math.min(middle - start, index - middle); offset += 1) {
      const [old, next] = [lines[start + offset], lines[middle + offset]];
      if (old === undefined || next === undefined) continue;
      const [left, right] = clipPair(old.text, next.text, max);
      result[start + offset] = { sign: "-", text: left };
      result[middle + offset] = { sign: "+", text: right };
    }
    if (index === start) index += 1;
  }
  return result;
}
