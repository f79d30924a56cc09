/** Resolves names to keys: what each draft depends on and refers to, with an error for every unknown name. */
import { GatewrightError, type SourceLocation } from "../../model/errors.ts";
import type { JsonObject, JsonValue, Reference } from "../../model/values.ts";
import { parentKey, type TypeRegistry } from "../draft.ts";
import type { Draft, Linked } from "../type-rules.ts";
import { labelOf } from "../label.ts";
import { nameHint, nearOnes, scopeOf } from "../names.ts";
import type { NameIndex } from "../type-rules.ts";
import { about } from "../locations.ts";
import { linkText } from "./references.ts";
import type { MarkedReference } from "../sandbox/markers.ts";
import type { DependencyKey } from "../type-rules.ts";
import type { DependencyTarget } from "../types.ts";
import { own } from "../../model/own.ts";

interface LinkContext {
  readonly registry: TypeRegistry;
  readonly index: NameIndex;
  /** Types of which not all entries have names: what is not found among them is not an error of its own. */
  readonly doubtful: ReadonlySet<string>;
  /** Keys that need nothing and are not in the plan's graph (deployments that AutoDeploy makes). */
  readonly satisfied: ReadonlySet<string>;
}

/** One draft while its names are looked up. */
interface Linking {
  readonly draft: Draft;
  readonly context: LinkContext;
  /** Keys that a short name means first. */
  readonly scope: ReadonlySet<string>;
  readonly edges: Map<string, string>;
  /** `path`: what is written there, from the outside in; for references `at` says it better. */
  report(
    code: string,
    message: string,
    hint: string,
    where: { path: string[]; at?: SourceLocation | undefined },
  ): void;
}

const ARN = /^arn:[\w-]+:[\w-]+:/;

export function linkDrafts(
  drafts: readonly Draft[],
  context: LinkContext,
): { linked: readonly Linked[]; errors: readonly GatewrightError[] } {
  const errors: GatewrightError[] = [];
  // A resource whose parent's name is wrong has a wrong name itself, which is no mistake of those who name it.
  const doubtful = new Set([
    ...context.doubtful,
    ...drafts.filter(lacksParent(context.index)).map(typeNameOf),
  ]);
  const linked = drafts.map((draft) => linkDraft(draft, { ...context, doubtful }, errors));
  return { linked, errors };
}

const typeNameOf = ({ type }: Draft): string => type.type;

function lacksParent(index: NameIndex): (draft: Draft) => boolean {
  return ({ type, entry }) => {
    const as = parentKey(type);
    const declared = as === undefined ? undefined : own(type.dependencies, as);
    const [name] = as === undefined ? [] : (own(entry.dependencies, as) ?? []);
    if (declared === undefined || name === undefined || isLiteral(declared, name)) return false;
    return index.find(declared.type, name).length === 0;
  };
}

function linkDraft(draft: Draft, context: LinkContext, errors: GatewrightError[]): Linked {
  const label = labelOf(draft.type, draft.entry);
  const linking: Linking = {
    draft,
    context,
    scope: scopeOf(draft, context.index),
    edges: new Map(),
    report(code, message, hint, { path, at }) {
      const details = { hint, at: at ?? draft.at, resource: draft.key };
      const error = new GatewrightError(code, `${label}: ${message}`, details);
      errors.push(at === undefined ? about(error, path) : error);
    },
  };
  const dependencies = linkDependencies(linking);
  const properties = linkObject(draft.entry.properties, "", (text, path) =>
    linkText(
      text,
      (reference) => linkReference(linking, reference, path),
      (message, hint) =>
        linking.report("REFERENCE_INVALID", `${path}: ${message}`, hint, { path: path.split(/\W+/) }),
    ),
  );
  comeAfter(linking);
  const parentAs = parentKey(draft.type);
  const [parent] = parentAs === undefined ? [] : (own(dependencies, parentAs) ?? []);
  return {
    draft,
    dependencies,
    ...(parent !== undefined && "key" in parent ? { parent: parent.key } : {}),
    edges: linking.edges,
    properties,
  };
}

function linkDependencies(linking: Linking): Record<string, readonly DependencyTarget[]> {
  const { draft, context } = linking;
  const dependencies: Record<string, readonly DependencyTarget[]> = {};
  for (const [key, declared] of Object.entries(draft.type.dependencies)) {
    const where = `dependencies.${key}`;
    const targets = (own(draft.entry.dependencies, key) ?? []).flatMap((name): DependencyTarget[] => {
      if (isLiteral(declared, name)) return [{ arn: name }];
      const found = find(linking, declared.type, name, {
        where,
        code: "DEPENDENCY_NOT_FOUND",
        place: { path: ["dependencies", `"${name}"`] },
      });
      if (found === undefined || context.satisfied.has(found.key)) return [];
      addEdge(linking, found.key, where);
      return [{ key: found.key }];
    });
    if (targets.length > 0) dependencies[key] = targets;
  }
  return dependencies;
}

/** True for an ARN or an id that stands for itself. */
function isLiteral({ acceptsArn, acceptsId }: DependencyKey, name: string): boolean {
  return (acceptsArn === true && ARN.test(name)) || acceptsId?.test(name) === true;
}

/** Other edges to what must exist first; names that are not in the spec are ignored. */
function comeAfter(linking: Linking): void {
  const { draft, context } = linking;
  if (draft.broken === true) return;
  for (const { type, name } of draft.type.comesAfter?.(draft.entry) ?? []) {
    const [found, ...others] = context.index.find(type, name);
    if (found !== undefined && others.length === 0) addEdge(linking, found.key, "settings");
  }
}

/** The reference with the whole name of what it means; `undefined` when that is nothing. */
function linkReference(linking: Linking, reference: MarkedReference, path: string): Reference | undefined {
  const { context, report } = linking;
  const { type, name, at } = reference;
  const where = `getId in ${path}`;
  const place = { path: path.split(/\W+/), at };
  if (!context.registry.has(type)) {
    if (!context.doubtful.has(type)) {
      const hint = nameHint(type, name, context.index, context.registry);
      report("REFERENCE_INVALID", `${where} asks for ${article(type)}`, hint, place);
    }
    return undefined;
  }
  if (reference.path !== "id" && !/^live\.\w/.test(reference.path)) {
    const message = `${where} has the path "${reference.path}"; accepted: "id" or "live." and an attribute`;
    const hint = `Write path: "live.${reference.path.replace(/^\W+/, "")}".`;
    report("REFERENCE_INVALID", message, hint, place);
    return undefined;
  }
  const found = find(linking, type, name, { where, code: "REFERENCE_NOT_FOUND", place });
  if (found === undefined) return undefined;
  if (context.satisfied.has(found.key)) {
    const message = `${where} names ${found.key}, which AutoDeploy recreates whenever something changes`;
    report("REFERENCE_INVALID", message, "Refer to the stage instead.", place);
    return undefined;
  }
  addEdge(linking, found.key, path);
  return { ...reference, name: found.name };
}

function find(
  { context, scope, report }: Linking,
  type: string,
  name: string,
  { where, code, place }: { where: string; code: string; place: Parameters<Linking["report"]>[3] },
): Draft | undefined {
  const found = nearOnes(context.index.find(type, name), scope);
  const [only] = found;
  if (found.length > 1) {
    const names = found.map((one) => `"${one.name}"`).join(", ");
    report(
      "NAME_AMBIGUOUS",
      `${where} names "${name}", which could mean ${names}`,
      "Write the full name.",
      place,
    );
    return undefined;
  }
  if (only === undefined && !context.doubtful.has(type)) {
    const hint = nameHint(type, name, context.index, context.registry);
    report(code, `${where} names "${name}", but there is no such ${type}`, hint, place);
  }
  return only;
}

function addEdge({ edges, context }: Linking, key: string, why: string): void {
  if (!edges.has(key) && !context.satisfied.has(key)) edges.set(key, why);
}

export function article(type: string): string {
  return `${/^[AEIOU]/.test(type) ? "an" : "a"} ${type}`;
}

type LinkText = (text: string, path: string) => JsonValue;

function linkObject(value: JsonObject, path: string, link: LinkText): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      linkValue(inner, path === "" ? key : `${path}.${key}`, link),
    ]),
  );
}

function linkValue(value: JsonValue, path: string, link: LinkText): JsonValue {
  if (typeof value === "string") return link(value, path);
  if (Array.isArray(value)) return value.map((item, index) => linkValue(item, `${path}[${index}]`, link));
  return value !== null && typeof value === "object" ? linkObject(value, path, link) : value;
}
