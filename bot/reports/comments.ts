/** The bot's comments: the store remembers which they are, and one at a time is written of each. */
import type { Markdown } from "../../src/text/markdown.ts";
import type { Services } from "../services/services.ts";
import { type Posted, type PostedStore, remembered } from "../services/posted.ts";
import { type RepositoryRef, place } from "../../src/model/repository.ts";
import { appAuthor } from "../../src/github/author.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import type { CommandComment } from "../../src/model/run.ts";
import * as comments from "../../src/github/comments.ts";
import { isTransient } from "../../src/github/errors.ts";
import { queueByKey } from "../../src/github/keyed-queue.ts";
import { addReaction, type Reaction } from "../../src/github/reactions.ts";

/** Reacts to a command's comment. A refusal (the comment was deleted) is not a reason to stop. */
export async function react(
  request: GitHubRequest,
  repository: RepositoryRef,
  comment: CommandComment,
  content: Reaction,
): Promise<void> {
  try {
    await addReaction(request, place(repository), comment, content);
  } catch (error) {
    if (isTransient(error)) throw error;
  }
}

/** What writing a comment needs. */
export interface CommentServices extends Pick<Services, "appSlug" | "clock" | "github"> {
  readonly store: PostedStore;
}

/** Its kind and key tell it from the other comments of the repository. */
export interface OwnComment extends Pick<Posted, "kind" | "key"> {
  readonly repository: RepositoryRef;
  /** Pull request or issue. */
  readonly issue: number;
  /** Recognises it on the page when its id was lost between posting and remembering. */
  readonly isIt: (body: string) => boolean;
  /** A function is called when it is this comment's turn: what it reports may have changed meanwhile. */
  readonly body: Markdown | (() => Promise<Markdown>);
}

/** Writes a comment once and edits it ever after, across crashes. */
export function writeComment(services: CommentServices, comment: OwnComment): Promise<void> {
  const { repository, issue, kind, key, isIt } = comment;
  const id = remembered(services.store, { repositoryId: repository.id, kind, key });
  return queueByKey(services.store, id.name, async () => {
    const body = typeof comment.body === "string" ? comment.body : await comment.body();
    const request = await services.github(repository);
    await comments.writeOwnComment(
      { request, clock: services.clock, ...place(repository), issue, author: appAuthor(services.appSlug) },
      { body, isOurs: isIt, remembered: id, retryMissing: true },
    );
  });
}

/** Our oldest comment that is the one; also the Action's, where bot and Action are the same App (a workflow). */
export function findOwnComment(
  { appSlug }: Pick<Services, "appSlug">,
  request: GitHubRequest,
  repository: RepositoryRef,
  issue: number,
  isIt: (body: string) => boolean,
): Promise<{ readonly id: number; readonly body: string } | undefined> {
  return comments.findOwnComment({ request, ...place(repository), issue, author: appAuthor(appSlug) }, isIt);
}
