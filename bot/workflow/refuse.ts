/** Refuses commands whose effect must outlive the job, which stores nothing. */
import { replyTo } from "../reports/command-reply.ts";
import type { CommandName } from "../commands/grammar/commands.ts";
import { type CommentEvent, commandIn } from "../events/comment.ts";
import { react } from "../reports/comments.ts";
import { at, text } from "../../src/github/json.ts";
import { allPages } from "../../src/github/paging.ts";
import { place } from "../../src/model/repository.ts";
import type { Services } from "../services/services.ts";

const INSTEAD: Partial<Readonly<Record<CommandName, string>>> = {
  lock: "To stop applies, withdraw the approval or disable the workflow. The bot as a server keeps locks: docs/bot.md.",
  unlock: "Nothing is locked: a job keeps no locks. The bot as a server does: docs/bot.md.",
  preview:
    "Without a server nobody would delete the preview when its time is over or its job was lost. The bot as a server has previews: docs/previews.md.",
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

/**
 * Whether an earlier attempt of this job has answered the comment: a server knows its commands by their comments, a job that is started
 * again only by the reaction. Carried out again it would apply what is newest now, not what the command was about.
 */
export async function wasAnswered(
  services: Services,
  { repository, commentId }: CommentEvent,
): Promise<boolean> {
  const request = await services.github(repository);
  const reactions = await allPages(
    request,
    "GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    { ...place(repository), comment_id: commentId },
  );
  const author = `${services.appSlug}[bot]`;
  return reactions.some(
    (reaction) =>
      text(at(reaction, "user", "login")) === author &&
      ["rocket", "confused"].includes(text(at(reaction, "content"))),
  );
}
