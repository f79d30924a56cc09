import { AwsError } from "../core/errors.ts";
import type { Shape } from "./shapes.ts";

/** A value of the wrong type never reaches an operation; AWS answers SerializationException before it looks further. */
function wrongType(shape: Shape, value: unknown): AwsError {
  const got = value === null ? "NULL" : Array.isArray(value) ? "START_LIST" : typeof value;
  const names: Record<string, string> = {
    string: "STRING_VALUE",
    number: "NUMBER_VALUE",
    boolean: "TRUE_VALUE",
    object: "START_OBJECT",
  };
  return new AwsError(
    "SerializationException",
    `${names[got] ?? got} can not be converted to ${shape.kind === "structure" ? shape.name : shape.kind}`,
  );
}

/** Decodes a parsed JSON value by its shape; unknown members are dropped, as AWS does. */
export function decodeJson(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case "string":
      if (typeof value !== "string") throw wrongType(shape, value);
      return value;
    case "number":
      if (typeof value !== "number") throw wrongType(shape, value);
      return value;
    case "boolean":
      if (typeof value !== "boolean") throw wrongType(shape, value);
      return value;
    case "blob":
      if (typeof value !== "string") throw wrongType(shape, value);
      return Buffer.from(value, "base64");
    case "timestamp":
    case "epoch-seconds":
      if (typeof value !== "number") throw wrongType(shape, value);
      return new Date(value * 1000);
    case "list":
      if (!Array.isArray(value)) throw wrongType(shape, value);
      return value.map((item) => decodeJson(shape.item(), item));
    case "map":
      return decodeMap(shape, value);
    case "structure":
      return decodeStructure(shape, value);
    default:
      return value;
  }
}

function entriesOf(shape: Shape, value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrongType(shape, value);
  return Object.entries(value);
}

function decodeMap(shape: Shape, value: unknown): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, item] of entriesOf(shape, value)) {
    // JSON null means "not sent", also inside a map.
    if (item !== null) out[key] = decodeJson(shape.item(), item);
  }
  return out;
}

function decodeStructure(shape: Shape, value: unknown): Record<string, unknown> {
  const sent = new Map(entriesOf(shape, value));
  const out: Record<string, unknown> = {};
  for (const member of shape.members()) {
    if (member.location !== "body") continue;
    const item = sent.get(member.wire);
    if (item !== undefined && item !== null) out[member.name] = decodeJson(member.shape, item);
  }
  return out;
}

/** Encodes an operation's output for JSON. `useWireNames` is off for JSON 1.1, which has no JSON names. */
export function encodeJson(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case "list":
      return Array.isArray(value) ? value.map((item) => encodeJson(shape.item(), item)) : [];
    case "map": {
      if (shape.item().kind === "string") return value;
      const out: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value ?? {})) out[key] = encodeJson(shape.item(), item);
      return out;
    }
    case "structure": {
      const out: Record<string, unknown> = {};
      if (typeof value !== "object" || value === null) return out;
      for (const member of shape.members()) {
        const item: unknown = Reflect.get(value, member.name);
        if (item === undefined || member.location !== "body") continue;
        out[member.wire] = encodeJson(member.shape, item);
      }
      return out;
    }
    case "date-time":
      return value instanceof Date ? `${value.toISOString().slice(0, 19)}Z` : value;
    // What a member without a format of its own is in JSON.
    case "timestamp":
    case "epoch-seconds":
      return value instanceof Date ? value.getTime() / 1000 : value;
    case "blob":
      return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
    default:
      return value;
  }
}
