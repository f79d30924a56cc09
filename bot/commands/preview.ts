/** `/preview`: a running copy of the pull request's head; `/preview off` deletes it. */
import { md } from "../../src/text/markdown.ts";
import { readPerson } from "../gates/facts/person.ts";
import { permission } from "../gates/permission.ts";
import { commentKey } from "../services/idempotency-keys.ts";
import type { CommandContext, CommandHandler, CommandOutcome } from "./asked/context.ts";
import { changePreview } from "./previews/change.ts";

export const preview: CommandHandler = async (context) => {
  const on = context.command.off !== true;
  const refused = (await checkPerson(context)) ?? (await (on ? checkPull(context) : checkThere(context)));
  if (refused !== undefined) return refused;
  const { services, repository, pull, login, cause, text, reply } = context;
  const { commentId, in: where } = cause;
  const comment = { commentId, in: where };
  const key = String(commentKey(cause));
  const now = await changePreview(
    services,
    repository,
    pull.number,
    { kind: "command", on, login, key },
    { text, comment },
  );
  if (on || now?.goneAt === undefined) return "later";
  await reply.answer(md`There was nothing to delete: nothing of the preview was made.`);
  return "done";
};

async function checkPerson({
  request,
  repository,
  login,
  settings,
  reply,
}: CommandContext): Promise<CommandOutcome | undefined> {
  const gate = permission(await readPerson(request, repository, login, settings.preview?.allowed));
  return gate.passed
    ? undefined
    : reply.refuse({ code: "GATE_PERMISSION", message: gate.state, hint: gate.next });
}

/** A preview of a fork would run its code with the preview's role. */
async function checkPull({ pull, settings, reply }: CommandContext): Promise<CommandOutcome | undefined> {
  if (settings.preview === undefined)
    return reply.refuse({
      code: "PREVIEW_UNCONFIGURED",
      message: "this repository has no previews",
      hint: "Add `preview` with the stage that is copied to .github/gatewright.yml on the default branch: docs/previews.md.",
    });
  if (pull.state === "closed")
    return reply.refuse({
      code: "PULL_CLOSED",
      message: `pull request ${pull.number} is ${pull.merged ? "merged" : "closed"}`,
      hint: "Open a new pull request.",
    });
  if (pull.fork)
    return reply.refuse({
      code: "PULL_FORK",
      message: "the branch belongs to a fork, which never gets a preview",
      hint: "Push it to a branch of this repository.",
    });
  return undefined;
}

async function checkThere({
  services,
  repository,
  pull,
  cause,
  reply,
}: CommandContext): Promise<CommandOutcome | undefined> {
  const known = await services.store.previewOf(repository.id, pull.number);
  const isStanding = known !== undefined && known.goneAt === undefined && known.wanted;
  // Handled again after a crash, it is this command that deletes it.
  if (isStanding || known?.asked === String(commentKey(cause))) return undefined;
  return reply.refuse({
    code: "PREVIEW_NONE",
    message: `pull request ${pull.number} has no preview${known?.goneAt === undefined && known !== undefined ? " but the one that is being deleted" : ""}`,
    hint: "`/preview` makes one.",
  });
}
