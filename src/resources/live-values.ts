/** Small steps between AWS's answers and states. */
import { isObject, type JsonObject, type JsonValue } from "../model/values.ts";
import { own } from "../model/own.ts";

/** An SDK answer as JSON: dates as text, nothing undefined, no `$metadata`. */
export function jsonOf(answer: object): JsonObject {
  const parsed: unknown = JSON.parse(JSON.stringify({ ...answer, $metadata: undefined }));
  return isObject(parsed) ? parsed : {};
}

/** A text in a state, or empty. If it is required, the schema has checked that it is there. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

export function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

export function textsOf(value: JsonValue | undefined): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

/** A list of header names as AWS answers it, whatever their case was when they were sent. */
export function lowerCased(value: JsonValue): JsonValue {
  if (!Array.isArray(value)) return value;
  return value.map((item) => (typeof item === "string" ? item.toLowerCase() : item));
}

/** Tags without AWS's own, which nobody can set. */
export function userTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !/^aws:/i.test(key)));
}

/** The tags of a state. */
export function tagsOf(state: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(objectOf(state.Tags)).map(([key, value]) => [key, textOf(value)]));
}

/** What is to be set and what is to be removed to get from one state's tags to another's. */
export function tagChanges(
  before: JsonObject,
  after: JsonObject,
): { set: Record<string, string>; remove: string[] } {
  const old = tagsOf(before);
  const wanted = tagsOf(after);
  return {
    set: Object.fromEntries(Object.entries(wanted).filter(([key, value]) => own(old, key) !== value)),
    remove: Object.keys(old).filter((key) => !Object.hasOwn(wanted, key)),
  };
}

/** IAM's list of tags as a map. */
export function tagMapOf(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Record<string, string> {
  return Object.fromEntries((tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
}

/** A map of tags as IAM's list. */
export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The tags of AWS's answer, which are a map or a list of `{Key, Value}`. */
export function tagsIn(value: JsonValue | undefined): Record<string, string> {
  if (!Array.isArray(value)) return tagsOf({ Tags: value ?? {} });
  return tagMapOf(value.map(objectOf).map(({ Key, Value }) => ({ Key: textOf(Key), Value: textOf(Value) })));
}
