/** What a new resource is, in the few words that tell it from others: `→ my-function, JWT`, `nodejs22.x, 128 MB`. Pure. */
import { type Change, nameOf } from "../../model/plan.ts";
import { isObject, type JsonValue } from "../../model/values.ts";
import type { Telling } from "../../resources/facts.ts";
import { resourceTypes } from "../../resources/registry.ts";
import { resourceWords } from "./resource-words.ts";

type Changes = readonly Change[];

/** Empty if none of its properties says what it is. */
export function createWords(change: Change, changes: Changes): readonly string[] {
  const words = (resourceTypes.get(change.type)?.tells ?? []).flatMap(([pattern, telling]) =>
    change.properties.flatMap(({ path, after, sensitive }) => {
      if (after === undefined || sensitive || !isAt(pattern, path)) return [];
      const said = wordsOf(telling, after, changes);
      return said === undefined || said === "" ? [] : [said];
    }),
  );
  return [...new Set(words)];
}

/** `*` stands for an element of a list or a key of a map. */
function isAt(pattern: string, path: string): boolean {
  if (!pattern.includes("*")) return pattern === path;
  const [segments, wanted] = [path.split("."), pattern.split(".")];
  return (
    segments.length === wanted.length &&
    wanted.every((segment, index) => segment === "*" || segment === segments[index])
  );
}

function wordsOf(telling: Telling, value: JsonValue, changes: Changes): string | undefined {
  if (telling === "target") return pointer(value, changes);
  if (telling === "text") return typeof value === "string" ? value : undefined;
  return telling(value);
}

/** What it calls: a resource of the plan by its short name, a function by its ARN, or the address itself. */
function pointer(value: JsonValue, changes: Changes): string | undefined {
  const name = isObject(value)
    ? unknownName(value.$unknown)
    : typeof value === "string"
      ? knownName(value, changes)
      : undefined;
  return name === undefined ? undefined : `→ ${name}`;
}

/** `ApiGatewayV2::Integration::integration::my-api::my-function id`: a name may hold spaces, the path behind it does not. */
function unknownName(reference: JsonValue | undefined): string | undefined {
  if (typeof reference !== "string") return undefined;
  const key = reference.replace(/ \S+$/, "");
  const name = nameOf(key);
  return name === key ? undefined : resourceWords({ type: key.slice(0, -name.length - 2), name }).name;
}

function knownName(value: string, changes: Changes): string | undefined {
  const id = /^integrations\/(\S+)$/.exec(value)?.[1];
  if (id !== undefined) {
    const target = changes.find((change) => change.id === id);
    return target === undefined ? undefined : resourceWords(target).name;
  }
  return /:function:([^:/]+)/.exec(value)?.[1] ?? (value === "" ? undefined : value);
}
