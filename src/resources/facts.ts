/**
 * Facts about a property beyond its schema, declared once with the property. The engine's lists (createOnly,
 * unordered …), the defaults of states and the reference are derived from them.
 */
import * as z from "zod";
import type { JsonObject, JsonValue } from "../model/values.ts";
import { plural } from "../text/words.ts";

/** What a default may depend on. */
export interface Around {
  /** The desired properties of the parent, or its live state; empty for roots. */
  readonly parent: JsonObject;
  /** The properties in the spec, or empty: some settings look the same in AWS whether set or not. */
  readonly wanted: JsonObject;
}

/** A default that depends on the other properties; undefined where there is none. */
export type DefaultOf = (given: JsonObject, around: Around) => JsonValue | undefined;

export interface Facts {
  /** What AWS has where the spec gives nothing. */
  readonly default?: JsonValue | DefaultOf;
  /** The default in words: for one that depends on other properties, or is not a value (`forever`). */
  readonly defaultWords?: string;
  /** A change replaces the resource. */
  readonly createOnly?: boolean;
  /** Never returned by AWS, so never compared. */
  readonly writeOnly?: boolean;
  /** A list compared as a set. */
  readonly unordered?: boolean;
  /** Masked in every output, compared by value, with everything below it. */
  readonly sensitive?: boolean;
  /** An IAM policy document, compared by meaning. */
  readonly policyDocument?: boolean;
  /** Text compared without case. */
  readonly caseless?: boolean;
  /** Converts equivalent spellings to the one that states use. */
  readonly spelling?: (value: JsonValue) => JsonValue;
  /** AWS accepts it but does not keep it, or only returns it: in no state, so neither sent nor compared. */
  readonly ignored?: boolean | ((given: JsonObject, around: Around, value: JsonValue | undefined) => boolean);
  /** A map of objects: each has the defaults of the declared members. */
  readonly mapOfObjects?: boolean;
  /** A map in which an empty value is a value, not an absence (environment variables). */
  readonly exact?: boolean;
  /**
   * How it is taken away. `empty` (unless said otherwise): the update sends `""`, `[]`, `{}` or the default.
   * `by key`: a map that AWS merges, so that each key that goes is sent as `""`. `own call`: the type's update makes it.
   * `replace`: only a new resource is without it. `cannot`: AWS has no way, and the plan says so.
   */
  readonly clear?: "empty" | "by key" | "own call" | "replace" | "cannot";
  /** Said of a new resource in a plan. */
  readonly tells?: Telling;
}

/**
 * How a value tells one resource from others in a few words. `text`: as it is. `target`: what it calls, a resource or an address.
 * Otherwise words made of the value; undefined where it goes without saying.
 */
export type Telling = "text" | "target" | ((value: JsonValue) => string | undefined);

/** `128 MB`, `1 day` */
export function counted(one: string, many: string): Telling {
  return (value) => (typeof value === "number" ? plural(value, one, many) : undefined);
}

/** Facts of a declared property, by its schema. */
const declared = new WeakMap<z.ZodType, Facts>();

/** A property that must be given. */
export function required<Schema extends z.ZodType>(schema: Schema, says: string, facts: Facts = {}): Schema {
  return withFacts(schema.describe(withDefault(says, facts)), facts);
}

/** A property that may be left out. */
export function optional<Schema extends z.ZodType>(
  schema: Schema,
  says: string,
  facts: Facts = {},
): z.ZodOptional<Schema> {
  return withFacts(schema.optional().describe(withDefault(says, facts)), facts);
}

/** A schema that is not a property itself (an element of a list), with what is known of it. */
export function withFacts<Schema extends z.ZodType>(schema: Schema, facts: Facts): Schema {
  declared.set(schema, facts);
  return schema;
}

/** The description followed by the default, so that the reference and the state agree. */
function withDefault(says: string, facts: Facts): string {
  const words = facts.defaultWords ?? valueWords(facts.default);
  return words === undefined ? says : `${says} Default: ${words}.`;
}

function valueWords(value: Facts["default"]): string | undefined {
  if (value === undefined || typeof value === "function") return undefined;
  return typeof value === "string" ? `\`${value}\`` : JSON.stringify(value);
}

/**
 * Facts by path: `CorsConfiguration.AllowHeaders`; `*` stands for an element of a list or a key of a map. `derived`:
 * members of the state that the schema does not have.
 */
export function factsByPath(schema: z.ZodType, derived: readonly string[] = []): ReadonlyMap<string, Facts> {
  const found = new Map<string, Facts>(derived.map((key) => [key, {}]));
  const walk = (node: unknown, path: string): void => {
    if (!(node instanceof z.ZodType)) return;
    const facts = declared.get(node);
    if (facts !== undefined) found.set(path, { ...found.get(path), ...facts });
    if (node instanceof z.ZodOptional || node instanceof z.ZodNullable) walk(node.unwrap(), path);
    else if (node instanceof z.ZodArray) walk(node.element, `${path}.*`);
    else if (node instanceof z.ZodRecord) walk(node.valueType, `${path}.*`);
    else if (node instanceof z.ZodUnion) for (const option of node.options) walk(option, path);
    else if (node instanceof z.ZodObject)
      for (const [key, inner] of Object.entries(node.shape))
        walk(inner, path === "" ? key : `${path}.${key}`);
  };
  walk(schema, "");
  return found;
}

/** The paths of which a fact is true. */
function pathsWith(
  facts: ReadonlyMap<string, Facts>,
  holds: (facts: Facts) => boolean | undefined,
): readonly string[] {
  return [...facts].filter(([, one]) => holds(one) === true).map(([path]) => path);
}

/** The engine's lists of paths, made of the facts of a schema. */
export interface FactLists {
  readonly createOnly: readonly string[];
  readonly writeOnly: readonly string[];
  readonly unordered: readonly string[];
  readonly sensitive: readonly string[];
  readonly policyDocuments: readonly string[];
  readonly exact: readonly string[];
  readonly caseless: readonly string[];
  readonly cannotClear: readonly string[];
  readonly clearReplaces: readonly string[];
  /** Where the spec gives nothing, the state has AWS's default. */
  readonly preset: readonly string[];
  /** What tells a new resource from others, in the order of the schema. */
  readonly tells: readonly (readonly [path: string, telling: Telling])[];
}

export function factLists(schema: z.ZodType): FactLists {
  const facts = factsByPath(schema);
  return {
    createOnly: pathsWith(facts, ({ createOnly }) => createOnly),
    writeOnly: pathsWith(facts, ({ writeOnly }) => writeOnly),
    unordered: pathsWith(facts, ({ unordered }) => unordered),
    sensitive: pathsWith(facts, ({ sensitive }) => sensitive),
    policyDocuments: pathsWith(facts, ({ policyDocument }) => policyDocument),
    exact: pathsWith(facts, ({ exact }) => exact),
    caseless: pathsWith(facts, ({ caseless }) => caseless),
    cannotClear: pathsWith(facts, ({ clear }) => clear === "cannot"),
    clearReplaces: pathsWith(facts, ({ clear }) => clear === "replace"),
    preset: pathsWith(facts, (fact) => fact.default !== undefined),
    tells: [...facts].flatMap(([path, { tells }]) => (tells === undefined ? [] : [[path, tells] as const])),
  };
}
