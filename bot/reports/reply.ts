/** The parts of a reply: short Markdown in which foreign text cannot act. Pure. */
import { joinMarkdown, md, type Markdown, trimmed } from "../../src/text/markdown.ts";
import { codeSpan, identifier } from "../../src/text/escape.ts";
import { mention } from "../../src/text/link.ts";
import { hiddenLine } from "../../src/text/hidden.ts";
import type { ErrorView } from "../../src/report/report.ts";
import { prose } from "../../src/text/prose.ts";

/** Foreign text as harmless Markdown: no mention, no link, no markup, no new line. */
export function plain(text: string): Markdown {
  return prose(text, { max: 600 });
}

export function code(text: string): Markdown {
  return codeSpan(text.trim(), 240);
}

/** An answer to a command, with the command quoted and the person named. */
export function answer(login: string, command: string, body: Markdown): Markdown {
  return md`${mention(login)} asked for ${code(command)}.\n\n${body}\n`;
}

/**
 * An answer with its facts in a hidden line, for programs that read it.
 * @param kind what the facts are: `status`, `locks`, `cancelled`, `drifts`
 */
export function withFacts(body: Markdown, kind: string, facts: unknown): Markdown {
  return md`${trimmed(body)}\n\n${hiddenLine(kind, facts)}`;
}

export function errorAnswer(errors: readonly ErrorView[]): Markdown {
  return joinMarkdown(
    errors.map(({ code: name, message, hint, at }) => {
      const where = at === undefined ? md`` : md` (${code(`${at.file}:${at.line}`)})`;
      const advice = hint === undefined ? md`` : md`\n>\n> ${plain(hint)}`;
      return md`> [!CAUTION]\n> **${identifier(name)}** ${plain(message)}${where}${advice}`;
    }),
    "\n\n",
  );
}
