/** Goes on after a stage: with a merge in the stages that need it, with a command in the next of its stages. */
import { userErrors } from "../../src/model/errors.ts";
import type { CommandCause, RunSummary } from "../../src/model/run.ts";
import { shortSha } from "../../src/text/sha.ts";
import { apply } from "../commands/apply.ts";
import type { CommandContext, CommandOutcome } from "../commands/asked/context.ts";
import { parseComment } from "../commands/grammar/parse.ts";
import { readPull } from "../gates/facts/pull.ts";
import { replyTo } from "../reports/command-reply.ts";
import { react } from "../reports/comments.ts";
import { groupId } from "../services/group.ts";
import { commentKey } from "../services/idempotency-keys.ts";
import type { Services } from "../services/services.ts";
import { sharedReads } from "../services/shared-reads.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import { askAgainIfBuilt } from "./built.ts";
import { continueMerge } from "./merge.ts";
import { continuePreview } from "./previews/changes.ts";

/** The runs of a stage have ended and are reported. May be called again after a crash. */
export async function continueAfter(services: Services, ended: readonly RunSummary[]): Promise<void> {
  const [first] = ended;
  await askAgainIfBuilt(services, ended);
  if (first?.kind === "plan") return;
  if (first?.cause.by === "preview") return continuePreview(services, ended);
  if (first?.cause.by === "command") return continueCommand(services, first, first.cause, ended);
  return continueMerge(services, ended);
}

/**
 * The next stage of `/apply -s dev -s prod`, judged by its own gates as they are now. It is asked for with the first stage's commit:
 * what was pushed since was not meant. A stage that does not succeed is the last.
 */
async function continueCommand(
  services: Services,
  run: RunSummary,
  cause: CommandCause,
  ended: readonly RunSummary[],
): Promise<void> {
  const [stage, ...then] = cause.then ?? [];
  if (stage === undefined) return;
  const { stack, sha, text = "" } = run;
  const { repository } = stack;
  const request = await services.github(repository);
  const reply = replyTo(services, { ...cause, repository, issue: cause.pull, text });
  const go = async (): Promise<CommandOutcome> => {
    if (!ended.every(({ state }) => state === "succeeded"))
      return reply.refuse({
        code: "STAGE_NOT_REACHED",
        message: `nothing was applied in ${[stage, ...then].join(", ")}, because ${stack.stage} did not succeed`,
        hint: `Look at what became of ${stack.stage}, then send the command again.`,
      });
    const [{ settings }, pull] = await Promise.all([
      loadSettings(services, repository),
      readPull(request, repository, cause.pull),
    ]);
    if (pull.headSha !== sha)
      return reply.refuse({
        code: "HEAD_MOVED",
        message: `${shortSha(pull.headSha)} was pushed after the command for ${shortSha(sha)}: nothing was applied in ${stage}`,
        hint: "Review the new plan and apply that one.",
      });
    const parsed = parseComment(text);
    const directory = parsed.kind === "command" ? parsed.command.directory : undefined;
    const context: CommandContext = {
      services,
      request: sharedReads(request),
      repository,
      settings,
      pull,
      command: { name: "apply", stage, directory },
      text,
      login: cause.login,
      commentId: cause.commentId,
      cause: { ...cause, then },
      group: groupId("command", repository.id, commentKey(cause), stage),
      reply,
    };
    return apply(context);
  };
  const outcome = await go().catch((error: unknown): Promise<CommandOutcome> => {
    const errors = userErrors(error);
    if (errors === undefined) throw error;
    return reply.refuse(...errors);
  });
  if (outcome === "refused") await react(request, repository, cause, "confused");
}
