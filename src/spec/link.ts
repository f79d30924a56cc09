/** Names become keys: what each draft depends on and refers to, with an error for every name that means nothing. */
import { GatewrightError } from "../errors.ts";
import type { JsonObject, JsonValue, Reference } from "../values.ts";
import { type Draft, type Linked, parentKey, type TypeRegistry } from "./draft.ts";
import type { Lacking } from "./drafts.ts";
import { labelOf } from "./label.ts";
import { type NameIndex, nameHint, nearOnes, scopeOf } from "./names.ts";
import { type Decode, linkText } from "./references.ts";
import type { DependencyTarget } from "./types.ts";

export interface LinkContext {
  readonly registry: TypeRegistry;
  readonly index: NameIndex;
  readonly decode: Decode;
  /** Types of which not all entries have names: what is not found among them is not an error of its own. */
  readonly doubtful: ReadonlySet<string>;
  /** Keys that need nothing and are not in the plan's graph (deployments that AutoDeploy makes). */
  readonly satisfied: ReadonlySet<string>;
}

const ARN = /^arn:[\w-]+:[\w-]+:/;

export function linkDrafts(
  drafts: readonly Draft[],
  context: LinkContext,
): { linked: readonly Linked[]; errors: readonly GatewrightError[] } {
  const errors: GatewrightError[] = [];
  const linked = drafts.map((draft) => linkDraft(draft, context, errors));
  return { linked, errors };
}

function linkDraft(draft: Draft, context: LinkContext, errors: GatewrightError[]): Linked {
  const label = labelOf(draft.type, draft.entry);
  const error = (code: string, message: string, hint: string): void => {
    errors.push(
      new GatewrightError(code, `${label}: ${message}`, { hint, at: draft.at, resource: draft.key }),
    );
  };
  const { index, registry, doubtful } = context;
  const scope = scopeOf(draft, index);
  const edges = new Map<string, string>();
  const addEdge = (key: string, why: string): void => {
    if (!edges.has(key) && !context.satisfied.has(key)) edges.set(key, why);
  };
  const find = (type: string, name: string, where: string, code: string): Draft | undefined => {
    const found = nearOnes(index.find(type, name), scope);
    const [only] = found;
    if (found.length > 1) {
      const names = found.map((one) => `"${one.name}"`).join(", ");
      error("NAME_AMBIGUOUS", `${where} names "${name}", which may be ${names}`, "Write the whole name.");
      return undefined;
    }
    if (only === undefined && !doubtful.has(type)) {
      error(
        code,
        `${where} names "${name}", but there is no such ${type}`,
        nameHint(type, name, index, registry),
      );
    }
    return only;
  };

  const dependencies: Record<string, readonly DependencyTarget[]> = {};
  for (const [key, declared] of Object.entries(draft.type.dependencies)) {
    const names = draft.entry.dependencies[key] ?? [];
    if (names.length === 0) continue;
    const targets = names.flatMap((name): DependencyTarget[] => {
      if (declared.acceptsArn === true && ARN.test(name)) return [{ arn: name }];
      const found = find(declared.type, name, `dependencies.${key}`, "DEPENDENCY_NOT_FOUND");
      if (found === undefined || context.satisfied.has(found.key)) return [];
      addEdge(found.key, `dependencies.${key}`);
      return [{ key: found.key }];
    });
    if (targets.length > 0) dependencies[key] = targets;
  }

  const resolve = (reference: Reference, path: string): Reference | undefined => {
    const { type } = reference;
    if (!registry.has(type)) {
      if (!doubtful.has(type)) {
        const known = nameHint(type, reference.name, index, registry);
        error("REFERENCE_INVALID", `getId in ${path} asks for a ${type}`, known);
      }
      return undefined;
    }
    if (reference.path !== "id" && !/^live\.\w/.test(reference.path)) {
      error(
        "REFERENCE_INVALID",
        `getId in ${path} has the path "${reference.path}"; accepted: "id" or "live." and an attribute`,
        `Write path: "live.${reference.path.replace(/^\W+/, "")}".`,
      );
      return undefined;
    }
    const found = find(type, reference.name, `getId in ${path}`, "REFERENCE_NOT_FOUND");
    if (found === undefined) return undefined;
    if (context.satisfied.has(found.key)) {
      error(
        "REFERENCE_INVALID",
        `getId in ${path} names ${found.key}, which AutoDeploy makes anew whenever something changes`,
        "Refer to the stage instead.",
      );
      return undefined;
    }
    addEdge(found.key, path);
    return { ...reference, name: found.name };
  };
  const properties = linkObject(draft.entry.properties, "", (text, path) =>
    linkText(
      text,
      context.decode,
      (reference) => resolve(reference, path),
      (message, hint) => error("REFERENCE_INVALID", `${path}: ${message}`, hint),
    ),
  );

  const parentAs = parentKey(draft.type);
  const [parent] = parentAs === undefined ? [] : (dependencies[parentAs] ?? []);
  return {
    draft,
    dependencies,
    ...(parent !== undefined && "key" in parent ? { parent: parent.key } : {}),
    edges,
    properties,
  };
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

function article(type: string): string {
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
