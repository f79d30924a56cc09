/** The table of events and their handlers, and the Probot app. Only this file reads GitHub's payloads. */
import type { ApplicationFunction } from "probot";
import { type CommentEvent, commandIn, onComment } from "./comment.ts";
import { at, number, text } from "../../src/github/json.ts";
import { type BuildEnded, onBuildEnded } from "./built.ts";
import { type Approval, onApproval } from "./approval.ts";
import { onPullHead, type PullHead } from "./pull-opened.ts";
import { onPullClosed, onPullReopened } from "./pull-closed.ts";
import { onPreviewClosed, onPreviewHead, onPreviewUnlabeled, type PullEvent } from "./previews/changes.ts";
import { movesBranch, onPush, type PushEvent } from "./push.ts";
import type { Services } from "../services/services.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";

interface Given {
  readonly id: string;
  readonly payload: unknown;
}

interface Listener {
  /** The handler's event. Pure. */
  readonly read: (delivery: Given) => unknown;
  /** Whether `handle` would do anything with this payload; other deliveries are not stored. Pure. */
  readonly concerns: (delivery: Given) => boolean;
  readonly handle: (services: Services, delivery: Given) => Promise<void>;
}

function listener<Event>(
  read: (delivery: Given) => Event,
  handle: (services: Services, event: Event) => Promise<void>,
  concerns: (event: Event) => boolean = () => true,
): Listener {
  return {
    read,
    concerns: (delivery) => concerns(read(delivery)),
    handle: (services, delivery) => handle(services, read(delivery)),
  };
}

/** The events of the App; app-manifest.ts asks GitHub for exactly these. */
export const EVENTS = {
  "issue_comment.created": listener(commentOf, onComment, isCommand),
  push: listener(pushOf, onPush, movesBranch),
  "pull_request_review.submitted": listener(
    reviewOf,
    onReview,
    ({ approval, comment }) => approval !== undefined || isCommand(comment),
  ),
  "pull_request_review_comment.created": listener(lineCommentOf, onComment, isCommand),
  "workflow_run.completed": listener(buildOf, onBuildEnded),
  "pull_request.closed": listener(pullOf, async (services, event) => {
    await onPullClosed(services, event.repository, event.pull);
    if (services.keepsRecords) await onPreviewClosed(services, event);
  }),
  "pull_request.opened": listener(headOf, onHead),
  "pull_request.synchronize": listener(headOf, onHead),
  "pull_request.reopened": listener(headOf, async (services, event) => {
    await onPullReopened(services, event.repository, event.pull);
    await onHead(services, event);
  }),
  "pull_request.labeled": listener(labelOf, async (services, event) => {
    if (services.keepsRecords) await onPreviewHead(services, event);
  }),
  "pull_request.unlabeled": listener(byOf, async (services, event) => {
    if (services.keepsRecords) await onPreviewUnlabeled(services, event);
  }),
} as const satisfies Readonly<Record<string, Listener>>;

function isCommand(event: CommentEvent): boolean {
  return commandIn(event).kind !== "none";
}

export type EventName = keyof typeof EVENTS;

/** The app as Probot loads it. Deliveries arrive through the queue (`probot.receive`), signatures checked before. */
export function createApp(services: Services): ApplicationFunction {
  return (probot) => {
    for (const name of Object.keys(EVENTS) as EventName[]) {
      probot.on(name, async (context) => {
        await EVENTS[name].handle(services, { id: context.id, payload: context.payload });
      });
    }
  };
}

/** The comment in an event's payload. Pure. */
export function commentOf({ id, payload }: Given): CommentEvent {
  return {
    deliveryId: id,
    repository: repositoryOf(payload),
    isPullRequest: at(payload, "issue", "pull_request") !== undefined,
    isBotsIssue: at(payload, "issue", "user", "type") === "Bot",
    issue: number(at(payload, "issue", "number")),
    ...writtenIn(at(payload, "comment")),
  };
}

interface ReviewEvent {
  /** What is written beside "Approve", "Comment" or "Request changes". */
  readonly comment: CommentEvent;
  readonly approval: Approval | undefined;
}

function reviewOf(delivery: Given): ReviewEvent {
  const { id, payload } = delivery;
  const comment: CommentEvent = {
    ...onPullRequest(id, payload),
    ...writtenIn(at(payload, "review")),
    in: "review",
  };
  const sha = text(at(payload, "review", "commit_id"));
  const isApproval = text(at(payload, "review", "state")).toLowerCase() === "approved";
  return { comment, approval: isApproval ? { ...pullOf(delivery), login: comment.login, sha } : undefined };
}

async function onReview(services: Services, { comment, approval }: ReviewEvent): Promise<void> {
  // First the plan: a command in the same review may need it.
  if (approval !== undefined) await onApproval(services, approval);
  if (isCommand(comment)) await onComment(services, comment);
}

/** A comment on a line of the diff, or an answer to one. */
function lineCommentOf({ id, payload }: Given): CommentEvent {
  return { ...onPullRequest(id, payload), ...writtenIn(at(payload, "comment")), in: "review-comment" };
}

function onPullRequest(deliveryId: string, payload: unknown) {
  return {
    deliveryId,
    repository: repositoryOf(payload),
    isPullRequest: true,
    isBotsIssue: false,
    issue: number(at(payload, "pull_request", "number")),
  };
}

function writtenIn(comment: unknown) {
  return {
    commentId: number(at(comment, "id")),
    body: text(at(comment, "body")),
    login: text(at(comment, "user", "login")),
    userType: text(at(comment, "user", "type")),
  };
}

function buildOf({ payload }: Given): BuildEnded {
  const run = at(payload, "workflow_run");
  return {
    repository: repositoryOf(payload),
    path: text(at(run, "path")),
    sha: text(at(run, "head_sha")),
    build: `${number(at(run, "id"))}/${number(at(run, "run_attempt"))}`,
  };
}

function pushOf({ payload }: Given): PushEvent {
  return {
    repository: repositoryOf(payload),
    ref: text(at(payload, "ref")),
    before: text(at(payload, "before")),
    after: text(at(payload, "after")),
    login: text(at(payload, "sender", "login")),
    deleted: at(payload, "deleted") === true,
  };
}

type HeadEvent = PullHead & PullEvent;

function headOf(delivery: Given): HeadEvent {
  const sha = (end: "head" | "base"): string => text(at(delivery.payload, "pull_request", end, "sha"));
  return { ...byOf(delivery), sha: sha("head"), baseSha: sha("base") };
}

async function onHead(services: Services, { login, ...head }: HeadEvent): Promise<void> {
  // First: it reads the settings, which a preview needs.
  await onPullHead(services, head);
  // Inside a workflow nothing is kept, and nobody would look after a preview.
  if (services.keepsRecords) await onPreviewHead(services, { ...head, login });
}

function byOf(delivery: Given): PullEvent {
  return { ...pullOf(delivery), login: text(at(delivery.payload, "sender", "login")) };
}

function labelOf(delivery: Given): PullEvent {
  return { ...byOf(delivery), label: text(at(delivery.payload, "label", "name")) };
}

function pullOf({ payload }: Given): { readonly repository: RepositoryRef; readonly pull: number } {
  return { repository: repositoryOf(payload), pull: number(at(payload, "pull_request", "number")) };
}

/** The repository in an event's payload. Pure. */
export function repositoryOf(payload: unknown): RepositoryRef {
  const repository = at(payload, "repository");
  const installation = number(at(payload, "installation", "id"));
  return {
    id: number(at(repository, "id")),
    // A push names its owner by name, every other event by login.
    owner: text(at(repository, "owner", "login")) || text(at(repository, "owner", "name")),
    name: text(at(repository, "name")),
    defaultBranch: text(at(repository, "default_branch")) || "main",
    ...(installation === 0 ? {} : { installationId: installation }),
  };
}
