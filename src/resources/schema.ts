/**
 * Building blocks of the types' schemas. A schema sees the spec's values while references are still markers inside
 * strings, so wherever AWS wants one of a few words, a string that holds a marker must pass: its text is not known yet.
 * `z.toJSONSchema` gives the words and limits to the generated reference and to the editor's types.
 */
import * as z from "zod";
import { hasMarker } from "../model/reference-marker.ts";
import { optional } from "./facts.ts";

/** Any text. */
export function text(): z.ZodString {
  return z.string();
}

/** Text of at most so many characters. */
export function limitedText(most: number, least = 0): z.ZodString {
  return z
    .string()
    .refine((value) => (value.length >= least && value.length <= most) || hasMarker(value), {
      error: ({ input }) =>
        `it has ${String(input).length} characters; accepted: ${least === 0 ? "at most" : `${least} to`} ${most}`,
    })
    .meta({ ...(least === 0 ? {} : { minLength: least }), maxLength: most });
}

/** One of a few words. */
export function enumText(...words: readonly [string, ...string[]]): z.ZodString {
  return z
    .string()
    .refine((value) => words.includes(value) || hasMarker(value), {
      error: ({ input }) =>
        `${JSON.stringify(input)} is not one of ${words.map((word) => `"${word}"`).join(", ")}`,
    })
    .meta({ enum: [...words] });
}

/** Text of a certain form; `form` says it in words: `a name such as "prod" or "$default"`. */
export function patternText(pattern: RegExp, form: string): z.ZodString {
  return z
    .string()
    .refine((value) => pattern.test(value) || hasMarker(value), {
      error: ({ input }) => `${JSON.stringify(input)} is not ${form}`,
    })
    .meta({ pattern: pattern.source });
}

export function flag(): z.ZodBoolean {
  return z.boolean();
}

/** A whole number from `least` to `most`, both allowed. */
export function wholeNumber(least: number, most?: number): z.ZodNumber {
  const number = z.number().int().min(least);
  return most === undefined ? number : number.max(most);
}

export function textList(): z.ZodArray<z.ZodString> {
  return z.array(z.string());
}

/** Text by text. */
export function textMap(): z.ZodRecord<z.ZodString, z.ZodString> {
  return z.record(z.string(), z.string());
}

/** Tags by key. */
export function tagMap(): z.ZodRecord<z.ZodString, z.ZodString> {
  return textMap().superRefine((tags, context) => {
    for (const [key, value] of Object.entries(tags)) {
      const fault = tagFault(key, value);
      if (fault !== undefined) context.addIssue({ code: "custom", path: [key], message: fault });
    }
  });
}

/** The property `Tags` of a type that has them. */
export function tags(): z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>> {
  return optional(tagMap(), "Tags by key. Gatewright adds its gc-* tags; tags in the spec take precedence.");
}

/** Limits of https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
function tagFault(key: string, value: string): string | undefined {
  if (/^aws:/i.test(key)) return 'keys that begin with "aws:" are AWS\'s own';
  if (key === "" || key.length > 128) return "a tag's key has 1 to 128 characters";
  if (value.length > 256) return "a tag's value has at most 256 characters";
  return undefined;
}

/** An object that refuses keys it does not know. */
export function properties<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape);
}
