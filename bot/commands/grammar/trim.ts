/** Takes characters away from the ends of a text in one pass. Pure. */

/**
 * Without the characters at its end for which `isUnwanted` is true. A pattern that ends in `+$` looks at a run in the middle of the text
 * once from each of its characters: a comment of 65,000 blanks takes it minutes.
 */
export function withoutEnd(text: string, isUnwanted: (character: string) => boolean): string {
  let end = text.length;
  while (end > 0) {
    const isPair = end > 1 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(end - 2, end));
    const start = end - (isPair ? 2 : 1);
    if (!isUnwanted(text.slice(start, end))) break;
    end = start;
  }
  return text.slice(0, end);
}

/** The same at both ends. */
export function withoutEnds(text: string, isUnwanted: (character: string) => boolean): string {
  let start = 0;
  for (const character of text) {
    if (!isUnwanted(character)) break;
    start += character.length;
  }
  return withoutEnd(text.slice(start), isUnwanted);
}
