/** `/plan` and `/adopt`: a plan of the pull request's head, shown in the bot's own plan comment. */
import { decideGates } from "../gates/gates.ts";
import { groupId } from "../services/group.ts";
import { readPermission } from "../gates/facts.ts";
import type { RunRequest } from "../../src/model/run.ts";
import { answer, errorAnswer } from "../reports/reply.ts";
import type { CommandContext, CommandHandler, CommandOutcome } from "./context.ts";
import { reviewedNote } from "../gates/reviewed-plans.ts";
import { targetsOf } from "./queue-runs.ts";

/** Planning reads AWS with the bot's credentials: a writer's word is needed, for forks above all. */
export async function requireWriter({
  request,
  repository,
  login,
  reply,
  text,
}: CommandContext): Promise<CommandOutcome | undefined> {
  const permission = await readPermission(request, repository, login);
  const decision = decideGates(["permission"], {
    command: "other",
    login,
    permission,
    author: "",
    headSha: "",
    pull: 0,
    reviews: [],
    checks: [],
    behindBy: 0,
    lock: undefined,
    now: new Date(0),
  });
  if (decision.allowed) return undefined;
  const [gate] = decision.gates;
  await reply(
    answer(
      login,
      text,
      errorAnswer([{ code: "GATE_PERMISSION", message: gate?.state ?? "", hint: gate?.next }]),
    ),
  );
  return "refused";
}

async function queuePlans(context: CommandContext, adopt: readonly string[]): Promise<CommandOutcome> {
  const { services, pull, login, commentId, text } = context;
  if (pull.state === "closed") {
    await context.reply(
      answer(
        login,
        text,
        errorAnswer([
          {
            code: "PULL_CLOSED",
            message: `pull request ${pull.number} is closed`,
            hint: "Open a new pull request.",
          },
        ]),
      ),
    );
    return "refused";
  }
  const group = groupId("command", context.repository.id, commentId);
  for (const target of await targetsOf(context)) {
    const note = `adopt/${reviewedNote(target, pull.number)}`;
    if (adopt.length > 0) await services.store.setNote(note, adopt.join("\n"));
    else await services.store.deleteNote(note);
    const request: RunRequest = {
      group,
      text,
      stack: target.stack,
      kind: "plan",
      cause: { by: "command", login, pull: pull.number, commentId },
      sha: pull.headSha,
      baseSha: pull.baseSha,
      adopt,
    };
    await services.enqueue(request);
  }
  return "later";
}

export const plan: CommandHandler = async (context) =>
  (await requireWriter(context)) ?? (await queuePlans(context, []));

/** Plans with the named resource taken over; the apply of that plan does the same. */
export const adopt: CommandHandler = async (context) =>
  (await requireWriter(context)) ??
  (await queuePlans(context, context.command.resource === undefined ? [] : [context.command.resource]));
