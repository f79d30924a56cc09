/** Output of `gatewright list`: a box for each type, then a table of all names and the counts. */
import type { Live } from "../../resources/type.ts";
import { canonicalJson, isEmpty, isObject, type JsonObject, type JsonValue } from "../../model/values.ts";
import { box, columnsBox } from "./box.ts";
import { visible } from "../../text/escape.ts";
import { plural } from "../../text/words.ts";
import { keyLines, SENSITIVE } from "../../text/yaml.ts";
import { columns } from "../../text/width.ts";
import { own } from "../../model/own.ts";

/** A resource from `listStack`. */
export interface ListedResource {
  readonly live: Pick<Live, "type" | "name" | "id" | "attributes">;
  readonly managedByUs: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

interface ListingOptions {
  /** Columns; default 86. */
  readonly width?: number | undefined;
  /** Dotted paths of values to mask, by type: the type's `sensitive`. */
  readonly sensitive?: ((type: string) => readonly string[]) | undefined;
}

/** AWS is the only provider; the label leaves room for others. */
const PROVIDER = "aws";

/** Ends with a newline. */
export function renderListing(listed: readonly ListedResource[], options: ListingOptions = {}): string {
  const byType = new Map<string, ListedResource[]>();
  for (const one of listed) byType.set(one.live.type, [...(byType.get(one.live.type) ?? []), one]);
  const types = [...byType].sort(([left], [right]) => (left < right ? -1 : 1));
  const names = types.map(
    ([type, all]) => [visible(type), all.map(({ live }) => visible(live.name))] as const,
  );
  const width = Math.max(40, options.width ?? 86);
  const boxes = types.flatMap(([type, all]) => [
    ...box(`${all.length} ${visible(type)} from ${PROVIDER}`, typeLines(all, options), width),
    "",
  ]);
  const widest = Math.max(...names.flatMap(([, all]) => all.map(columns)), 0);
  const longest = Math.max(...names.map(([type]) => columns(type)), 0);
  return [
    ...boxes,
    "List Summary:",
    `Provider: ${PROVIDER}`,
    ...(names.length === 0
      ? []
      : columnsBox(PROVIDER, names, Math.max(width, Math.min(120, widest + longest + 7)))),
    `${plural(listed.length, "resource")}, ${plural(types.length, "type")}, ${plural(1, "provider")}`,
    "",
  ].join("\n");
}

function typeLines(resources: readonly ListedResource[], options: ListingOptions): readonly string[] {
  return resources.flatMap((resource, index) => [
    ...(index === 0 ? [] : [""]),
    ...resourceLines(resource, options.sensitive?.(resource.live.type) ?? []),
  ]);
}

function resourceLines(
  { live, managedByUs, tags }: ListedResource,
  hidden: readonly string[],
): readonly string[] {
  const { Tags: _tags, tags: _others, ...attributes } = live.attributes;
  const shown = withoutRepeats(masked(attributes, hidden));
  return [
    ...keyLines("name", live.name),
    `managedByUs: ${managedByUs ? "Yes" : "No"}`,
    "live:",
    ...Object.entries(shown).flatMap(([key, value]) => (isEmpty(value) ? [] : keyLines(key, value, "  "))),
    ...(Object.keys(tags).length === 0 ? [] : ["  Tags:"]),
    ...Object.entries(tags).flatMap(([key, value]) => keyLines(key, value, "    ")),
  ];
}

/** Leaves out a part that only repeats its siblings (a function's `Configuration`). */
function withoutRepeats(attributes: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([, value]) =>
        !isObject(value) ||
        isEmpty(value) ||
        !Object.entries(value).every(
          ([key, inner]) =>
            own(attributes, key) !== undefined &&
            canonicalJson(own(attributes, key)) === canonicalJson(inner),
        ),
    ),
  );
}

function masked(value: JsonObject, hidden: readonly string[], path: readonly string[] = []): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, maskedValue(inner, hidden, [...path, key])]),
  );
}

function maskedValue(value: JsonValue, hidden: readonly string[], path: readonly string[]): JsonValue {
  if (hidden.some((pattern) => matches(pattern.split("."), path)) && !isEmpty(value)) return SENSITIVE;
  if (Array.isArray(value)) {
    return value.map((element, index) => maskedValue(element, hidden, [...path, String(index)]));
  }
  return isObject(value) ? masked(value, hidden, path) : value;
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((segment, index) => segment === "*" || segment === path[index])
  );
}
