/**
 * Reads the wire shapes out of the SDK's own static schemas, so that field names, HTTP bindings
 * and value types on the fake's side are AWS's and not ours.
 */

export type ShapeKind =
  | "string"
  | "number"
  | "boolean"
  | "blob"
  | "date-time"
  | "timestamp"
  | "http-date"
  | "epoch-seconds"
  | "document"
  | "unit"
  | "list"
  | "map"
  | "structure";

export type Location = "body" | "label" | "query" | "header" | "payload" | "status";

export interface Member {
  name: string;
  /** The name on the wire: JSON name, query key or header. */
  wire: string;
  location: Location;
  shape: Shape;
}

export interface Shape {
  kind: ShapeKind;
  name: string;
  /** Item of a list, value of a map. Lazy because schemas may be recursive. */
  item: () => Shape;
  members: () => Member[];
  required: Set<string>;
}

export interface OperationShape {
  name: string;
  method: string;
  path: string;
  status: number;
  input: Shape;
  output: Shape;
  /** The schemas of both as the SDK has them, for its own XML codec. */
  schemas: { input: unknown; output: unknown };
}

const simple = (kind: ShapeKind): Shape => ({
  kind,
  name: kind,
  item: () => simple("unit"),
  members: () => [],
  required: new Set(),
});

/** The numbers are Smithy-TypeScript's sentinels for simple schemas. */
const SIMPLE: Record<number, ShapeKind> = {
  0: "string",
  1: "number",
  2: "boolean",
  4: "timestamp",
  5: "date-time",
  6: "http-date",
  7: "epoch-seconds",
  15: "document",
  17: "number",
  19: "number",
  21: "blob",
  42: "blob",
};
const LIST_OF = 64;
const MAP_OF = 128;
const TRAIT_LABEL = 1;
const TRAIT_PAYLOAD = 16;
const TRAIT_STATUS = 32;

const known = new Map<unknown, Shape>();

/** Turns one static schema (or a reference to one) into a shape; memoised because schemas are shared. */
export function shapeOf(schema: unknown): Shape {
  const target = typeof schema === "function" ? schema() : schema;
  const seen = known.get(target);
  if (seen !== undefined) return seen;
  const shape = build(target);
  known.set(target, shape);
  return shape;
}

function build(target: unknown): Shape {
  if (target === "unit") return simple("unit");
  if (typeof target === "number") return buildNumeric(target);
  if (!Array.isArray(target)) throw new Error(`Unknown schema ${String(target)}`);
  const [tag, ns, name, , members, memberSchemas, required] = target;
  if (typeof ns !== "string") return shapeOf(target[0]);
  const base = { ...simple("unit"), name: String(name) };
  if (tag === 0) return shapeOf(target[4]);
  if (tag === 1) return { ...base, kind: "list", item: () => shapeOf(target[4]) };
  if (tag === 2) return { ...base, kind: "map", item: () => shapeOf(target[5]) };
  let cache: Member[] | undefined;
  const names: string[] = members;
  return {
    ...base,
    kind: "structure",
    members: () => {
      cache ??= names.map((member, i) => memberOf(member, memberSchemas[i]));
      return cache;
    },
    required: new Set(names.slice(0, typeof required === "number" ? required : 0)),
  };
}

function buildNumeric(code: number): Shape {
  if (code & LIST_OF) return { ...simple("list"), kind: "list", item: () => shapeOf(code & ~LIST_OF) };
  if (code & MAP_OF) return { ...simple("map"), kind: "map", item: () => shapeOf(code & ~MAP_OF) };
  const kind = SIMPLE[code];
  if (kind === undefined) throw new Error(`Unknown simple schema ${code}`);
  return simple(kind);
}

function memberOf(name: string, ref: unknown): Member {
  const pair = Array.isArray(ref) && typeof ref[1] !== "string" ? ref : [ref, 0];
  const traits: unknown = pair[1];
  const shape = shapeOf(pair[0]);
  const member: Member = { name, wire: name, location: "body", shape };
  if (typeof traits === "number") {
    if (traits & TRAIT_LABEL) member.location = "label";
    else if (traits & TRAIT_PAYLOAD) member.location = "payload";
    else if (traits & TRAIT_STATUS) member.location = "status";
  } else if (typeof traits === "object" && traits !== null) {
    const named = new Map<string, unknown>(Object.entries(traits));
    const jsonName = named.get("jsonName");
    const query = named.get("httpQuery");
    const header = named.get("httpHeader");
    if (typeof jsonName === "string") member.wire = jsonName;
    if (named.has("httpLabel")) member.location = "label";
    if (named.has("httpPayload")) member.location = "payload";
    if (typeof query === "string") Object.assign(member, { location: "query", wire: query });
    if (typeof header === "string") Object.assign(member, { location: "header", wire: header.toLowerCase() });
  }
  return member;
}

/** Reads one operation's schema; query and JSON-RPC services have no HTTP trait and use POST /. */
export function operationShape(schema: unknown): OperationShape {
  if (!Array.isArray(schema) || schema[0] !== 9) throw new Error("Not an operation schema");
  const traits: unknown = schema[3];
  const http: unknown =
    typeof traits === "object" && traits !== null ? Reflect.get(traits, "http") : undefined;
  const [method, path, status] = Array.isArray(http) ? http : ["POST", "/", 200];
  return {
    name: String(schema[2]),
    method: String(method),
    path: String(path),
    status: Number(status),
    input: shapeOf(schema[4]),
    output: shapeOf(schema[5]),
    schemas: { input: schema[4], output: schema[5] },
  };
}

/** Every operation a client package knows, so that an operation the fake lacks is still recognised by name. */
export function operationsOf(clientModule: object): OperationShape[] {
  return Object.entries(clientModule)
    .filter(([name, value]) => name.endsWith("$") && Array.isArray(value) && value[0] === 9)
    .map(([, value]) => operationShape(value));
}
