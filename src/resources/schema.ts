/**
 * Building blocks of the types' schemas. A schema sees the spec's values while references are still markers inside
 * strings, so wherever AWS wants one of a few words, a string that holds a marker must pass: its text is not known yet.
 * `z.toJSONSchema` gives the words and limits to the generated reference and to the editor's types.
 */
import * as z from "zod";
import { isOwnershipKey } from "../aws/tags.ts";
import { hasMarker } from "../model/reference-marker.ts";
import { optional } from "./facts.ts";

/** Any text. */
export function text(): z.ZodString {
  return z.string();
}

/** Text of at most so many characters, or of `least` to `most`. Empty text is as good as none, since it is not sent. */
export function limitedText(most: number, least = 0): z.ZodString {
  return z
    .string()
    .refine((value) => value === "" || hasMarker(value) || (value.length >= least && value.length <= most), {
      error: ({ input }) =>
        `has ${String(input).length} characters; accepted: ${least === 0 ? "at most" : `${least} to`} ${most}`,
    })
    .meta({ ...(least === 0 ? {} : { minLength: least }), maxLength: most });
}

/** An ARN of one of some services; of any without. `rest`: what goes behind the service, account and region included. */
export function arnText(services: string | readonly string[] = "[a-z0-9.-]+", rest = /.*/): z.ZodString {
  const names = typeof services === "string" ? [services] : services;
  const of = typeof services === "string" && services.startsWith("[") ? "" : ` of ${names.join(" or ")}`;
  const pattern = new RegExp(`^(arn:aws[a-zA-Z-]*:(${names.join("|")}):(${rest.source}))?$`);
  return patternText(pattern, `an ARN${of}`);
}

/** A role's ARN, or `arn:aws:iam::*:user/*` for the caller's own credentials. */
export function roleText(): z.ZodString {
  return patternText(
    /^(arn:aws[a-zA-Z-]*:iam::(\d{12}:role\/?[\w+=,.@/-]+|\*:user\/\*))?$/,
    'a role\'s ARN, such as "arn:aws:iam::123456789012:role/my-role"',
  );
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

/** @param most how many AWS takes */
export function textList(element: z.ZodString = z.string(), most?: number): z.ZodArray<z.ZodString> {
  const list = z.array(element);
  return most === undefined ? list : list.max(most);
}

/** Text by text. */
export function textMap(value: z.ZodString = z.string()): z.ZodRecord<z.ZodString, z.ZodString> {
  return z.record(z.string(), value);
}

/** Characters that IAM, Lambda and CloudWatch Logs take in tags; the other services take no more. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const TAG_FORM = "letters, digits, spaces and _ . : / = + - @";

/** Limits of https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
function tagText(what: string, least: number, most: number): z.ZodString {
  return z.string().superRefine((value, context) => {
    const refuse = (message: string): void => context.addIssue({ code: "custom", message });
    if (least > 0 && isOwnershipKey(value))
      refuse("keys that begin with gc- say whose a resource is: only Gatewright writes them");
    if (hasMarker(value)) return;
    if (least > 0 && /^aws:/i.test(value)) refuse('keys that begin with "aws:" are AWS\'s own');
    if (value.length < least || value.length > most)
      refuse(`a tag's ${what} has ${least === 0 ? "at most" : `${least} to`} ${most} characters`);
    else if (!TAG_TEXT.test(value)) refuse(`${JSON.stringify(value)} is not a tag's ${what}: ${TAG_FORM}`);
  });
}

/** Tags by key. */
export function tagMap(): z.ZodRecord<z.ZodString, z.ZodString> {
  return z
    .record(tagText("key", 1, 128), tagText("value", 0, 256))
    .refine((tags) => Object.keys(tags).length <= 50, { error: "AWS takes at most 50 tags" })
    .describe("Tags by key. Gatewright adds its own, gc-*, which a spec cannot write.");
}

/** The property `Tags` of a type that has them. */
export function tags(): z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>> {
  return optional(tagMap(), "Tags by key. Gatewright adds its own, gc-*, which a spec cannot write.");
}

/** An object that refuses keys it does not know. */
export function properties<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape);
}
