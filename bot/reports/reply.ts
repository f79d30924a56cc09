/** Plain replies: short Markdown in which nothing foreign can act. Pure. */
import { codeSpan } from "../../src/text/escape.ts";
import { hiddenLine } from "../../src/report/markdown/marker.ts";
import type { ErrorView } from "../../src/report/report.ts";
import { prose } from "../../src/text/prose.ts";

/** Text that came from outside, made harmless in Markdown: no mention, no link, no markup, no new line. */
export function plain(text: string): string {
  return prose(text, { max: 600 });
}

export function code(text: string): string {
  return codeSpan(text.trim(), 240);
}

/** A login as a mention that notifies: only for people who asked for it. */
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
