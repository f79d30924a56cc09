/**
 * Policy documents by meaning. AWS keeps a document as it was sent, people write the same in many ways:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html says which ways are equal.
 */
import { canonicalJson, isObject, isUnknown, type JsonObject, type JsonValue } from "../../model/values.ts";

/** Elements of a statement that hold one text or several, in any order. */
const LISTS = ["Action", "NotAction", "Resource", "NotResource"];
const PRINCIPALS = ["Principal", "NotPrincipal"];

/**
 * The one form of all documents that mean the same: statements and values in one order, lists where lists are allowed,
 * condition values as text. Two documents are equal in meaning when these are equal. Not for sending.
 */
export function canonicalPolicy(document: JsonValue | undefined): JsonValue {
  const parsed = parsedPolicy(document);
  if (!isObject(parsed) || isUnknown(parsed)) return parsed;
  const { Version, Id, Statement, ...rest } = parsed;
  const statements = asList(Statement).map((statement) =>
    isObject(statement) ? canonicalStatement(statement) : statement,
  );
  return {
    ...rest,
    // Without a version AWS reads the old language, so "absent" is that one, not the newest.
    Version: Version ?? "2008-10-17",
    ...(Id === undefined || Id === "" ? {} : { Id }),
    Statement: inOrder(statements),
  };
}

/** True when both documents mean the same. */
export function samePolicy(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return canonicalJson(canonicalPolicy(one)) === canonicalJson(canonicalPolicy(other));
}

/** Specs write documents as objects or as JSON text; text that is not JSON stays text. */
export function parsedPolicy(document: JsonValue | undefined): JsonValue {
  if (typeof document !== "string") return document ?? null;
  try {
    const parsed: JsonValue = JSON.parse(document);
    return parsed;
  } catch {
    return document;
  }
}

/** A document as IAM answers with it: URL-encoded JSON (RFC 3986). */
export function decodedPolicy(encoded: string | undefined): JsonValue {
  if (encoded === undefined) return {};
  return parsedPolicy(encoded.trimStart().startsWith("{") ? encoded : decodeURIComponent(encoded));
}

function canonicalStatement(statement: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(statement)) {
    if (key === "Sid" && value === "") continue;
    if (LISTS.includes(key)) result[key] = key.endsWith("Action") ? actions(value) : asSet(value);
    else if (PRINCIPALS.includes(key)) result[key] = canonicalPrincipal(value);
    else if (key === "Condition") {
      const condition = canonicalCondition(value);
      if (isObject(condition) && Object.keys(condition).length === 0) continue;
      result[key] = condition;
    } else result[key] = value;
  }
  return result;
}

/** The names of actions have no case: `s3:GetObject` is `S3:getobject`. */
function actions(value: JsonValue): JsonValue[] {
  return asSet(asList(value).map((action) => (typeof action === "string" ? action.toLowerCase() : action)));
}

function canonicalPrincipal(principal: JsonValue): JsonValue {
  // `"*"` and `{"AWS": "*"}` mean the same:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
  if (principal === "*") return { AWS: ["*"] };
  if (!isObject(principal) || isUnknown(principal)) return principal;
  return Object.fromEntries(
    Object.entries(principal).map(([kind, who]) => [
      kind,
      asSet(kind === "AWS" ? asList(who).map(accountOfRoot) : who),
    ]),
  );
}

/** `arn:aws:iam::123456789012:root` is another way to write the account's number. */
export function accountOfRoot(principal: JsonValue): JsonValue {
  if (typeof principal !== "string") return principal;
  return /^arn:[\w-]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal;
}

function canonicalCondition(condition: JsonValue): JsonValue {
  if (!isObject(condition)) return condition;
  return Object.fromEntries(
    Object.entries(condition)
      .filter(([, tests]) => !isObject(tests) || Object.keys(tests).length > 0)
      .map(([operator, tests]) => [operator, isObject(tests) ? canonicalTests(tests) : tests]),
  );
}

/** The keys of a condition have no case (`aws:SourceArn`, `AWS:SourceArn`); its values are texts. */
function canonicalTests(tests: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(tests).map(([key, values]) => [
      key.toLowerCase(),
      asSet(
        asList(values).map((value) =>
          typeof value === "boolean" || typeof value === "number" ? String(value) : value,
        ),
      ),
    ]),
  );
}

function asList(value: JsonValue | undefined): JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function asSet(value: JsonValue): JsonValue[] {
  const byText = new Map(asList(value).map((item) => [canonicalJson(item), item]));
  return inOrder([...byText.values()]);
}

function inOrder(values: readonly JsonValue[]): JsonValue[] {
  return values
    .map((value) => ({ value, text: canonicalJson(value) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ value }) => value);
}
