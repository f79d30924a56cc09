/** Our types beside CloudFormation's schema, as lists of differences in words. */
import { readFileSync } from "node:fs";
import { factsByPath } from "../../src/resources/facts.ts";
import type { ResourceType } from "../../src/resources/type.ts";
import { alternatives, type SchemaNode, schemaTree } from "../../src/spec/schema-tree.ts";
import type { Counterpart } from "../type-examples/example.ts";

/** A property in test/fixtures/cloudformation (scripts/trim-cloudformation-schema.ts). */
interface CloudFormationProperty {
  readonly kind: string;
  readonly members?: Readonly<Record<string, CloudFormationProperty>>;
  readonly of?: CloudFormationProperty;
  readonly enum?: readonly (string | number)[];
  readonly default?: string | number | boolean;
  readonly required?: boolean;
  readonly replaces?: boolean;
}

/** What is compared of a property, from either side. */
interface Property {
  readonly enum?: readonly (string | number)[] | undefined;
  readonly required: boolean;
  readonly replaces: boolean;
  readonly default?: string | number | boolean | undefined;
}

type Properties = ReadonlyMap<string, Property>;

/** The trimmed schema of a CloudFormation type. */
function trimmed(type: string): Readonly<Record<string, CloudFormationProperty>> {
  const path = new URL(`../fixtures/cloudformation/${type.replaceAll("::", "-")}.json`, import.meta.url);
  const { properties } = JSON.parse(readFileSync(path, "utf8")) as {
    readonly properties: Readonly<Record<string, CloudFormationProperty>>;
  };
  return properties;
}

/** Written as a list of pairs or as a map: one thing. */
const isOpaque = (path: string): boolean => path === "Tags";

function theirs(counterparts: readonly Counterpart[]): Properties {
  const found = new Map<string, Property>();
  for (const one of counterparts) {
    const { type: name, below = "", renamed = {}, camelCase = false, within = "", listsHaveItems } = one;
    const walk = (members: Readonly<Record<string, CloudFormationProperty>>, prefix: string): void => {
      for (const [key, property] of Object.entries(members)) {
        const own = camelCase ? `${key.charAt(0).toLowerCase()}${key.slice(1)}` : key;
        const path = `${below}${prefix}${renamed[`${prefix}${key}`] ?? own}`;
        const { kind, required = false, replaces = false, default: preset } = property;
        let inner: CloudFormationProperty = property;
        let step = "";
        if (listsHaveItems === true && property.kind === "array" && !isOpaque(path)) {
          step = ".Items";
          found.set(`${path}${step}`, { required: false, replaces: false });
        }
        for (; inner.of !== undefined; inner = inner.of) step += inner.kind === "map" ? ".*" : "[]";
        found.set(path, {
          enum: kind === "json" ? undefined : inner.enum,
          required,
          replaces,
          default: preset,
        });
        if (inner.members !== undefined && !isOpaque(path))
          walk(inner.members, `${path.slice(below.length)}${step}.`);
      }
    };
    const { [within]: whole, ...beside } = trimmed(name);
    walk({ ...beside, ...whole?.members }, "");
  }
  return found;
}

function ours(type: ResourceType): Properties {
  const found = new Map<string, Property>();
  const walk = (node: SchemaNode, prefix: string): void => {
    for (const shape of alternatives(node)) {
      for (const [key, property] of Object.entries(shape.properties ?? {})) {
        const path = `${prefix}${key}`;
        const [inner, step] = innermost(property);
        found.set(path, {
          enum: inner.enum,
          required: shape.required?.includes(key) === true,
          replaces: type.createOnly.includes(path),
        });
        if (!isOpaque(path)) walk(inner, `${path}${step}.`);
      }
    }
  };
  walk(schemaTree(type), "");
  return found;
}

/** Through lists and maps down to what they hold. */
function innermost(node: SchemaNode): readonly [SchemaNode, string] {
  const { items, additionalProperties } = node;
  const [inner, step] =
    items !== undefined
      ? [items, "[]"]
      : typeof additionalProperties === "object" && Object.keys(additionalProperties).length > 0
        ? [additionalProperties, ".*"]
        : [undefined, ""];
  if (inner === undefined) return [node, ""];
  const [deepest, rest] = innermost(inner);
  return [deepest, `${step}${rest}`];
}

/** Every difference, as `Path: what`. */
export function differencesOf(type: ResourceType, counterparts: readonly Counterpart[]): readonly string[] {
  // What CloudFormation does not have as a type cannot be compared.
  if (counterparts.length === 0) return [];
  const [there, here] = [theirs(counterparts), ours(type)];
  const facts = factsByPath(type.schema);
  const preset = (path: string): unknown => {
    const value = facts.get(path)?.default;
    return typeof value === "function" ? undefined : value;
  };
  const differences: string[] = [];
  const say = (path: string, what: string): void => {
    differences.push(`${path}: ${what}`);
  };
  const hasParent = (path: string, side: Properties): boolean =>
    [...path.matchAll(/(\.\*|\[\])*\./g)].every(({ index }) => side.has(path.slice(0, index)));
  for (const [path, theirs] of there) {
    const ours = here.get(path);
    if (ours === undefined) {
      // Said once, of the uppermost.
      if (hasParent(path, here)) say(path, "only there");
      continue;
    }
    if (theirs.replaces !== ours.replaces)
      say(path, theirs.replaces ? "replaces there only" : "replaces here only");
    if (theirs.required !== ours.required)
      say(path, theirs.required ? "required there only" : "required here only");
    if (theirs.enum !== undefined && ours.enum !== undefined) {
      const words = (list: readonly (string | number)[]): string => [...list].map(String).sort().join(", ");
      if (words(theirs.enum) !== words(ours.enum))
        say(path, `there ${words(theirs.enum)}; here ${words(ours.enum)}`);
    } else if (theirs.enum !== undefined) say(path, `there only ${theirs.enum.join(", ")}; here anything`);
    // Empty text is as good as none.
    const stands = (theirs.default ?? "") !== "";
    if (stands && String(preset(path)) !== String(theirs.default))
      say(
        path,
        `${theirs.default} there when not given; here ${preset(path) === undefined ? "not said" : String(preset(path))}`,
      );
  }
  for (const path of here.keys()) {
    if (!there.has(path) && hasParent(path, there)) say(path, "only here");
  }
  return differences.sort();
}
