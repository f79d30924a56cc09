/** The Changes column: a change in a few words, with short values. */
import type { Change, ShownPropertyChange } from "../../../model/plan.ts";
import { nameOf } from "../../../model/plan.ts";
import { wrappingCode } from "../../../text/escape.ts";
import { prose } from "../../../text/prose.ts";
import { plural } from "../../../text/words.ts";
import { CODE_HASH, codeWords } from "../../code-words.ts";
import { createWords } from "../../create-words.ts";
import { reasonText, replacedBy } from "../../reason.ts";
import { isOneLine, oneLine } from "../../../text/yaml.ts";

/** The longest value shown before and after. */
const SHORT = 32;
const MOST_VALUES = 2;
const MOST_NAMES = 3;

/** Markdown on one line. `changes` is the whole plan, for the names of what a change points to. */
export function changeCell(change: Change, changes: readonly Change[]): string {
  const { action, adopts, id, properties, withParent, after } = change;
  if (change.redeploy === true) return "what it serves changes";
  if (action === "delete") {
    if (withParent === true) return `deleted with ${wrappingCode(nameOf(after[0] ?? ""), 80)}`;
    return prose(reasonText(change), { max: 160, narrow: true });
  }
  const replaced = replacedBy(change);
  if (replaced !== undefined) return `${wrappingCode(nameOf(replaced), 80)} is replaced`;
  if (action === "create") {
    const built = codeWords(change);
    const words = [...createWords(change, changes), ...(built === undefined ? [] : [`code of ${built}`])].map(
      (text) => prose(text, { max: 80, narrow: true }),
    );
    return words.length > 0
      ? words.join(", ")
      : plural(properties.filter(notOwnership).length, "property", "properties");
  }
  const forced = properties.filter(({ replaces }) => replaces);
  const shown = action === "replace" && forced.length > 0 ? forced : properties.filter(notOwnership);
  return [
    ...(adopts === true ? [`takes over ${wrappingCode(id ?? "it", 60)}`] : []),
    ...(action === "replace" && forced.length === 0 && reasonText(change) !== ""
      ? [prose(reasonText(change), { max: 160, narrow: true })]
      : propertiesInWords(shown, change)),
  ].join("; ");
}

function notOwnership({ path }: ShownPropertyChange): boolean {
  return !path.startsWith("Tags.gc-");
}

/** True if the table shows the complete change, so that a diff would add nothing. */
export function cellTellsAll(change: Change): boolean {
  const { properties } = change;
  return properties.length <= MOST_VALUES && properties.every((property) => saysValues(property, change));
}

function saysValues(property: ShownPropertyChange, change: Change): boolean {
  return property.path !== CODE_HASH && short(property, change) !== undefined;
}

function propertiesInWords(properties: readonly ShownPropertyChange[], change: Change): readonly string[] {
  const described = properties.map((property) => short(property, change));
  if (properties.length <= MOST_VALUES && described.every((text) => text !== undefined)) {
    return described.filter((text) => text !== undefined);
  }
  const names = [...new Set(properties.map((property) => label(property, change)))];
  const rest = names.length - MOST_NAMES;
  return [
    [
      ...names.slice(0, MOST_NAMES),
      ...(rest > 0 ? [plural(rest, "more property", "more properties")] : []),
    ].join(", "),
  ];
}

/** A longer path would widen the table beyond a phone's screen: its end is what tells it from others; the diff has all of it. */
const WIDEST_PATH = 22;

function pathCode(path: string): string {
  const end = /[^.]+$/.exec(path)?.[0] ?? path;
  return wrappingCode(path.length > WIDEST_PATH && end !== path ? `…${end}` : path, 60);
}

/** Shows a code hash as the word "code", with where it was built. */
function label({ path }: ShownPropertyChange, change: Change): string {
  if (path !== CODE_HASH) return pathCode(path);
  const built = codeWords(change);
  return built === undefined ? "code" : `code of ${prose(built, { max: 80, narrow: true })}`;
}

function short(property: ShownPropertyChange, change: Change): string | undefined {
  const { path, before, after, sensitive } = property;
  if (path === CODE_HASH || sensitive) return label(property, change);
  if (before !== undefined && !isOneLine(before)) return undefined;
  if (after !== undefined && !isOneLine(after)) return undefined;
  const [old, next] = [before, after].map((value) => (value === undefined ? undefined : oneLine(value)));
  if ((old?.length ?? 0) > SHORT || (next?.length ?? 0) > SHORT || old === next) return undefined;
  if (old === undefined) return `${pathCode(path)}: set to ${wrappingCode(next ?? "")}`;
  if (next === undefined) return `${pathCode(path)}: ${wrappingCode(old)} removed`;
  return `${pathCode(path)}: ${wrappingCode(old)} → ${wrappingCode(next)}`;
}
