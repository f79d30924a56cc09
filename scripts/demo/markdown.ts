/** GitHub's Markdown in a terminal: aligned tables, coloured alerts, folds closed unless they are short. */
import { lexer, type Token, type Tokens } from "marked";
import type { Colors } from "../../src/report/terminal/colors.ts";
import { inline } from "./markdown-inline.ts";
import { tableLines } from "./markdown-table.ts";

interface Look {
  readonly colors: Colors;
  readonly width: number;
}

/** A fold with at most this many lines is shown open; a closed one shows how many lines it has. */
const SHORT = 12;

const ALERTS: Readonly<Record<string, readonly [string, keyof Colors]>> = {
  CAUTION: ["⛔ Caution", "red"],
  WARNING: ["⚠️  Warning", "yellow"],
  IMPORTANT: ["❗ Important", "cyan"],
  NOTE: ["ℹ️  Note", "blue"],
  TIP: ["💡 Tip", "green"],
};

/** The lines of a comment, coloured, about `width` columns wide. */
export function readable(markdown: string, look: Look): readonly string[] {
  const lines = parts(markdown.replaceAll(/<!--[\s\S]*?-->/g, "")).flatMap((part) => [
    ...(typeof part === "string" ? blocks(lexer(part), look) : fold(part, look)),
    "",
  ]);
  // At most one empty line between two blocks.
  return lines.filter((line, index) => line !== "" || (index > 0 && lines[index - 1] !== "")).slice(0, -1);
}

interface Fold {
  readonly summary: string;
  readonly body: string;
}

/** Splits Markdown at its outermost folds, in order. */
function parts(markdown: string): readonly (string | Fold)[] {
  const found: (string | Fold)[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: tag, index } of markdown.matchAll(/<\/?details>/g)) {
    if (tag === "<details>") {
      if (depth === 0) {
        found.push(markdown.slice(from, index));
        from = index + tag.length;
      }
      depth += 1;
    } else if (depth > 0) {
      depth -= 1;
      if (depth > 0) continue;
      const [, summary = "", body = ""] =
        /^\s*<summary>([\s\S]*?)<\/summary>([\s\S]*)$/.exec(markdown.slice(from, index)) ?? [];
      found.push({ summary, body });
      from = index + tag.length;
    }
  }
  return [...found, markdown.slice(from)].filter((part) => typeof part !== "string" || part.trim() !== "");
}

function fold({ summary, body }: Fold, look: Look): readonly string[] {
  const title = inline(lexer(summary), look.colors);
  const content = readable(body, { ...look, width: look.width - 2 });
  if (content.length > SHORT)
    return [`${look.colors.dim("▸")} ${title} ${look.colors.dim(`(${content.length} lines)`)}`];
  return [`${look.colors.dim("▾")} ${title}`, ...content.map((line) => `  ${line}`)];
}

function blocks(tokens: readonly Token[], look: Look): readonly string[] {
  return tokens.flatMap((token) => block(token, look));
}

function block(token: Token, look: Look): readonly string[] {
  const { colors } = look;
  switch (token.type) {
    case "space":
      return [""];
    case "heading":
      return [colors.bold(inline(token.tokens ?? [], colors)), ""];
    case "table":
      return [...tableLines(token as Tokens.Table, look), ""];
    case "code":
      return [...code(token as Tokens.Code, colors), ""];
    case "blockquote":
      return [...quote(token as Tokens.Blockquote, look), ""];
    case "list":
      return [...(token as Tokens.List).items.flatMap((item) => listItem(item, look)), ""];
    case "paragraph":
      return [...inline(token.tokens ?? [], colors).split("\n"), ""];
    default:
      return inline([token], colors).split("\n");
  }
}

function code({ text, lang }: Tokens.Code, colors: Colors): readonly string[] {
  return text.split("\n").map((line) => {
    if (lang === "diff" && line.startsWith("+")) return `  ${colors.green(line)}`;
    if (lang === "diff" && line.startsWith("-")) return `  ${colors.red(line)}`;
    return `  ${lang === "diff" ? colors.dim(line) : colors.bold(line)}`;
  });
}

function listItem(item: Tokens.ListItem, look: Look): readonly string[] {
  const [first = "", ...rest] = blocks(item.tokens, look).filter((line) => line !== "");
  return [`• ${first}`, ...rest.map((line) => `  ${line}`)];
}

function quote({ tokens, text }: Tokens.Blockquote, look: Look): readonly string[] {
  const kind = /^\[!(\w+)\]/.exec(text)?.[1] ?? "";
  const [title, color] = ALERTS[kind] ?? ["", "dim"];
  const lines = blocks(kind === "" ? tokens : lexer(text.replace(/^\[!\w+\]\s*/, "")), look);
  const bar = look.colors[color]("┃");
  const shown = lines.filter((line, index) => line !== "" || (index > 0 && index < lines.length - 1));
  return [...(title === "" ? [] : [look.colors[color](title)]), ...shown].map((line) => `${bar} ${line}`);
}
