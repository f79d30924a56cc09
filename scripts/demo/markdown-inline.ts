/** Inline Markdown in a terminal. */
import type { Token } from "marked";
import type { Colors } from "../../src/report/terminal/colors.ts";

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', nbsp: " " };

/** HTML's character references as characters. */
function decoded(text: string): string {
  return text
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

/** Shows links without their addresses. */
export function inline(tokens: readonly Token[], colors: Colors): string {
  return tokens.map((token) => one(token, colors)).join("");
}

/** The same without colour, for measuring. */
export function plainOf(coloured: string): string {
  return coloured.replaceAll(/\u001b\[\d+m/g, "");
}

function one(token: Token, colors: Colors): string {
  const inside = (): string =>
    "tokens" in token && token.tokens !== undefined
      ? inline(token.tokens, colors)
      : decoded("text" in token ? String(token.text) : token.raw);
  switch (token.type) {
    case "strong":
      return colors.bold(inside());
    case "codespan":
      return colors.cyan(inside());
    case "em":
    case "del":
      return colors.dim(inside());
    case "br":
      return "\n";
    case "html":
      // Keeps of a tag only what has meaning in a terminal.
      return /^<br\s*\/?>/i.test(token.raw) ? "\n" : decoded(token.raw.replaceAll(/<[^>]*>/g, ""));
    case "space":
      return "";
    default:
      return inside();
  }
}
