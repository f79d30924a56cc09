/** Refuses commands whose effect must outlive the job, which stores nothing. */
import { replyTo } from "../reports/command-reply.ts";
import type { CommandName } from "../commands/grammar/commands.ts";
import { type CommentEvent, commandIn } from "../events/comment.ts";
import { react } from "../reports/comments.ts";
import type { Services } from "../services/services.ts";

const INSTEAD: Partial<Readonly<Record<CommandName, string>>> = {
  lock: "To stop applies, withdraw the approval or disable the workflow. The bot as a server keeps locks: docs/bot.md.",
  unlock: "Nothing is locked: a job keeps no locks. The bot as a server does: docs/bot.md.",
  cancel: "Cancel the workflow run on the Actions page; then `/plan` shows what is left.",
};

/** True if the comment was such a command and got a reply. */
export async function refuseServerCommand(services: Services, event: CommentEvent): Promise<boolean> {
  const parsed = commandIn(event);
  if (parsed.kind !== "command") return false;
  const hint = INSTEAD[parsed.command.name];
  if (hint === undefined) return false;
  const { repository } = event;
  const request = await services.github(repository);
  await react(request, repository, event, "eyes");
  const reply = replyTo(services, { ...event, text: parsed.text });
  await reply.refuse({
    code: "WORKFLOW_NO_SERVER",
    message: `/${parsed.command.name} needs the bot as a server: inside a workflow nothing is kept after the job`,
    hint,
  });
  await react(request, repository, event, "confused");
  return true;
}
