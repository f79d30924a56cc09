/**
 * Finds the resource that a name refers to: by name or alias; if there are several, the one near the resource that
 * refers to it.
 */
import { GatewrightError, type SourceLocation } from "../model/errors.ts";
import { suggestion } from "../text/suggest.ts";
import { parentKey, type TypeRegistry } from "./draft.ts";
import type { Draft, NameIndex } from "./type-rules.ts";
import { resourceKey } from "./types.ts";
import { own } from "../model/own.ts";

export function indexNames(drafts: readonly Draft[]): NameIndex {
  const byKey = new Map<string, Draft>();
  const byAlias = new Map<string, Draft[]>();
  const byType = new Map<string, string[]>();
  for (const draft of drafts) {
    if (byKey.has(draft.key)) continue;
    byKey.set(draft.key, draft);
    append(byType, draft.type.type, draft.name);
    for (const alias of new Set(draft.aliases)) append(byAlias, resourceKey(draft.type.type, alias), draft);
  }
  return {
    find(type, name) {
      const key = resourceKey(type, name);
      const exact = byKey.get(key);
      return exact === undefined ? (byAlias.get(key) ?? []) : [exact];
    },
    names: (type) => byType.get(type) ?? [],
    byKey: (key) => byKey.get(key),
  };
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/**
 * The drafts with the names that follow from the full names of what they depend on: whoever calls a stage `dev` means
 * `my-api::dev`, and what is named after it is named after that. The names as written stay valid as aliases.
 */
export function settleNames(drafts: readonly Draft[]): readonly Draft[] {
  let settled = drafts;
  // A name contains the names of its ancestors, so this takes as many rounds as the deepest nesting: three.
  for (let round = 0; round < 4; round += 1) {
    const index = indexNames(settled);
    let moved = false;
    settled = settled.map((draft) => {
      const next = renamed(draft, index);
      if (next !== draft) moved = true;
      return next;
    });
    if (!moved) break;
  }
  return settled;
}

function renamed(draft: Draft, index: NameIndex): Draft {
  const dependencies: Record<string, readonly string[]> = {};
  const scope = scopeOf(draft, index);
  let differs = false;
  for (const [key, names] of Object.entries(draft.entry.dependencies)) {
    const type = own(draft.type.dependencies, key)?.type ?? "";
    dependencies[key] = names.map((name) => {
      const [found, ...others] = nearOnes(index.find(type, name), scope);
      if (found === undefined || others.length > 0 || found.name === name) return name;
      differs = true;
      return found.name;
    });
  }
  if (!differs) return draft;
  const entry = { ...draft.entry, dependencies };
  if (draft.broken === true) return { ...draft, entry };
  const name = draft.type.name(entry);
  if (name === draft.name) return { ...draft, entry };
  const aliases = [...draft.aliases, draft.name];
  return { ...draft, entry, name, key: resourceKey(draft.type.type, name), aliases };
}

/** Keys of the draft's parents and dependencies: an ambiguous name refers to one of these or their children. */
export function scopeOf(draft: Draft, index: NameIndex): ReadonlySet<string> {
  const scope = new Set<string>([draft.key]);
  for (const [key, names] of Object.entries(draft.entry.dependencies)) {
    const type = own(draft.type.dependencies, key)?.type ?? "";
    for (const name of names) {
      const [found, ...others] = index.find(type, name);
      if (found !== undefined && others.length === 0) scope.add(found.key);
    }
  }
  return scope;
}

/** Of several with the same name, those whose parent is in the scope, when there are any. */
export function nearOnes(found: readonly Draft[], scope: ReadonlySet<string>): readonly Draft[] {
  if (found.length < 2) return found;
  const near = found.filter((draft) => {
    const key = parentKey(draft.type);
    const type = key === undefined ? undefined : own(draft.type.dependencies, key)?.type;
    const [name] = key === undefined ? [] : (own(draft.entry.dependencies, key) ?? []);
    return type !== undefined && name !== undefined && scope.has(resourceKey(type, name));
  });
  return near.length === 0 ? found : near;
}

/** The drafts without duplicate names, and an error for each duplicate. */
export function withoutDuplicates(drafts: readonly Draft[]): {
  drafts: readonly Draft[];
  errors: readonly GatewrightError[];
} {
  const first = new Map<string, Draft>();
  const errors: GatewrightError[] = [];
  for (const draft of drafts) {
    const key = draft.type.caselessName === true ? draft.key.toLowerCase() : draft.key;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, draft);
      continue;
    }
    const places = [other.at, draft.at].flatMap((at) => (at === undefined ? [] : [placeText(at)]));
    errors.push(
      new GatewrightError(
        "NAME_DUPLICATE",
        `two resources are named ${draft.key}${other.key === draft.key ? "" : ` (AWS takes ${other.key} for the same name)`}${places.length === 0 ? "" : `: ${places.join(" and ")}`}`,
        {
          hint: `Names must be unique per type. Remove one of the two, or rename it${draft.entry.name === undefined ? " (if its name is derived, with `name`)" : ""}.`,
          at: draft.at,
          resource: draft.key,
        },
      ),
    );
  }
  return { drafts: [...first.values()], errors };
}

function placeText({ file, line }: SourceLocation): string {
  return `${file}:${line}`;
}

/** The error for a name that is unknown or ambiguous. */
export function nameHint(type: string, name: string, index: NameIndex, registry: TypeRegistry): string {
  if (!registry.has(type)) return `${type} is not supported in specs yet.`;
  return suggestion(name, index.names(type), `${type} in this spec`);
}
