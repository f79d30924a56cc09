/** Handles a comment on a pull request, a review, or a comment on a line: parses a command, runs it, reacts. */
import { userErrors } from "../../src/model/errors.ts";
import { own } from "../../src/model/own.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { replyTo } from "../reports/command-reply.ts";
import type { CommandOutcome } from "../commands/asked/context.ts";
import { type Parsed, parseComment } from "../commands/grammar/parse.ts";
import { HANDLERS } from "../commands/registry.ts";
import { type DriftSubject, driftPull, driftSubject, onDriftIssue } from "./drift-comment.ts";
import { readPull } from "../gates/facts/pull.ts";
import { react } from "../reports/comments.ts";
import { groupId } from "../services/group.ts";
import { sharedReads } from "../services/shared-reads.ts";
import { commandKey, commentKey } from "../services/idempotency-keys.ts";
import type { CommandCause, CommandComment } from "../../src/model/run.ts";
import type { Services } from "../services/services.ts";
import { stageBranch } from "../stacks/branch.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import { settingsNotice } from "../reports/settings-notice.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";

/** What is read of a comment's or a review's payload. */
export interface CommentEvent extends CommandComment {
  readonly deliveryId: string;
  readonly repository: RepositoryRef;
  readonly isPullRequest: boolean;
  /** An issue that an App opened: perhaps one of our drift issues. */
  readonly isBotsIssue: boolean;
  readonly issue: number;
  readonly body: string;
  readonly login: string;
  /** `User`, `Bot`, `Organization` */
  readonly userType: string;
}

/** The command in a comment, when a person wrote it on a pull request or an App's issue. Pure. */
export function commandIn({ userType, isPullRequest, isBotsIssue, body }: CommentEvent): Parsed {
  // A bot's comment is never a command: two bots could answer each other forever, and our replies quote commands.
  return userType === "User" && (isPullRequest || isBotsIssue) ? parseComment(body) : { kind: "none" };
}

const OUTCOMES: readonly CommandOutcome[] = ["done", "refused", "later"];

export async function onComment(services: Services, event: CommentEvent): Promise<void> {
  const parsed = commandIn(event);
  if (parsed.kind === "none") return;
  const { repository } = event;
  const request = await services.github(repository);
  const drift = event.isPullRequest
    ? undefined
    : await driftSubject(services, request, repository, event.issue);
  if (!event.isPullRequest && drift === undefined) return;
  const key = commandKey(repository.id, event);
  const claim = await services.store.claim(key, event.deliveryId);
  if (claim === undefined) return;
  await react(request, repository, event, "eyes");
  // A delivery is retried even if only the reaction failed, so the command itself must not run twice.
  const known = OUTCOMES.find((one) => one === claim.outcome);
  const outcome = known ?? (await carryOut(services, request, event, parsed, drift));
  if (known === undefined) await services.store.settle(key, outcome);
  if (outcome !== "later")
    await react(request, repository, event, outcome === "done" ? "rocket" : "confused");
}

/** Runs the command's handler; replies to a user's mistake. */
async function carryOut(
  services: Services,
  request: GitHubRequest,
  event: CommentEvent,
  parsed: Exclude<Parsed, { readonly kind: "none" }>,
  drift: DriftSubject | undefined,
): Promise<CommandOutcome> {
  const { repository, issue, commentId, login } = event;
  const { text } = parsed;
  const reply = replyTo(services, { ...event, text });
  if (parsed.kind === "mistake") return reply.refuse(parsed.error);
  const command = drift === undefined ? parsed.command : onDriftIssue(parsed.command, drift);
  if ("code" in command) return reply.refuse(command);
  try {
    const { settings, errors } = await loadSettings(services, repository);
    // A run replies later in its own comment, without the notice.
    if (errors.length > 0) await reply.announce(settingsNotice(errors));
    const pull =
      drift === undefined
        ? await readPull(request, repository, issue)
        : await driftPull(request, repository, issue, {
            url: drift.url,
            openedAt: drift.openedAt,
            branch: stageBranch(repository, own(settings.stages, command.stage ?? drift.stage)),
          });
    const cause: CommandCause = {
      by: "command",
      login,
      pull: issue,
      commentId,
      in: event.in,
      ...(drift === undefined ? {} : { onIssue: true }),
    };
    const group = groupId("command", repository.id, commentKey(event));
    // The facts are the same for every stack: they are read once.
    const found = { services, request: sharedReads(request), repository, settings, pull };
    return await HANDLERS[command.name]({ ...found, command, text, login, commentId, cause, group, reply });
  } catch (error) {
    const errors = userErrors(error);
    if (errors === undefined) throw error;
    return reply.refuse(...errors);
  }
}
