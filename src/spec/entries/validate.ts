/** Canonical properties against their type's schema, and what zod finds in words a user of the spec can act on. */
import { SENSITIVE } from "../../text/yaml.ts";
import type { z } from "zod";
import { type ErrorDetails, GatewrightError } from "../../model/errors.ts";
import { listed, nearest } from "../../text/suggest.ts";
import type { Entry, TypeRules } from "../type-rules.ts";
import { isObject, type JsonObject } from "../../model/values.ts";
import { acceptedForm, nodesAt, type SchemaNode, schemaTree } from "../schema-tree.ts";
import { about } from "../locations.ts";
import { pathText, shownValue } from "../shown.ts";
import { own } from "../../model/own.ts";

interface Subject {
  /** How messages call the resource. */
  readonly label: string;
  readonly readOnly: boolean;
  /** Its dependencies have a mistake that is reported already: rules that look at them are not asked. */
  readonly mistaken: boolean;
  readonly details: ErrorDetails;
}

type Issue = z.core.$ZodIssue;

/** All mistakes of an entry: the schema's first; if there are none, those of the type's own checks. */
export function validateEntry(type: TypeRules, entry: Entry, subject: Subject): readonly GatewrightError[] {
  const judged = type.schema.safeParse(entry.properties);
  if (!judged.success) {
    const errors = withoutMisspelt(judged.error.issues).flatMap((issue) =>
      issueErrors(issue, type, entry, subject),
    );
    // A `readOnly` entry needs only its name, not everything that creating it requires.
    return subject.readOnly ? errors.filter(({ code }) => code !== "PROPERTY_MISSING") : errors;
  }
  if (subject.readOnly || subject.mistaken) return [];
  return (type.check?.(entry) ?? []).map(({ path, message, hint }) => {
    const code = path.startsWith("dependencies.") ? "DEPENDENCY_MISSING" : "PROPERTY_INVALID";
    const error = new GatewrightError(code, `${subject.label}: ${sentence(path, message)}`, {
      ...subject.details,
      hint: hint ?? describe(type, path.split(".")),
    });
    return about(error, path.split("."));
  });
}

/** What is missing because it was misspelt is told once, as the misspelt name. */
function withoutMisspelt(issues: readonly Issue[]): readonly Issue[] {
  const unknown = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? [{ at: pathText(issue.path), keys: issue.keys }] : [],
  );
  return issues.filter((issue) => {
    const key = issue.path.at(-1);
    if (issue.code === "unrecognized_keys" || typeof key !== "string") return true;
    const at = pathText(issue.path.slice(0, -1));
    return !unknown.some((one) => one.at === at && one.keys.some((name) => nearest(name, [key]) === key));
  });
}

/** Checks say `X is only for HTTP APIs`, `is required`, or what is wrong at all. */
function sentence(path: string, message: string): string {
  if (message.startsWith(path)) return message;
  return /^(is|has|needs) /.test(message) ? `${path} ${message}` : `${path}: ${message}`;
}

function issueErrors(issue: Issue, type: TypeRules, entry: Entry, subject: Subject): GatewrightError[] {
  const { label, details } = subject;
  const path = pathText(issue.path);
  const error = (code: string, message: string, hint: string | undefined, at = issue.path): GatewrightError =>
    about(new GatewrightError(code, `${label}: ${message}`, { ...details, hint }), at);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const where = path === "" ? type.type : path;
      const full = [...issue.path, key];
      // Its value is not shown: the misspelt name of a secret is not known to be one.
      const message = `${where} has no property "${key}"`;
      return error("PROPERTY_UNKNOWN", message, keyHint(type, issue.path, key), full);
    });
  }
  const branch = issue.code === "invalid_union" ? meantBranch(issue.errors) : undefined;
  if (branch !== undefined) {
    return branch.flatMap((inner) =>
      issueErrors({ ...inner, path: [...issue.path, ...inner.path] }, type, entry, subject),
    );
  }
  if (issue.code === "invalid_key") {
    // The key's own fault; its value, which may be a secret, is not shown.
    const where = pathText(issue.path.slice(0, -1));
    const key = String(issue.path.at(-1));
    return issue.issues.map(({ message }) =>
      error(
        "PROPERTY_INVALID",
        `${where}: ${message.includes(key) ? message : `the name ${JSON.stringify(key)}: ${message}`}`,
        describe(type, issue.path.slice(0, -1)),
      ),
    );
  }
  const nodes = nodesAt(schemaTree(type), issue.path);
  const accepted = [...new Set(nodes.map(acceptedForm))].join(" or ");
  const value = valueAt(entry.properties, issue.path);
  if (value === undefined) {
    return [
      error("PROPERTY_MISSING", `${path} is missing; accepted: ${accepted}`, describe(type, issue.path)),
    ];
  }
  const shown = shownValue(type, path, value);
  const message =
    issue.code === "custom" && shown !== SENSITIVE
      ? `${path}: ${issue.message}`
      : `${path} is ${shown}; accepted: ${accepted}`;
  return [error("PROPERTY_INVALID", message, valueHint(value, nodes) ?? describe(type, issue.path))];
}

/** The alternative that the value was meant to be: the only one whose kind of value it is. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const meant = branches.filter((issues) =>
    issues.every((issue) => issue.code !== "invalid_type" || issue.path.length > 0),
  );
  return meant.length === 1 ? meant[0] : undefined;
}

function valueAt(root: JsonObject, path: readonly PropertyKey[]): unknown {
  let value: unknown = root;
  for (const segment of path) {
    if (Array.isArray(value)) value = value[Number(segment)];
    else value = isObject(value) ? own(value, String(segment)) : undefined;
  }
  return value;
}

/** For a key that is not there: the nearest one, the place where it would be right, or all there are. */
function keyHint(type: TypeRules, path: readonly PropertyKey[], key: string): string {
  const tree = schemaTree(type);
  const valid = nodesAt(tree, path).flatMap((node) => Object.keys(node.properties ?? {}));
  const near = nearest(key, valid);
  if (near?.toLowerCase() === key.toLowerCase()) return `Did you mean "${near}"?`;
  const dependency = Object.keys(type.dependencies).find((name) => name.toLowerCase() === key.toLowerCase());
  if (dependency !== undefined) return `"${dependency}" belongs under dependencies.`;
  const elsewhere = homeOf(tree, key);
  if (elsewhere !== undefined) return `It belongs in ${elsewhere}.`;
  const meant = near === undefined ? "" : `Did you mean "${near}"? `;
  return `${meant}${path.length === 0 ? "Properties" : `In ${pathText(path)}`}: ${listed(valid)}.`;
}

/** Where in the tree a property of exactly this name is. */
function homeOf(node: SchemaNode, key: string, above: readonly string[] = []): string | undefined {
  if (own(node.properties, key) !== undefined) return above.join(".") || "the properties";
  for (const [name, inner] of Object.entries(node.properties ?? {})) {
    const home = homeOf(inner, key, [...above, name]);
    if (home !== undefined) return home;
  }
  return undefined;
}

function valueHint(value: unknown, nodes: readonly SchemaNode[]): string | undefined {
  const types = nodes.map(({ type }) => type);
  if (typeof value === "string") {
    const words = nodes.flatMap((node) => node.enum ?? []).map(String);
    const near = nearest(value, words);
    if (near !== undefined) return `Did you mean "${near}"?`;
    if (types.some((type) => type === "integer" || type === "number") && /^-?\d+(\.\d+)?$/.test(value)) {
      return `Write ${value} without quotes.`;
    }
    if (types.includes("boolean") && /^(true|false)$/i.test(value)) return "Write it without quotes.";
    if (types.includes("array")) return "Put it in square brackets to make it a list.";
  }
  if (types.includes("string") && (typeof value === "number" || typeof value === "boolean")) {
    return `Write "${value}" with quotes.`;
  }
  if (value === null) return "Leave it out instead.";
  return undefined;
}

function describe(type: TypeRules, path: readonly PropertyKey[]): string | undefined {
  return nodesAt(schemaTree(type), path).find(({ description }) => description !== undefined)?.description;
}
