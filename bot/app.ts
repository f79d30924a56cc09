/** Events → handlers, as a table. The Probot app: GitHub's payloads are read here, and nowhere behind it. */
import type { ApplicationFunction } from "probot";
import { onComment } from "./comment.ts";
import { at, number, text } from "./github/api.ts";
import { onPullClosed, onPush } from "./merge.ts";
import type { Services } from "./services.ts";
import type { RepositoryRef } from "./types.ts";

type Handle = (
  services: Services,
  delivery: { readonly id: string; readonly payload: unknown },
) => Promise<void>;

/** What the app listens to; app-manifest.ts asks GitHub for exactly these. */
export const EVENTS = {
  "issue_comment.created": (services, { id, payload }) =>
    onComment(services, {
      deliveryId: id,
      repository: repositoryOf(payload),
      isPullRequest: at(payload, "issue", "pull_request") !== undefined,
      issue: number(at(payload, "issue", "number")),
      commentId: number(at(payload, "comment", "id")),
      body: text(at(payload, "comment", "body")),
      login: text(at(payload, "comment", "user", "login")),
      userType: text(at(payload, "comment", "user", "type")),
    }),
  push: (services, { payload }) =>
    onPush(services, {
      repository: repositoryOf(payload),
      ref: text(at(payload, "ref")),
      before: text(at(payload, "before")),
      after: text(at(payload, "after")),
      login: text(at(payload, "sender", "login")),
      deleted: at(payload, "deleted") === true,
    }),
  "pull_request.closed": (services, { payload }) =>
    onPullClosed(services, repositoryOf(payload), number(at(payload, "pull_request", "number"))),
} as const satisfies Readonly<Record<string, Handle>>;

export type EventName = keyof typeof EVENTS;

/** The app as Probot loads it. Deliveries arrive through the queue (`probot.receive`), signatures checked before. */
export function createApp(services: Services): ApplicationFunction {
  return (probot) => {
    for (const name of Object.keys(EVENTS) as EventName[]) {
      probot.on(name, async (context) => {
        await EVENTS[name](services, { id: context.id, payload: context.payload });
      });
    }
  };
}

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
