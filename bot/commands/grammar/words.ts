/** Splits a command's line into words. Pure. */
import { withoutEnds } from "./trim.ts";

export interface Word {
  /** What the word says: without quotes. */
  readonly value: string;
  /** As it was written. */
  readonly written: string;
  /** `--stage` of `--stage=prod` or of `--stage prod`; undefined for a word that is not an option. */
  readonly option?: string | undefined;
  /** True for `--stage=prod`: the value belongs to the option. */
  readonly joined?: boolean;
}

/** A word, or words in quotes, with `-d=` or `--directory=` before it. Typographic quotes come from phones. */
const WORD =
  /(?:(--?[A-Za-z]+)=)?(?:"([^"]*)"|'([^']*)'|[“”„]([^“”„]*)[“”]|[‘’‚]([^‘’‚]*)[‘’])(?=\s|$)|\S+/gu;
const UNSEEN = /^\p{Cf}$/u;

export function wordsOf(text: string): readonly Word[] {
  return [...dashes(text).matchAll(WORD)].flatMap(([written, before, ...quoted]): readonly Word[] => {
    const inQuotes = quoted.find((one) => one !== undefined);
    if (inQuotes !== undefined)
      return [
        { value: inQuotes, written, ...(before === undefined ? {} : { option: before, joined: true }) },
      ];
    const value = withoutEnds(written, (character) => UNSEEN.test(character));
    if (value === "") return [];
    const [, option, rest] = /^(--?[A-Za-z][\w-]*)(?:=(.*))?$/su.exec(value) ?? [];
    if (option === undefined) return [{ value, written }];
    return [{ value: rest ?? value, written, option, joined: rest !== undefined }];
  });
}

/** Phones turn `--stage` into `—stage`. */
function dashes(text: string): string {
  return text
    .replace(/(?<=^|\s)([–—])(?=[A-Za-z]{2})/g, "--")
    .replace(/(?<=^|\s)[–—](?=[A-Za-z](?:\s|=|$))/g, "-");
}
