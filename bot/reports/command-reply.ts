/** Replies to a command in a single comment, which is found again after a crash and edited by later replies. */
import { joinMarkdown, linesOf, md, type Markdown, trimmed } from "../../src/text/markdown.ts";
import { hiddenLine, hiddenName } from "../../src/text/hidden.ts";
import { COMMENT_BYTES } from "../../src/report/markdown/size-limit.ts";
import { shortened } from "../../src/text/shortened.ts";
import type { ErrorView } from "../../src/report/report.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";
import { byteLength } from "../../src/text/words.ts";
import { commentKey } from "../services/idempotency-keys.ts";
import type { CommandComment } from "../../src/model/run.ts";
import { type CommentServices, writeComment } from "./comments.ts";
import { answer, errorAnswer } from "./reply.ts";

/** The command that is answered. */
interface Asked extends CommandComment {
  readonly repository: RepositoryRef;
  /** The pull request it was sent on. */
  readonly issue: number;
  readonly login: string;
  /** As it was written. */
  readonly text: string;
}

export interface CommandReply {
  /** Answers with the command quoted and the person mentioned; `facts` are for programs that read the answer. */
  answer(body: Markdown, facts?: { readonly kind: string; readonly value: unknown }): Promise<void>;
  /** The same with errors: what is wrong and what to do next. */
  refuse(...errors: readonly ErrorView[]): Promise<"refused">;
  /** Writes a body that is complete by itself, its own marker in the first line. */
  write(body: Markdown): Promise<void>;
  /** Shows a notice now, and above everything that is answered later. */
  announce(notice: Markdown): Promise<void>;
}

export function replyTo(services: CommentServices, asked: Asked): CommandReply {
  const { repository, issue, login, text } = asked;
  const key = String(commentKey(asked));
  const marker = hiddenName("reply", key);
  let notice = md``;
  const write = async (body: Markdown): Promise<void> => {
    await writeComment(services, {
      repository,
      issue,
      kind: "reply",
      key,
      isIt: (other) => other.includes(marker),
      body: md`${shortened(withNotice(notice, trimmed(body)), COMMENT_BYTES)}\n\n${marker}`,
    });
  };
  return {
    write,
    answer: (body, facts) => {
      const line = facts === undefined ? md`` : hiddenLine(facts.kind, facts.value);
      // Facts that leave no room for the answer are left out: programs read the pages of a bot that large.
      const shown = byteLength(line) > COMMENT_BYTES / 2 ? md`` : line;
      const room = COMMENT_BYTES - byteLength(shown) - byteLength(notice) - 10;
      return write(md`${shortened(trimmed(answer(login, text, body)), room)}\n\n${shown}`);
    },
    refuse: async (...errors) => {
      await write(answer(login, text, errorAnswer(errors)));
      return "refused";
    },
    announce: (said) => {
      notice = said;
      return write(answer(login, text, md`The answer follows.`));
    },
  };
}

/** The notice comes after a first line that is a marker: code that looks for a marker reads that line. */
function withNotice(notice: Markdown, body: Markdown): Markdown {
  if (notice === "") return body;
  const [first = md``, ...rest] = linesOf(body);
  return first.startsWith("<!-- gatewright:")
    ? md`${first}\n${notice}\n\n${joinMarkdown(rest, "\n")}`
    : md`${notice}\n\n${body}`;
}
