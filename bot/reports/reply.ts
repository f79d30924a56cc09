/** The parts of a reply: short Markdown in which foreign text cannot act. Pure. */
import { joinMarkdown, md, type Markdown, safely } from "../../src/text/markdown.ts";
import { codeSpan } from "../../src/text/escape.ts";
import { hiddenLine } from "../../src/report/markdown/marker.ts";
import type { ErrorView } from "../../src/report/report.ts";
import { prose } from "../../src/text/prose.ts";

/** Foreign text as harmless Markdown: no mention, no link, no markup, no new line. */
export function plain(text: string): Markdown {
  return prose(text, { max: 600 });
}

export function code(text: string): Markdown {
  return codeSpan(text.trim(), 240);
}

/** A login as a mention that notifies: only for the person who sent the command. */
export function mention(login: string): Markdown {
  return /^[\w-]+(\[bot\])?$/.test(login) ? safely(`@${login}`) : code(login);
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
      return md`> [!CAUTION]\n> **${codeName(name)}** ${plain(message)}${where}${advice}`;
    }),
    "\n\n",
  );
}

/** Ours, or AWS's word for an error, which is foreign. */
function codeName(name: string): Markdown {
  return /^[A-Za-z]\w*$/.test(name) ? safely(name) : code(name);
}

/** Without white space at its end. */
export function trimmed(body: Markdown): Markdown {
  return safely(body.trimEnd());
}
