/** The parts of a reply: short Markdown in which foreign text cannot act. Pure. */
import { codeSpan } from "../../src/text/escape.ts";
import { hiddenLine } from "../../src/report/markdown/marker.ts";
import type { ErrorView } from "../../src/report/report.ts";
import { prose } from "../../src/text/prose.ts";

/** Foreign text as harmless Markdown: no mention, no link, no markup, no new line. */
export function plain(text: string): string {
  return prose(text, { max: 600 });
}

export function code(text: string): string {
  return codeSpan(text.trim(), 240);
}

/** A login as a mention that notifies: only for the person who sent the command. */
export function mention(login: string): string {
  return /^[\w-]+(\[bot\])?$/.test(login) ? `@${login}` : code(login);
}

/** An answer to a command, with the command quoted and the person named. */
export function answer(login: string, command: string, body: string): string {
  return `${mention(login)} asked for ${code(command)}.\n\n${body}\n`;
}

/**
 * An answer with its facts in a hidden line, for programs that read it.
 * @param kind what the facts are: `status`, `locks`, `cancelled`, `drifts`
 */
export function withFacts(body: string, kind: string, facts: unknown): string {
  return `${body.trimEnd()}\n\n${hiddenLine(kind, facts)}`;
}

export function errorAnswer(errors: readonly ErrorView[]): string {
  return errors
    .map(({ code: name, message, hint, at }) => {
      const where = at === undefined ? "" : ` (${code(`${at.file}:${at.line}`)})`;
      const advice = hint === undefined ? "" : `\n>\n> ${plain(hint)}`;
      return `> [!CAUTION]\n> **${name}** ${plain(message)}${where}${advice}`;
    })
    .join("\n\n");
}
