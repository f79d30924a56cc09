/** Values put into a text, which may be JSON: a spec writes `JSON.stringify({ password: config.secret("/shop/db") })`. Pure. */

export interface Part {
  readonly text: string;
  /** Put in later; the rest is as the spec wrote it. */
  readonly isValue: boolean;
}

/** The parts as one text. Where that is JSON, a value inside one of its strings is escaped: with a quote in it, it would end the string. */
export function joinedParts(parts: readonly Part[]): string {
  const inside = insideStrings(parts);
  const isJson = isJsonText(
    parts.map(({ text, isValue }, index) => (isValue ? (inside[index] === true ? "" : "0") : text)).join(""),
  );
  return parts
    .map(({ text, isValue }, index) =>
      isValue && isJson && inside[index] === true ? JSON.stringify(text).slice(1, -1) : text,
    )
    .join("");
}

/** For each part, whether a JSON string is open where it begins. */
function insideStrings(parts: readonly Part[]): readonly boolean[] {
  let isOpen = false;
  return parts.map(({ text, isValue }) => {
    const before = isOpen;
    if (!isValue) for (const quote of text.replace(/\\./gs, "")) if (quote === '"') isOpen = !isOpen;
    return before;
  });
}

/** An object or a list: a bare word or number is read as a text. */
function isJsonText(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
