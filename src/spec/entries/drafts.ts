/** From typed entries to drafts: canonical, checked, named; with the companions they stand for. */
import { GatewrightError, type SourceLocation } from "../../model/errors.ts";
import { hasMarker } from "../../model/reference-marker.ts";
import type { DependencyKey, Entry, TypeRules } from "../type-rules.ts";
import { parentKey, type TypeRegistry } from "../draft.ts";
import type { Draft } from "../type-rules.ts";
import { collect, labelled, located } from "../collect.ts";
import type { TypedEntry } from "./entries.ts";
import { labelOf, missingDependencies } from "../label.ts";
import { article } from "../links/link.ts";
import type { NameIndex } from "../type-rules.ts";
import { withoutMarkers } from "../shown.ts";
import { resourceKey } from "../types.ts";
import { validateEntry } from "./validate.ts";

interface Drafts {
  readonly drafts: readonly Draft[];
  readonly errors: readonly GatewrightError[];
  /** Types with an entry too broken to have a sure name: a name that is not found may refer to it. */
  readonly unnamed: ReadonlySet<string>;
  readonly lacking: readonly Lacking[];
}

/** An entry without a dependency that it must have. */
interface Lacking {
  readonly label: string;
  readonly dependency: string;
  readonly declared: DependencyKey;
  readonly at?: SourceLocation | undefined;
}

/** Errors for dependencies that are not there but must be; the hint names what could be meant. */
export function lackingErrors(lacking: readonly Lacking[], index: NameIndex): readonly GatewrightError[] {
  return lacking.map(({ label, dependency, declared, at }) => {
    const { type } = declared;
    const [example] = index.names(type);
    return new GatewrightError(
      "DEPENDENCY_MISSING",
      `${label}: dependencies.${dependency} is missing; accepted: ${declared.list === true ? "names" : "the name"} of ${article(type)}`,
      {
        hint: `Add ${example === undefined ? `${article(type)} to the spec and ` : ""}dependencies: () => ({ ${dependency}: "${example ?? "…"}" }).`,
        at,
      },
    );
  });
}

export function makeDrafts(entries: readonly TypedEntry[], registry: TypeRegistry): Drafts {
  const errors: GatewrightError[] = [];
  const unnamed = new Set<string>();
  const drafts: Draft[] = [];
  const lacking: Lacking[] = [];
  for (const one of entries) {
    const draft = makeDraft(one, errors, lacking);
    if (draft === undefined || hasDoubtfulName(draft, one)) unnamed.add(one.type.type);
    if (draft !== undefined) drafts.push(draft);
  }
  return { drafts: withCompanions(drafts, registry, errors), errors, unnamed, lacking };
}

/** A name made of properties and dependencies is another one when they have mistakes: others may rightly use that. */
function hasDoubtfulName({ broken, type }: Draft, { mistaken }: TypedEntry): boolean {
  return broken === true && (mistaken || parentKey(type) !== undefined);
}

function makeDraft(
  { type, entry, readOnly, namespace, at, mistaken }: TypedEntry,
  errors: GatewrightError[],
  lacking: Lacking[],
): Draft | undefined {
  const said = errors.length;
  const place = <Value>(make: () => Value): Value | undefined => {
    const caught: GatewrightError[] = [];
    const value = collect(caught, make);
    errors.push(...caught.map((error) => labelled(located(error, at, undefined), labelOf(type, entry))));
    return value;
  };
  const canonical = place(() => type.canonical(entry));
  const known = canonical ?? entry;
  if (canonical !== undefined) {
    errors.push(
      ...validateEntry(type, canonical, { label: labelOf(type, known), readOnly, mistaken, details: { at } }),
    );
  }
  if (type.onlyRead === true && !readOnly) {
    errors.push(
      new GatewrightError("READ_ONLY_NEEDED", `${labelOf(type, known)}: Gatewright only reads this type`, {
        hint: "Add `readOnly: true` to the entry, and create the resource elsewhere.",
        at,
      }),
    );
  }
  const missing = mistaken ? [] : missingDependencies(type, known, readOnly);
  for (const [dependency, declared] of missing) {
    lacking.push({ label: labelOf(type, known), dependency, declared, at });
  }
  const broken = mistaken || errors.length > said || missing.length > 0;
  // After a first error, an error about its name would only repeat it.
  const name = broken ? collect([], () => type.name(known)) : place(() => type.name(known));
  if (name === undefined || name === "") return undefined;
  if (hasMarker(name)) {
    errors.push(
      new GatewrightError(
        "NAME_INVALID",
        `${type.type}: the name "${withoutMarkers(name)}" is built with getId, config.parameter or config.secret`,
        {
          hint: "Write the name as plain text. It must be known before anything exists.",
          at,
        },
      ),
    );
    return undefined;
  }
  return {
    type,
    entry: known,
    name,
    key: resourceKey(type.type, name),
    aliases: collect([], () => type.aliases?.(known)) ?? [],
    readOnly,
    ...(namespace === undefined ? {} : { namespace }),
    ...(at === undefined ? {} : { at }),
    ...(broken ? { broken } : {}),
  };
}

/** The drafts with what they stand for besides themselves, which is added to the written one where there is one. */
function withCompanions(
  drafts: readonly Draft[],
  registry: TypeRegistry,
  errors: GatewrightError[],
): readonly Draft[] {
  const result = new Map<Draft, Draft>(drafts.map((draft) => [draft, draft]));
  const byKey = new Map(drafts.map((draft) => [draft.key, draft]));
  for (const owner of drafts) {
    if (owner.broken === true || owner.readOnly) continue;
    const caught: GatewrightError[] = [];
    const companions = collect(caught, () => owner.type.companions?.(owner.entry)) ?? [];
    const label = labelOf(owner.type, owner.entry);
    errors.push(...caught.map((error) => labelled(located(error, owner.at, owner.key), label)));
    for (const { type: name, entry } of companions) {
      const type = registry.get(name);
      if (type === undefined) throw new Error(`${owner.type.type} names a companion of unknown type ${name}`);
      const key = resourceKey(name, type.name(entry));
      const written = byKey.get(key);
      if (written?.readOnly === true || written?.broken === true) continue;
      const place = written?.at ?? owner.at;
      const draft: Draft = {
        ...(written === undefined ? made(type, entry, owner.at) : (result.get(written) ?? written)),
        entry: written === undefined ? entry : merged(entry, (result.get(written) ?? written).entry),
      };
      errors.push(
        ...validateEntry(type, draft.entry, {
          label: labelOf(type, draft.entry),
          readOnly: false,
          mistaken: false,
          details: { at: place },
        }),
      );
      result.set(written ?? draft, draft);
      if (written === undefined) byKey.set(key, draft);
    }
  }
  return [...result.values()];
}

function made(type: TypeRules, entry: Entry, at: SourceLocation | undefined): Draft {
  const name = type.name(entry);
  const key = resourceKey(type.type, name);
  return {
    type,
    entry,
    name,
    key,
    aliases: [],
    readOnly: false,
    implied: true,
    ...(at === undefined ? {} : { at }),
  };
}

/** The written entry, with the companion's properties where it has none. */
function merged(companion: Entry, written: Entry): Entry {
  return { ...written, properties: { ...companion.properties, ...written.properties } };
}
