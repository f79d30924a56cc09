/** Plain replies: short Markdown with everything foreign escaped. Pure. */
import type { ErrorView } from "../../src/index.ts";

/** Text that came from outside, made harmless in Markdown: no mention, no markup, no new line. */
export function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]/gu, " ")
    .replace(/[\\`*_{}[\]<>()#+!|~-]/g, "\\$&")
    .replace(/@(?=\w)/g, "@\u200b");
}

/** A login as a mention that notifies: only for people who asked for it. */
export function mention(login: string): string {
  return /^[\w-]+(\[bot\])?$/.test(login) ? `@${login}` : plain(login);
}

/** An answer to a command, with the command quoted and the person named. */
export function answer(login: string, command: string, body: string): string {
  return `${mention(login)} asked for ${code(command)}.\n\n${body}\n`;
}

export function code(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, " ").trim();
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${clean}${fence}` : `${fence} ${clean} ${fence}`;
}

export function errorAnswer(errors: readonly ErrorView[]): string {
  return errors
    .map(({ code: name, message, hint, at }) => {
      const where = at === undefined ? "" : ` (${plain(at.file)}:${at.line})`;
      return `> [!CAUTION]\n> **${name}** ${plain(message)}${where}${hint === undefined ? "" : `\n>\n> ${hint.split("\n").join("\n> ")}`}`;
    })
    .join("\n\n");
}
