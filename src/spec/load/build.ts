/** From evaluated entries to desired resources. Every mistake is collected, so that a user can fix all of them in one go. */
import { failAll, type GatewrightError } from "../../model/errors.ts";
import type { TypeRegistry, WrittenEntry } from "../draft.ts";
import type { Arranged, Draft, Linked } from "../type-rules.ts";
import { lackingErrors, makeDrafts } from "../entries/drafts.ts";
import { checkEntries } from "../entries/entries.ts";
import { withSchemas } from "../entries/run-time-schemas.ts";
import { linkDrafts } from "../links/link.ts";
import { indexNames, settleNames, withoutDuplicates } from "../names.ts";
import { inOrder } from "../links/order.ts";
import { atTheirLines } from "../locations.ts";
import { checkQuotas } from "./quotas.ts";
import type { CodeArchive, DesiredResource, LoadedSpec, SpecWarning } from "../types.ts";
import { inspectAll } from "./inspect.ts";
import { artifactOf } from "./artifact.ts";
import { withPhysicalNames } from "./physical.ts";
import { undefinedVariables, unsetErrors, withoutSpoiled } from "./unset.ts";
import type { NamePattern } from "../physical-names.ts";

export interface BuildOptions {
  readonly registry: TypeRegistry;
  /** The stack's. */
  readonly region: string;
  /** The stage's names. Without it, AWS gets the spec's. */
  readonly names?: NamePattern | undefined;
  /** The code of the drafts that have theirs in a folder, by key, and what is wrong with it. */
  codeOf(drafts: readonly Draft[]): Promise<Codes>;
  /** The text of a file of the spec, to find the line of a mistake. */
  textOf(file: string): Promise<string | undefined>;
}

export interface Codes {
  readonly archives: ReadonlyMap<string, CodeArchive>;
  readonly errors: readonly GatewrightError[];
  readonly warnings: readonly GatewrightError[];
}

/** @throws GatewrightError, or GatewrightErrors for several */
export async function buildResources(
  entries: readonly WrittenEntry[],
  { registry, region, names, codeOf, textOf }: BuildOptions,
): Promise<Pick<LoadedSpec, "resources" | "satisfied" | "warnings" | "open">> {
  const written = entries.map((one) => (one.at === undefined ? one : { ...one, at: { ...one.at } }));
  const checked = checkEntries(written, registry);
  const made = makeDrafts(await withSchemas(checked.entries), registry);
  const deployed = arrange(settleNames(made.drafts), registry);
  const { drafts, errors: duplicates } = withoutDuplicates(deployed.drafts);
  const idle = deployed.satisfied.map(({ draft }) => draft);
  const context = {
    registry,
    index: indexNames([...drafts, ...idle]),
    doubtful: new Set([...checked.unknownTypes, ...made.unnamed]),
    satisfied: new Set(idle.map(({ key }) => key)),
  };
  const { linked, errors: unlinked } = linkDrafts(drafts, context);
  const { errors: idleErrors } = linkDrafts(idle, context);
  const complete = withServed(linked);
  const named = withPhysicalNames(complete, names);
  const { ordered, errors: circular } = inOrder(
    named.linked.map((one) => ({ key: one.draft.key, edges: one.edges, at: one.draft.at, one })),
  );
  const quotas = checkQuotas(complete);
  const inspected = inspectAll(complete, region);
  const {
    archives,
    errors: codeErrors,
    warnings: codeWarnings,
  } = await codeOf(drafts.filter((draft) => draft.broken !== true));
  const found = withoutEchoes([
    ...checked.errors,
    ...made.errors,
    ...lackingErrors(made.lacking, context.index),
    ...duplicates,
    ...unlinked,
    ...idleErrors,
    ...circular,
    ...quotas.errors,
    ...inspected.errors,
    ...codeErrors,
  ]);
  const errors = [...withoutSpoiled(found, written), ...written.flatMap(unsetErrors)];
  const text = { read: textOf, entries: written.flatMap(({ at }) => (at === undefined ? [] : [at])) };
  if (errors.length > 0) failAll(inFileOrder(await atTheirLines(errors, text)));
  const [warnings, whenWritten, whenMade] = await Promise.all([
    atTheirLines(
      [...inspected.warnings, ...named.warnings, ...codeWarnings, ...written.flatMap(undefinedVariables)],
      text,
    ),
    atTheirLines(inspected.whenWritten, text),
    atTheirLines(inspected.whenMade, text),
  ]);
  return {
    resources: ordered.map(({ one }) => desiredResource(one, archives, named.names)),
    satisfied: deployed.satisfied.map(({ draft: { key, type, name }, reason }) => ({
      key,
      type: type.type,
      name,
      reason,
    })),
    open: inspected.open,
    warnings: [
      ...whenWritten.map((error) => ({ ...asWarning(error), when: "written" as const })),
      ...whenMade.map((error) => ({ ...asWarning(error), when: "made" as const })),
      ...warnings.map(asWarning),
      ...quotas.warnings,
    ],
  };
}

function asWarning({ code, message, hint, at, resource }: GatewrightError): SpecWarning {
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(at === undefined ? {} : { at }),
    ...(resource === undefined ? {} : { resource }),
  };
}

/** The drafts after every type has added and set aside what it does. */
function arrange(drafts: readonly Draft[], registry: TypeRegistry): Arranged {
  const satisfied: Arranged["satisfied"][number][] = [];
  let arranged = drafts;
  for (const type of registry.values()) {
    if (type.arrange === undefined) continue;
    const next = type.arrange(arranged, indexNames(arranged));
    arranged = next.drafts;
    satisfied.push(...next.satisfied);
  }
  return { drafts: arranged, satisfied };
}

/** A type that serves comes after everything it serves. */
function withServed(linked: readonly Linked[]): readonly Linked[] {
  return linked.map((one) => {
    const { serves } = one.draft.type;
    if (serves === undefined || one.parent === undefined) return one;
    const edges = new Map(one.edges);
    for (const other of linked) {
      const { key, type } = other.draft;
      if (other.parent === one.parent && serves.types.includes(type.type) && !edges.has(key))
        edges.set(key, "serves it");
    }
    return { ...one, edges };
  });
}

/** A wrong reference in a value that an entry shares with its companion is one mistake. */
function withoutEchoes(errors: readonly GatewrightError[]): readonly GatewrightError[] {
  const told = new Set<string>();
  return errors.filter(({ code, hint, at }) => {
    if (!code.startsWith("REFERENCE_") || at?.column === undefined) return true;
    const what = `${code} ${at.file}:${at.line}:${at.column} ${hint}`;
    const isNew = !told.has(what);
    told.add(what);
    return isNew;
  });
}

/** In reading order; errors without a place come first. */
function inFileOrder(errors: readonly GatewrightError[]): readonly GatewrightError[] {
  const before = (left: GatewrightError, right: GatewrightError): number => {
    const [one, other] = [left.at, right.at];
    if (one?.file !== other?.file) return (one?.file ?? "") < (other?.file ?? "") ? -1 : 1;
    return (one?.line ?? 0) - (other?.line ?? 0);
  };
  return [...errors].sort(before);
}

function desiredResource(
  one: Linked,
  archives: ReadonlyMap<string, CodeArchive>,
  names: ReadonlyMap<string, string>,
): DesiredResource {
  const { key, type, name, readOnly, namespace, at, implied } = one.draft;
  const code = archives.get(key);
  const artifact = artifactOf(one.draft);
  const physicalName = names.get(key);
  return {
    key,
    type: type.type,
    name,
    ...(physicalName === undefined ? {} : { physicalName }),
    readOnly,
    properties: one.properties,
    dependencies: one.dependencies,
    edges: [...one.edges.keys()],
    ...(namespace === undefined ? {} : { namespace }),
    ...(one.parent === undefined ? {} : { parent: one.parent }),
    ...(code === undefined ? {} : { code }),
    ...(artifact === undefined ? {} : { artifact }),
    ...(at === undefined ? {} : { at }),
    ...(implied === undefined ? {} : { implied }),
  };
}
