/**
 * A type's schema as a tree of properties and allowed values, for error messages, the generated reference and the
 * editor's types, so that all three agree.
 */
import * as z from "zod";
import type { TypeRules } from "./type-rules.ts";
import { own } from "../model/own.ts";

/** The part of JSON Schema that `z.toJSONSchema` makes of our schemas. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number | boolean | null;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly $ref?: string;
}

const trees = new WeakMap<object, SchemaNode>();

export function schemaTree(type: TypeRules): SchemaNode {
  const known = trees.get(type.schema);
  if (known !== undefined) return known;
  // One boundary: zod's own type for the result leaves every member open.
  const tree = z.toJSONSchema(type.schema, { unrepresentable: "any", io: "input" }) as SchemaNode;
  trees.set(type.schema, tree);
  return tree;
}

/** The nodes that a path may lead to; several where there are alternatives. */
export function nodesAt(root: SchemaNode, path: readonly PropertyKey[]): readonly SchemaNode[] {
  let nodes = alternatives(root);
  for (const segment of path) nodes = nodes.flatMap((node) => childOf(node, segment)).flatMap(alternatives);
  return nodes;
}

export function alternatives(node: SchemaNode): readonly SchemaNode[] {
  const inner = node.anyOf ?? node.oneOf;
  return inner === undefined ? [node] : inner.flatMap(alternatives);
}

function childOf(node: SchemaNode, segment: PropertyKey): readonly SchemaNode[] {
  if (typeof segment === "number") return node.items === undefined ? [] : [node.items];
  const property = own(node.properties, String(segment));
  if (property !== undefined) return [property];
  return typeof node.additionalProperties === "object" ? [node.additionalProperties] : [];
}

/** The accepted form in words: `a whole number from 50 to 30000`. */
export function acceptedForm(node: SchemaNode): string {
  const inner = node.anyOf ?? node.oneOf;
  if (inner !== undefined) return [...new Set(inner.map(acceptedForm))].join(" or ");
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) {
    const words = node.enum.map((word) => JSON.stringify(word));
    return words.length === 1 ? String(words[0]) : `one of ${words.join(", ")}`;
  }
  switch (node.type) {
    case "string":
      return limited("a string", node.minLength, node.maxLength, "characters");
    case "integer":
      return range("a whole number", node);
    case "number":
      return range("a number", node);
    case "boolean":
      return "true or false";
    case "array":
      return listForm(node);
    case "object":
      return objectForm(node);
    case "null":
      return "null";
    default:
      return "any value";
  }
}

function objectForm({ properties, additionalProperties }: SchemaNode): string {
  const keys = Object.keys(properties ?? {});
  if (keys.length > 0) return `an object with ${keys.join(", ")}`;
  if (typeof additionalProperties !== "object" || additionalProperties.type !== "string") return "an object";
  return "an object with string values";
}

function range(what: string, { minimum, maximum }: SchemaNode): string {
  // zod writes the limits of safe integers where there is none.
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const least = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  if (least !== undefined && most !== undefined) return `${what} from ${least} to ${most}`;
  if (least !== undefined) return `${what} of at least ${least}`;
  return most === undefined ? what : `${what} of at most ${most}`;
}

function listForm({ items, minItems: least = 0, maxItems: most }: SchemaNode): string {
  const what = `a list of ${items === undefined ? "values" : several(items)}`;
  if (least === most) return `${what}, exactly ${most}`;
  if (least > 0 && most !== undefined) return `${what}, ${least} to ${most}`;
  if (most !== undefined) return `${what}, at most ${most}`;
  return least > 0 ? `${what}, at least ${least}` : what;
}

function several(node: SchemaNode): string {
  if (node.enum !== undefined) return node.enum.map((word) => JSON.stringify(word)).join(", ");
  const words: Readonly<Record<string, string>> = {
    string: "strings",
    object: "objects",
    boolean: "booleans",
  };
  return words[node.type ?? ""] ?? (node.type === undefined ? "values" : "numbers");
}

function limited(what: string, least = 0, most: number | undefined, of: string): string {
  if (least > 0 && most !== undefined)
    return `${what} of ${least === most ? least : `${least} to ${most}`} ${of}`;
  if (most !== undefined) return `${what} of at most ${most} ${of}`;
  return least > 0 ? `${what} of at least ${least} ${of}` : what;
}
