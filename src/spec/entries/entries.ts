/** Turns the sandbox's result into entries of known types: every field is checked, dependencies have one form. */
import { fail, GatewrightError, type SourceLocation } from "../../model/errors.ts";
import { listed, nearest, suggestion } from "../../text/suggest.ts";
import type { Entry, TypeRules } from "../type-rules.ts";
import { isObject, type JsonValue } from "../../model/values.ts";
import { collect } from "../collect.ts";
import { normaliseDependencies } from "./dependencies.ts";
import type { TypeRegistry, WrittenEntry } from "../draft.ts";
import { labelOf } from "../label.ts";
import { shortly, withoutMarkers } from "../shown.ts";

const FIELDS = ["type", "group", "name", "namespace", "readOnly", "isDefault", "properties", "dependencies"];

/** An entry whose fields are right; its properties are still in the dialect they were written in. */
export interface TypedEntry {
  readonly type: TypeRules;
  readonly entry: Entry;
  readonly readOnly: boolean;
  readonly namespace?: string | undefined;
  readonly at?: SourceLocation | undefined;
  /** Its dependencies have a mistake, which is reported: what follows from it is not. */
  readonly mistaken: boolean;
}

interface CheckedEntries {
  readonly entries: readonly TypedEntry[];
  readonly errors: readonly GatewrightError[];
  /** Unknown types that the spec uses: references to them are not reported again. */
  readonly unknownTypes: ReadonlySet<string>;
}

export function checkEntries(written: readonly WrittenEntry[], registry: TypeRegistry): CheckedEntries {
  const entries: TypedEntry[] = [];
  const errors: GatewrightError[] = [];
  const unknown: { name: string; at?: SourceLocation | undefined }[] = [];
  for (const [index, one] of written.entries()) {
    const found = collect(errors, () => typeName(one, index));
    if (found === undefined) continue;
    const type = registry.get(found);
    if (type === undefined) {
      unknown.push({ name: found, at: one.at });
      continue;
    }
    const entry = collect(errors, () => checkEntry(one, type, errors));
    if (entry !== undefined) entries.push(entry);
  }
  if (unknown.length > 0) errors.unshift(unknownTypesError(unknown, registry));
  return { entries, errors, unknownTypes: new Set(unknown.map(({ name }) => name)) };
}

function typeName({ type, group, at }: WrittenEntry, index: number): string {
  if (typeof type === "string" && type !== "" && typeof group === "string" && group !== "") {
    return `${group}::${type}`;
  }
  const wrong = typeof type === "string" && type !== "" ? "group" : "type";
  const value = wrong === "type" ? type : group;
  return fail(
    "ENTRY_INVALID",
    `entry ${index + 1} of createResources has ${value === undefined ? `no ${wrong}` : `the ${wrong} ${shortly(value)}`}; accepted: a string such as ${wrong === "type" ? '"Integration"' : '"ApiGatewayV2"'}`,
    { hint: `An entry is {type: "Integration", group: "ApiGatewayV2", properties, dependencies}.`, at },
  );
}

function unknownTypesError(
  unknown: readonly { name: string; at?: SourceLocation | undefined }[],
  registry: TypeRegistry,
): GatewrightError {
  const known = [...registry.keys()];
  const names = [...new Set(unknown.map(({ name }) => name))];
  const places = names.map((name) => {
    const lines = unknown.filter((one) => one.name === name).flatMap(({ at }) => (at ? [place(at)] : []));
    return `"${name}"${lines.length === 0 ? "" : ` (${listed(lines)})`}`;
  });
  const meant = names.flatMap((name) => {
    const near = nearest(name, known);
    return near === undefined ? [] : [names.length === 1 ? `"${near}"` : `"${near}" for "${name}"`];
  });
  return new GatewrightError(
    "TYPE_UNKNOWN",
    `${names.length === 1 ? "unknown resource type" : `${names.length} unknown resource types:`} ${places.join(", ")}`,
    {
      hint: `${meant.length === 0 ? "" : `Did you mean ${meant.join(", ")}? `}Accepted, as group::type: ${known.join(", ")}.`,
      at: unknown[0]?.at,
    },
  );
}

function place({ file, line }: SourceLocation): string {
  return `${file}:${line}`;
}

function checkEntry(written: WrittenEntry, type: TypeRules, errors: GatewrightError[]): TypedEntry {
  const { at, name, namespace, readOnly, isDefault } = written;
  const label = `${type.type}${typeof name === "string" ? `::${withoutMarkers(name)}` : ""}`;
  const wrong = (field: string, value: unknown, accepted: string): never =>
    fail("ENTRY_INVALID", `${label}: ${field} is ${shortly(value)}; accepted: ${accepted}`, { at });
  if (!isNothing(name) && (typeof name !== "string" || name === "")) {
    wrong("name", name, "a string, or a function that returns one");
  }
  if (!isNothing(namespace) && typeof namespace !== "string") wrong("namespace", namespace, "a string");
  if (!isNothing(readOnly) && typeof readOnly !== "boolean") wrong("readOnly", readOnly, "true or false");
  if (!isNothing(isDefault) && isDefault !== false) {
    fail("DEFAULT_UNSUPPORTED", `${label}: isDefault is not supported for ${type.type}`, {
      hint: "isDefault is only for resources that AWS creates in every account, such as a default VPC. Name the resource, with readOnly: true if this stack does not own it.",
      at,
    });
  }
  const [misspelt] = written.unknownKeys ?? [];
  if (misspelt !== undefined) {
    const message = `${label} has no field "${misspelt}"; accepted: ${FIELDS.join(", ")}`;
    fail("ENTRY_INVALID", message, { hint: suggestion(misspelt, FIELDS, "fields of an entry"), at });
  }
  const properties = written.properties ?? {};
  if (!isObject(properties)) wrong("properties", properties, "a function that returns an object");
  const dependencies = normaliseDependencies(type, written.dependencies, at);
  const reserved = reservedKey(isObject(properties) ? properties : {});
  if (reserved !== undefined) {
    fail(
      "PROPERTY_INVALID",
      `${label}: the key "${reserved}" is reserved by Gatewright and cannot be used in a property`,
      {
        hint: "Rename the key.",
        at,
      },
    );
  }
  const entry: Entry = {
    ...(typeof name === "string" ? { name } : {}),
    properties: isObject(properties) ? properties : {},
    dependencies: dependencies.names,
  };
  errors.push(...dependencies.errors(labelOf(type, collect([], () => type.canonical(entry)) ?? entry)));
  return {
    type,
    entry,
    readOnly: readOnly === true,
    mistaken: dependencies.mistaken,
    ...(typeof namespace === "string" ? { namespace } : {}),
    ...(at === undefined ? {} : { at }),
  };
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

const RESERVED = ["$template", "$unknown", "$generated"];

/** A spec that could write these objects could pretend to know, or not to know, what it does not. */
function reservedKey(value: JsonValue): string | undefined {
  if (Array.isArray(value)) return firstOf(value);
  if (!isObject(value)) return undefined;
  return Object.keys(value).find((key) => RESERVED.includes(key)) ?? firstOf(Object.values(value));
}

function firstOf(values: readonly JsonValue[]): string | undefined {
  for (const value of values) {
    const found = reservedKey(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
