/** Hides what came from Parameter Store and Secrets Manager in everything that leaves the process. Pure. */
import { SENSITIVE } from "../../text/yaml.ts";
import type { ApplyEvent, ApplyResult, ResourceResult } from "../../model/apply.ts";
import type { Problem } from "../../model/plan.ts";
import { own } from "../../model/own.ts";
import { canonicalJson, isObject, type JsonObject, type JsonValue } from "../../model/values.ts";
import type { PropertyChange, ResourceType } from "../../resources/type.ts";
import type { DesiredResource } from "../../spec/types.ts";
import { asQuoted, asWord, formsOf, isCommon, quotesCommon, SHORTEST } from "../read/secrets.ts";
import { type Stored, usesStored } from "../read/stored.ts";
import { settingOf } from "./diff.ts";

type Hidden = Pick<Stored, "texts" | "commonSecrets">;
type Secrets = Pick<Stored, "secrets" | "commonSecrets">;

/** The text without the values in it, and without the common ones where `find` finds them. */
function hidden(
  text: string,
  values: readonly string[],
  common: readonly string[],
  find: (form: string) => RegExp,
): string {
  const without = formsOf(values).reduce((rest, form) => rest.replaceAll(form, SENSITIVE), text);
  return formsOf(common).reduce((rest, form) => rest.replaceAll(find(form), SENSITIVE), without);
}

/** A state that has stored values in it. */
interface WithStored {
  readonly state: () => JsonObject;
  /** With something else in place of the values. */
  readonly without: () => JsonObject;
}

/** The states of those that take stored values. */
export function withStored(
  resources: readonly (DesiredResource | undefined)[],
  stored: Stored,
  stateOf: (resource: DesiredResource, text: Stored["text"]) => () => JsonObject,
): readonly WithStored[] {
  // Not a text: beside what is known only after the apply it would be in no state, and the state would seem to hold no stored value.
  const other: Stored["text"] = ({ name, key }) => ({ $unknown: `(${name} ${key})` });
  return resources.flatMap((one) =>
    one !== undefined && usesStored(one)
      ? [{ state: stateOf(one, stored.text), without: stateOf(one, other) }]
      : [],
  );
}

/**
 * The changes with those masked that show a stored value: where a state would be another with other values, and where a secret is
 * quoted all the same.
 * @param states of the spec, and of the base branch's, from whose values AWS may have an older version; when the type takes
 * nothing else in place of the values, all of it is masked
 */
export function maskedChanges(
  type: ResourceType,
  changes: readonly PropertyChange[],
  states: readonly WithStored[],
  stored: Secrets,
): readonly PropertyChange[] {
  const isFrom = states.map((one) => fromStored(type, one));
  return changes.map((change) =>
    isFrom.some((is) => is(change.path)) || quotes(change, stored) ? { ...change, sensitive: true } : change,
  );
}

function fromStored(type: ResourceType, { state, without }: WithStored): (path: string) => boolean {
  try {
    // What is known only after the apply differs from everything, also from itself.
    const paths = settingOf(type, without(), state())
      .filter(({ before, after }) => canonicalJson(before ?? null) !== canonicalJson(after ?? null))
      .map(({ path }) => path);
    return (path) => paths.some((one) => touches(one, path));
  } catch {
    return () => true;
  }
}

/** One is the other, or above it. */
function touches(one: string, other: string): boolean {
  const isAbove = (upper: string, lower: string): boolean =>
    lower.startsWith(upper) && (lower.length === upper.length || /[.[]/.test(lower.charAt(upper.length)));
  return isAbove(one, other) || isAbove(other, one);
}

/** With what AWS has masked where it is text: of a base branch that cannot be evaluated, nobody knows its secrets. */
export function withoutBefore(changes: readonly PropertyChange[]): readonly PropertyChange[] {
  return changes.map((change) =>
    !change.sensitive && holdsText(change.before) ? { ...change, hidesBefore: true } : change,
  );
}

function holdsText(value: JsonValue | undefined): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(holdsText);
  return typeof value === "string" && value !== "";
}

function quotes(
  { before, after }: Pick<PropertyChange, "before" | "after">,
  { secrets, commonSecrets }: Secrets,
): boolean {
  const values = [before ?? null, after ?? null];
  const text = canonicalJson(values);
  return formsOf(secrets).some((form) => text.includes(form)) || quotesCommon(values, commonSecrets);
}

/** Masked in plans, but few of them are secrets, and a log in which every `production` is hidden helps nobody. */
const RARELY_SECRET: readonly string[] = ["Environment.Variables", "Value"];

/** The texts at a type's sensitive properties, for whoever hides texts in a log: the values of an origin's headers. */
export function secretTexts(
  { sensitive }: Pick<ResourceType, "sensitive">,
  state: JsonObject,
): readonly string[] {
  const below = (value: JsonValue | undefined, [key, ...rest]: readonly string[]): readonly string[] => {
    if (key === undefined) return typeof value === "string" && !isCommon(value) ? [value] : [];
    if (Array.isArray(value)) return key === "*" ? value.flatMap((one) => below(one, rest)) : [];
    return isObject(value) ? below(own(value, key), rest) : [];
  };
  return sensitive
    .filter((path) => !RARELY_SECRET.includes(path))
    .flatMap((path) => below(state, path.split(".")));
}

/**
 * What a job's log is told to hide of a secret. GitHub's runner hides each line of what it is told, and with a line that is only `}` every
 * bracket of the log.
 */
export function linesToHide(secret: string): readonly string[] {
  return secret
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST);
}

export function hiddenProblem(problem: Problem, stored: Secrets | undefined): Problem {
  if (stored === undefined) return problem;
  const { secrets, commonSecrets } = stored;
  const { message, hint } = problem;
  const without = (text: string): string => hidden(text, secrets, commonSecrets, asQuoted);
  return { ...problem, message: without(message), ...(hint === undefined ? {} : { hint: without(hint) }) };
}

/** AWS's errors quote what was sent; hints are ours. */
export function hiddenResult(result: ResourceResult, stored: Hidden | undefined): ResourceResult {
  const { error } = result;
  if (error === undefined || stored === undefined) return result;
  const { texts, commonSecrets } = stored;
  const { message, hint } = error;
  return {
    ...result,
    error: {
      ...error,
      message: hidden(message, texts, commonSecrets, asWord),
      ...(hint === undefined ? {} : { hint: hidden(hint, texts, commonSecrets, asQuoted) }),
    },
  };
}

export function hiddenEvent(event: ApplyEvent, stored: Hidden | undefined): ApplyEvent {
  return event.kind === "step-finished" ? { ...event, result: hiddenResult(event.result, stored) } : event;
}

export function hiddenOutputs(
  outputs: ApplyResult["outputs"],
  stored: Secrets | undefined,
): ApplyResult["outputs"] {
  if (stored === undefined) return outputs;
  const { secrets, commonSecrets } = stored;
  return outputs.map((output) => ({
    ...output,
    value: quotesCommon(output.value, commonSecrets) ? SENSITIVE : hidden(output.value, secrets, [], asWord),
  }));
}
