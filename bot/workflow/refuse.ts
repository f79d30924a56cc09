/** Commands whose effect must outlive the job: there is nothing that could keep it. */
import { answer, errorAnswer } from "../reports/reply.ts";
import type { CommandName } from "../commands/grammar/commands.ts";
import { type CommentEvent, commandIn } from "../events/comment.ts";
import { react, writeComment } from "../reports/comments.ts";
import { remembered } from "../services/posted.ts";
import type { Services } from "../services/services.ts";

const INSTEAD: Partial<Readonly<Record<CommandName, string>>> = {
  lock: "Withdraw the approval, or turn the workflow off, to stop everybody. A server keeps locks: docs/bot.md.",
  unlock: "Nothing is locked here: a job keeps no locks. A server does: docs/bot.md.",
  cancel: "Cancel the workflow run on the Actions page; `/plan` then shows what is left.",
};

/** True when the comment was such a command, and is answered. */
export async function refuseServerCommand(services: Services, event: CommentEvent): Promise<boolean> {
  const parsed = commandIn(event);
  if (parsed.kind !== "command") return false;
  const hint = INSTEAD[parsed.command.name];
  if (hint === undefined) return false;
  const { repository, issue, commentId, login } = event;
  const request = await services.github(repository);
  const marker = `<!-- gatewright:reply ${commentId} -->`;
  const message = `/${parsed.command.name} needs the bot as a server: inside a workflow nothing is kept after the job`;
  await react(request, repository, commentId, "eyes");
  await writeComment(services, {
    repository,
    issue,
    remembered: remembered(services.store, {
      repositoryId: repository.id,
      kind: "reply",
      key: String(commentId),
    }),
    isIt: (text) => text.includes(marker),
    body: `${answer(login, parsed.text, errorAnswer([{ code: "WORKFLOW_NO_SERVER", message, hint }]))}\n${marker}`,
  });
  await react(request, repository, commentId, "confused");
  return true;
}
