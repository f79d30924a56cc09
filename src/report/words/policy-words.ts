/**
 * What becomes allowed or no longer allowed from one policy document to another: `+ dynamodb:PutItem on table/orders`. Pure.
 * Documents are compared grant by grant, so that the order and the grouping of statements do not matter:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import { nameOf } from "../../model/plan.ts";
import { canonicalJson, isObject, isUnknown, type JsonObject, type JsonValue } from "../../model/values.ts";
import { parsedPolicy } from "../../resources/policy/document.ts";
import { resourceWords } from "./resource-words.ts";
import { shortId } from "./short-id.ts";

/** Grants that are added or removed together. */
interface PolicyLine {
  readonly sign: "+" | "-";
  readonly denies: boolean;
  /** `dynamodb:PutItem`; of a NotAction `everything but iam:*`. */
  readonly actions: readonly string[];
  /** `table/orders`, `*`; none in a trust policy. */
  readonly resources: readonly string[];
  /** `lambda.amazonaws.com`; none in a policy of a role. */
  readonly by: string;
  /** `aws:SourceArn ArnLike …`; empty without a condition. */
  readonly condition: string;
}

/** One action on one resource by one principal. */
interface Grant {
  readonly denies: boolean;
  readonly action: string;
  readonly resource: string | undefined;
  readonly by: string;
  readonly condition: string;
}

/** Beyond this many grants a document has no short form. */
const MOST_GRANTS = 2_000;

/**
 * Removed before added; empty where both allow the same. Undefined when neither is a policy document, or one is too large.
 * A missing document allows nothing.
 */
export function policyChanges(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): readonly PolicyLine[] | undefined {
  const [old, next] = [before, after].map((one) => (one === undefined ? new Map() : grantsOf(one)));
  if (old === undefined || next === undefined || (before === undefined && after === undefined))
    return undefined;
  const removed = [...old].filter(([key]) => !next.has(key)).map(([, grant]) => grant);
  const added = [...next].filter(([key]) => !old.has(key)).map(([, grant]) => grant);
  const short = shortNames([...removed, ...added].flatMap(({ resource }) => resource ?? []));
  return [...grouped("-", removed, short), ...grouped("+", added, short)];
}

/** `+ dynamodb:GetItem, dynamodb:PutItem on table/orders` without its sign. */
export function policyLineText({ denies, actions, resources, by, condition }: PolicyLine): string {
  return [
    `${denies ? "denies " : ""}${actions.join(", ")}`,
    ...(resources.length === 0 ? [] : [`on ${resources.join(", ")}`]),
    ...(by === "" ? [] : [`by ${by}`]),
    ...(condition === "" ? [] : [`if ${condition}`]),
  ].join(" ");
}

/**
 * The managed policies that come or go in a list of nothing else, which a role has: `+ policy/AdministratorAccess`. Removed before
 * added; one that is made in the same plan has no ARN yet.
 */
export function attachedChanges(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): readonly { readonly sign: PolicyLine["sign"]; readonly policy: string }[] {
  const all = [...list(before), ...list(after)];
  if (!all.some(isPolicyArn) || !all.every((one) => isPolicyArn(one) || isUnknown(one))) return [];
  const [old, next] = [list(before).map(words), list(after).map(words)];
  return [
    ...old.filter((one) => !next.includes(one)).map((one) => ({ sign: "-" as const, policy: shortId(one) })),
    ...next.filter((one) => !old.includes(one)).map((one) => ({ sign: "+" as const, policy: shortId(one) })),
  ];
}

function isPolicyArn(value: JsonValue): boolean {
  return typeof value === "string" && /^arn:[\w-]+:iam::[^:]*:policy\//.test(value);
}

/** By meaning: two documents with the same keys allow the same. */
function grantsOf(value: JsonValue | undefined): ReadonlyMap<string, Grant> | undefined {
  // Most values are other texts, and an attempt to parse one costs more than all else that is done with it.
  if (typeof value === "string" && !value.trimStart().startsWith("{")) return undefined;
  const document = parsedPolicy(value);
  if (!isObject(document) || !Object.hasOwn(document, "Statement")) return undefined;
  const grants = new Map<string, Grant>();
  for (const statement of list(document.Statement)) {
    if (!isObject(statement) || !Object.hasOwn(statement, "Effect")) return undefined;
    for (const grant of grantsIn(statement)) {
      if (grants.size >= MOST_GRANTS) return undefined;
      // The names of actions have no case.
      grants.set(
        canonicalJson({ ...grant, action: grant.action.toLowerCase(), resource: grant.resource ?? null }),
        grant,
      );
    }
  }
  return grants;
}

function* grantsIn(statement: JsonObject): Generator<Grant> {
  const denies = statement.Effect !== "Allow";
  const condition = conditionText(statement.Condition);
  const actions = named(statement, "Action", "NotAction");
  const resources = named(statement, "Resource", "NotResource");
  for (const by of principals(statement))
    for (const action of actions)
      for (const resource of resources.length === 0 ? [undefined] : resources)
        yield { denies, action, resource, by, condition };
}

/** Each text of a list; those of its negation together, because only together they say what is left out. */
function named(statement: JsonObject, key: string, negation: string): readonly string[] {
  if (Object.hasOwn(statement, negation))
    return [`everything but ${list(statement[negation]).map(words).sort().join(", ")}`];
  return list(statement[key]).map(words);
}

function principals({ Principal, NotPrincipal }: JsonObject): readonly string[] {
  if (NotPrincipal !== undefined) return [`everybody but ${who(NotPrincipal).sort().join(", ")}`];
  return Principal === undefined ? [""] : who(Principal);
}

function who(principal: JsonValue): string[] {
  if (!isObject(principal)) return [principal === "*" ? "anybody" : words(principal)];
  return Object.entries(principal).flatMap(([kind, values]) =>
    list(values).map((value) => (kind === "AWS" && value === "*" ? "anybody" : words(value))),
  );
}

function conditionText(condition: JsonValue | undefined): string {
  if (!isObject(condition)) return "";
  return Object.entries(condition)
    .flatMap(([operator, tests]) =>
      Object.entries(isObject(tests) ? tests : {}).map(
        ([key, values]) => `${key} ${operator} ${list(values).map(words).sort().join(" or ")}`,
      ),
    )
    .sort()
    .join(" and ");
}

/** A value that is known after the apply is named by what it comes from. */
function words(value: JsonValue): string {
  if (typeof value === "string") return value;
  if (!isObject(value) || typeof value.$unknown !== "string") return canonicalJson(value);
  const name = nameOf(value.$unknown.replace(/ \S+$/, ""));
  return `${resourceWords({ type: "", name }).name} (new)`;
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Short ids; whole ARNs of resources that only their region or account tells apart. */
function shortNames(resources: readonly string[]): (resource: string) => string {
  const meant = Map.groupBy(new Set(resources), shortId);
  return (resource) => ((meant.get(shortId(resource))?.length ?? 0) > 1 ? resource : shortId(resource));
}

/** Actions on the same resource in one line, and resources with the same actions in one line. */
function grouped(
  sign: PolicyLine["sign"],
  grants: readonly Grant[],
  short: (resource: string) => string,
): readonly PolicyLine[] {
  const perResource = Map.groupBy(grants, ({ denies, resource, by, condition }) =>
    canonicalJson([denies, resource ?? null, by, condition]),
  );
  const lines = [...perResource.values()].flatMap((same): PolicyLine[] => {
    const [first] = same;
    if (first === undefined) return [];
    const { denies, resource, by, condition } = first;
    const actions = [...new Set(same.map(({ action }) => action))].sort();
    return [
      { sign, denies, actions, resources: resource === undefined ? [] : [short(resource)], by, condition },
    ];
  });
  const perActions = Map.groupBy(lines, ({ denies, actions, by, condition }) =>
    canonicalJson([denies, [...actions], by, condition]),
  );
  return [...perActions.values()].flatMap((same): PolicyLine[] => {
    const [first] = same;
    return first === undefined
      ? []
      : [{ ...first, resources: [...new Set(same.flatMap(({ resources }) => resources))] }];
  });
}
