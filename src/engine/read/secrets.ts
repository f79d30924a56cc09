/** Where a secret stands in a text. Pure. */
import type { JsonValue } from "../../model/values.ts";
import { literal } from "../../text/prose.ts";

/** Shorter secrets hide nothing and occur everywhere. */
export const SHORTEST = 6;

/** `orders`, `Lambda`, `PRODUCTION`: other texts have the word by themselves. What generators make of letters alone is longer. */
const ORDINARY = /^(?:\p{Lu}?\p{Ll}{1,11}|\p{Lu}{1,12})$/u;

/** Whether other texts hold it by chance, because it is short or an ordinary word: replaced everywhere, it would destroy them. */
export function isCommon(secret: string): boolean {
  return secret.length < SHORTEST || ORDINARY.test(secret);
}

/** The values as they are, as JSON writes them, with quotes and line breaks escaped, and as JSON in a text of JSON has them. */
export function formsOf(values: readonly string[]): readonly string[] {
  const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
  return [...new Set(values.flatMap((value) => [escaped(escaped(value)), escaped(value), value]))];
}

/** A common secret by itself, not as a part of another word: for texts that others wrote. */
export function asWord(text: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])${literal(text)}(?![\\p{L}\\p{N}_])`, "gu");
}

/** The same for sentences of ours, which say `function` by themselves: an ordinary word only where it is quoted. */
export function asQuoted(text: string): RegExp {
  return ORDINARY.test(text) ? new RegExp(`(?<=["'=])${literal(text)}(?=["'&;,\\\\]|$)`, "gu") : asWord(text);
}

/**
 * Whether a text is the common secret, or an ordinary word stands in it as a value does: `Bearer orders`, `?token=orders&`, `"orders"` in
 * JSON, `user:orders@host`; not as a part of an ARN or a path.
 */
function standsFor(text: string, secret: string): boolean {
  if (text === secret) return true;
  if (secret.length < SHORTEST) return false;
  const word = literal(secret);
  return new RegExp(`(?<![^\\s"'=])${word}(?![^\\s"'&;,\\\\])|:${word}@`, "u").test(text);
}

/** Whether a value is one of the common secrets, or has one inside as a value. */
export function quotesCommon(value: JsonValue, commonSecrets: readonly string[]): boolean {
  if (value === null) return false;
  if (typeof value === "object") return Object.values(value).some((one) => quotesCommon(one, commonSecrets));
  return commonSecrets.some((secret) => standsFor(String(value), secret));
}
