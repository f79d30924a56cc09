/** A comment on a pull request: is it a command, may it be heard, and what becomes of it. */
import { userErrors } from "../../src/model/errors.ts";
import { answer, errorAnswer } from "../reports/reply.ts";
import type { CommandOutcome } from "../commands/context.ts";
import { type Parsed, parseComment } from "../commands/grammar/parse.ts";
import { HANDLERS } from "../commands/registry.ts";
import { readPull } from "../gates/facts/pull.ts";
import { react, writeComment } from "../reports/comments.ts";
import { commandKey } from "../services/once.ts";
import { remembered } from "../services/posted.ts";
import type { Services } from "../services/services.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import { settingsNotice } from "../reports/settings-notice.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";

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

const OUTCOMES: readonly CommandOutcome[] = ["done", "refused", "later"];

export async function onComment(services: Services, event: CommentEvent): Promise<void> {
  const parsed = commandIn(event);
  if (parsed.kind === "none") return;
  const { repository, issue, commentId, login } = event;
  const key = commandKey(repository.id, commentId);
  const claim = await services.store.claim(key, event.deliveryId);
  if (claim === undefined) return;
  const request = await services.github(repository);
  await react(request, repository, commentId, "eyes");
  const marker = `<!-- gatewright:reply ${commentId} -->`;
  // Said above whatever else is answered: there is one reply to a command, edited by the next word of it.
  let notice = "";
  const reply = async (body: string): Promise<void> => {
    await writeComment(services, {
      repository,
      issue,
      remembered: remembered(services.store, {
        repositoryId: repository.id,
        kind: "reply",
        key: String(commentId),
      }),
      isIt: (text) => text.includes(marker),
      body: withNotice(notice, `${body}\n${marker}`),
    });
  };
  const handle = async (): Promise<CommandOutcome> => {
    if (parsed.kind === "mistake") {
      await reply(answer(login, parsed.text, errorAnswer([parsed.error])).trimEnd());
      return "refused";
    }
    const { settings, errors } = await loadSettings(services, repository);
    const { command, text } = parsed;
    if (errors.length > 0) {
      // What a run answers comes in a comment of its own, later, and knows nothing of the notice.
      notice = settingsNotice(errors);
      await reply(answer(login, text, "The answer follows.").trimEnd());
    }
    const pull = await readPull(request, repository, issue);
    const context = { services, request, repository, settings, pull, command, text, login, commentId, reply };
    return HANDLERS[command.name](context);
  };
  const answered = async (): Promise<CommandOutcome> => {
    try {
      return await handle();
    } catch (error) {
      const errors = userErrors(error);
      if (errors === undefined) throw error;
      await reply(answer(login, parsed.text, errorAnswer(errors)));
      return "refused";
    }
  };
  // A delivery comes again when only the reaction could not be made: what was done is not done a second time.
  const known = OUTCOMES.find((one) => one === claim.outcome);
  const outcome = known ?? (await answered());
  if (known === undefined) await services.store.settle(key, outcome);
  if (outcome !== "later")
    await react(request, repository, commentId, outcome === "done" ? "rocket" : "confused");
}

/** The notice comes after a first line that is a marker: who looks for one reads that line. */
function withNotice(notice: string, body: string): string {
  if (notice === "") return body;
  const end = body.startsWith("<!-- gatewright:") ? body.indexOf("\n") + 1 : 0;
  return `${body.slice(0, end)}${notice}\n\n${body.slice(end)}`;
}
