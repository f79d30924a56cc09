/** The attributes of a pool's users, as a spec writes them and as AWS answers them. */
import * as z from "zod";
import { isEmpty, type JsonObject, type JsonValue } from "../../model/values.ts";
import { own } from "../../model/own.ts";
import { optional, required } from "../facts.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";
import { enumText, flag, limitedText, patternText, properties } from "../schema.ts";

const CONSTRAINT = z.union([limitedText(131_072), z.number()]);
const asText = (value: JsonValue): JsonValue => (typeof value === "number" ? String(value) : value);
const constraints = (least: string, most: string) =>
  properties({
    [least]: optional(CONSTRAINT, "The least, as a number or a text."),
    [most]: optional(CONSTRAINT, "The most, as a number or a text."),
  });

export const attribute = properties({
  Name: required(
    patternText(
      /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u,
      "an attribute's name: 1 to 20 characters without spaces",
    ),
    "Its name; AWS puts `custom:` before a custom one's.",
  ),
  AttributeDataType: optional(enumText("String", "Number", "DateTime", "Boolean"), "What it holds."),
  DeveloperOnlyAttribute: optional(flag(), "Superseded by the clients' write permissions."),
  Mutable: optional(flag(), "Whether it can change."),
  Required: optional(flag(), "Whether every user must have it; only standard attributes can."),
  StringAttributeConstraints: optional(constraints("MinLength", "MaxLength"), "Limits of a text's length."),
  NumberAttributeConstraints: optional(constraints("MinValue", "MaxValue"), "Limits of a number."),
});

const ATTRIBUTE_DEFAULTS: JsonObject = { DeveloperOnlyAttribute: false, Mutable: true, Required: false };

/** One attribute with what AWS assumes, its limits as text. */
function spelledAttribute(given: JsonObject): JsonObject {
  const texts = (limits: JsonObject) =>
    Object.fromEntries(Object.entries(limits).map(([key, value]) => [key, asText(value)]));
  const limits = ["StringAttributeConstraints", "NumberAttributeConstraints"].flatMap((key) => {
    const value = own(given, key);
    return isEmpty(value) ? [] : [[key, texts(objectOf(value))] as const];
  });
  return { ...ATTRIBUTE_DEFAULTS, ...given, ...Object.fromEntries(limits) };
}

export const spelledSchema = (value: JsonValue): JsonValue =>
  listOf(value).map((one) => spelledAttribute(objectOf(one)));

const isCustom = (name: string): boolean => /^(custom|dev):/.test(name);
const bare = (name: string): string => name.replace(/^(dev:)?(custom|dev):/, "");

/**
 * The attributes of AWS's answer as a spec writes them: custom ones without their prefix, and of the standard ones, which
 * every pool has, those that the spec names. Members that the spec leaves to AWS are left out.
 */
export function schemaFromAws(answered: JsonValue | undefined, wanted: JsonValue | undefined): JsonValue[] {
  const asked = new Map(listOf(wanted).map((one) => [textOf(objectOf(one).Name), objectOf(one)]));
  return listOf(answered).flatMap((item) => {
    const live = objectOf(item);
    const name = bare(textOf(live.Name));
    const given = asked.get(name);
    if (given === undefined && !isCustom(textOf(live.Name))) return [];
    const members = Object.entries({ ...live, Name: name }).filter(
      ([key]) => given === undefined || Object.hasOwn(ATTRIBUTE_DEFAULTS, key) || !isEmpty(own(given, key)),
    );
    return [spelledAttribute(Object.fromEntries(members))];
  });
}
