/** A comment on a pull request: is it a command, may it be heard, and what becomes of it. */
import { userErrors } from "../src/index.ts";
import { answer, errorAnswer } from "./commands/answer.ts";
import type { CommandContext } from "./commands/context.ts";
import { type Parsed, parseComment } from "./commands/grammar.ts";
import { HANDLERS } from "./commands/handlers.ts";
import { readPull } from "./facts.ts";
import { react, say } from "./github/talk.ts";
import type { Services } from "./services.ts";
import { loadSettings, settingsNotice } from "./settings/load.ts";
import type { RepositoryRef } from "./types.ts";

/** The part of an `issue_comment.created` payload that is looked at. */
export interface CommentEvent {
  readonly deliveryId: string;
  readonly repository: RepositoryRef;
  readonly isPullRequest: boolean;
  readonly issue: number;
  readonly commentId: number;
  readonly body: string;
  readonly login: string;
  /** `User`, `Bot`, `Organization` */
  readonly userType: string;
}

/** What the comment asks for, when it is one that may ask. Pure. */
export function commandIn({ userType, isPullRequest, body }: CommentEvent): Parsed {
  // A bot's comment is never a command: two bots would talk forever, and ours quote commands.
  return userType === "User" && isPullRequest ? parseComment(body) : { kind: "none" };
}

export async function onComment(services: Services, event: CommentEvent): Promise<void> {
  const parsed = commandIn(event);
  if (parsed.kind === "none") return;
  const { repository, issue, commentId, login } = event;
  if (!(await services.store.claimCommand(repository.id, commentId, parsed.text, event.deliveryId))) return;
  const request = await services.github(repository);
  await react(request, repository, commentId, "eyes");
  const marker = `<!-- gatewright:reply ${commentId} -->`;
  // Said above whatever else is answered: there is one reply to a command, edited by the next word of it.
  let first = "";
  const reply = async (body: string): Promise<void> => {
    await say(services, {
      repository,
      issue,
      note: `reply/${repository.id}/${commentId}`,
      isIt: (text) => text.startsWith(marker) || text.includes(marker),
      body: withNotice(first, `${body}\n${marker}`),
    });
  };
  try {
    if (parsed.kind === "mistake") {
      await reply(`${parsed.message}. ${parsed.hint}`);
      await react(request, repository, commentId, "confused");
      return;
    }
    const { settings, errors } = await loadSettings(services, repository);
    if (errors.length > 0) {
      first = settingsNotice(errors);
      await reply(answer(login, parsed.text, ""));
    }
    const pull = await readPull(request, repository, issue);
    const context: CommandContext = {
      services,
      request,
      repository,
      settings,
      pull,
      command: parsed.command,
      text: parsed.text,
      login,
      commentId,
      reply,
    };
    const outcome = await HANDLERS[parsed.command.name](context);
    if (outcome !== "later")
      await react(request, repository, commentId, outcome === "done" ? "rocket" : "confused");
  } catch (error) {
    const errors = userErrors(error);
    if (errors === undefined) throw error;
    await reply(answer(login, parsed.text, errorAnswer(errors)));
    await react(request, repository, commentId, "confused");
  }
}

/** The notice comes after a first line that is a marker: who looks for one reads that line. */
function withNotice(notice: string, body: string): string {
  if (notice === "") return body;
  const end = body.startsWith("<!-- gatewright:") ? body.indexOf("\n") + 1 : 0;
  return `${body.slice(0, end)}${notice}\n\n${body.slice(end)}`;
}
