/**
 * Markdown that is safe to send: literals of our own, and foreign text that went through an escaper (`escape.ts`, `prose.ts`,
 * `link.ts`, `hidden.ts`). What GitHub shows takes this type, so that a foreign text that was forgotten is a type error.
 */
import { duration } from "./duration.ts";
import { grouped } from "./words.ts";

declare const safe: unique symbol;

export type Markdown = string & { readonly [safe]: true };

/** What a foreign text is refused with. */
interface EscapeItFirst {
  readonly "this text may be foreign: give it to codeSpan, prose or another escaper": never;
}

/** Only text whose every value stands in our sources: `"apply" | "destroy"`, but neither `string` nor `${string}!`. */
type Literal<Text> = Text extends string
  ? Record<never, never> extends Record<Text, 1>
    ? EscapeItFirst
    : Text
  : EscapeItFirst;

/** What may stand in Markdown as it is. */
export type Part<Value> = Value extends Markdown | number ? Value : Literal<Value>;

/** Literal text with safe parts in it: md`- ${code(directory)} is not locked`. */
export function md<const Parts extends readonly unknown[]>(
  literals: TemplateStringsArray,
  ...parts: Parts & { readonly [Index in keyof Parts]: Part<Parts[Index]> }
): Markdown {
  return safely(String.raw({ raw: literals }, ...parts));
}

/** Lines, paragraphs or cells in a row. */
export function joinMarkdown<const Between extends string>(
  parts: readonly Markdown[],
  between: Between & Literal<Between>,
): Markdown {
  return safely(parts.join(between));
}

/** `1 property`, `3 properties`, `1,204 routes`, like `plural`. */
export function counted<const One extends string, const Many extends string = `${One}s`>(
  count: number,
  one: One & Literal<One>,
  many?: Many & Literal<Many>,
): Markdown {
  return safely(`${grouped(count)} ${count === 1 ? one : (many ?? `${one}s`)}`);
}

/** `1,204` */
export function figure(count: number): Markdown {
  return safely(grouped(count));
}

/** `850 ms`, `1 min 05 s`, like `duration`. */
export function elapsed(milliseconds: number): Markdown {
  return safely(duration(milliseconds));
}

/** `2026-11-29 05:12 UTC`. In milliseconds since 1970. */
export function instant(milliseconds: number): Markdown {
  const minutes = new Date(milliseconds).toISOString().slice(0, "2026-11-29T05:12".length);
  return safely(`${minutes.replace("T", " ")} UTC`);
}

/** `2026-11-29`, in UTC. In milliseconds since 1970. */
export function day(milliseconds: number): Markdown {
  return safely(new Date(milliseconds).toISOString().slice(0, "2026-11-29".length));
}

/** Without white space at its end. */
export function trimmed(text: Markdown): Markdown {
  return safely(text.trimEnd());
}

/** Each line as it is: what is safe as a whole is safe line by line. */
export function linesOf(text: Markdown): readonly Markdown[] {
  return text.split("\n").map(safely);
}

/** For the escapers and the few who make safe text from its parts: test/contract/escaped.test.ts knows them all. */
export function safely(text: string): Markdown {
  // The only cast: a brand has no value that could be checked.
  return text as Markdown;
}
