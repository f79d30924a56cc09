/** Hides what came from Parameter Store and Secrets Manager in everything that leaves the process. Pure. */
import { SENSITIVE } from "../../text/yaml.ts";
import type { ApplyEvent, ApplyResult, ResourceResult } from "../../model/apply.ts";
import type { Problem } from "../../model/plan.ts";
import { canonicalJson, type JsonObject, type JsonValue } from "../../model/values.ts";
import type { PropertyChange, ResourceType } from "../../resources/type.ts";
import type { Stored } from "../read/stored.ts";
import { settingOf } from "./diff.ts";

/** The text without the values in it, as they are and as JSON writes them. */
function hidden(text: string, values: readonly string[]): string {
  const forms = values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  return forms.reduce((rest, form) => rest.replaceAll(form, SENSITIVE), text);
}

/**
 * The changes with those masked that show a stored value: where the state would be another with other values, and where a secret is
 * quoted all the same.
 * @param without the state with other texts in place of the values; when the type takes no other, all of it is masked
 */
export function maskedChanges(
  type: ResourceType,
  changes: readonly PropertyChange[],
  { state, without }: { readonly state: JsonObject; readonly without: () => JsonObject },
  { secrets }: Pick<Stored, "secrets">,
): readonly PropertyChange[] {
  const isFrom = fromStored(type, state, without);
  return changes.map((change) =>
    isFrom(change.path) || quotes(change, secrets) ? { ...change, sensitive: true } : change,
  );
}

function fromStored(
  type: ResourceType,
  state: JsonObject,
  without: () => JsonObject,
): (path: string) => boolean {
  try {
    const paths = settingOf(type, without(), state).map(({ path }) => path);
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

function quotes(
  { before, after }: Pick<PropertyChange, "before" | "after">,
  secrets: readonly string[],
): boolean {
  if (secrets.length === 0) return false;
  const inside = (value: JsonValue | undefined): boolean => {
    if (typeof value === "string") return secrets.some((secret) => value.includes(secret));
    if (typeof value !== "object" || value === null) return false;
    return Array.isArray(value) ? value.some(inside) : Object.values(value).some(inside);
  };
  const text = canonicalJson([before ?? null, after ?? null]);
  return inside(before) || inside(after) || secrets.some((secret) => text.includes(secret));
}

export function hiddenProblem(problem: Problem, values: readonly string[]): Problem {
  const { message, hint } = problem;
  return {
    ...problem,
    message: hidden(message, values),
    ...(hint === undefined ? {} : { hint: hidden(hint, values) }),
  };
}

/** AWS's errors quote what was sent. */
export function hiddenResult(result: ResourceResult, values: readonly string[]): ResourceResult {
  const { error } = result;
  if (error === undefined || values.length === 0) return result;
  const { message, hint } = error;
  return {
    ...result,
    error: {
      ...error,
      message: hidden(message, values),
      ...(hint === undefined ? {} : { hint: hidden(hint, values) }),
    },
  };
}

export function hiddenEvent(event: ApplyEvent, values: readonly string[]): ApplyEvent {
  return event.kind === "step-finished" ? { ...event, result: hiddenResult(event.result, values) } : event;
}

export function hiddenOutputs(
  outputs: ApplyResult["outputs"],
  secrets: readonly string[],
): ApplyResult["outputs"] {
  return outputs.map((output) => ({ ...output, value: hidden(output.value, secrets) }));
}
