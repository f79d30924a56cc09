/** What the bot says on GitHub: comments that are found again after a crash, reactions. */
import type { Services } from "../services/services.ts";
import { type RepositoryRef, place } from "../../src/model/repository.ts";
import { allPages, at, number, type Request, statusOf, text } from "../../src/github/api.ts";
import { mayPass } from "./github-retry.ts";
import type { Remembered } from "../../src/github/remembered.ts";
import { queueByKey } from "../../src/github/keyed-queue.ts";

export type Reaction = "eyes" | "rocket" | "confused";

/** Reacts to a command's comment. A comment that was deleted meanwhile takes nothing down with it. */
export async function react(
  request: Request,
  repository: RepositoryRef,
  commentId: number,
  content: Reaction,
): Promise<void> {
  try {
    await request("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", {
      ...place(repository),
      comment_id: commentId,
      content,
    });
  } catch (error) {
    if (mayPass(error)) throw error;
  }
}

export interface OwnComment {
  readonly repository: RepositoryRef;
  /** Pull request or issue. */
  readonly issue: number;
  /** Its id. */
  readonly remembered: Remembered;
  /** Recognises it on the page when the memory of it was lost between posting and remembering. */
  readonly isIt: (body: string) => boolean;
  /** A function is asked when it is this comment's turn: what it tells of may have gone on meanwhile. */
  readonly body: string | (() => Promise<string>);
}

type ComposedComment = OwnComment & { readonly body: string };

/** Writes a comment once and edits it ever after, across crashes: by its remembered id, else by author and marker. */
export function writeComment(services: Services, comment: OwnComment): Promise<number> {
  return queueByKey(services.store, comment.remembered.name, async () => {
    const body = typeof comment.body === "string" ? comment.body : await comment.body();
    return write(services, { ...comment, body });
  });
}

async function write(services: Services, comment: ComposedComment): Promise<number> {
  const { repository, issue, remembered, isIt, body } = comment;
  const request = await services.github(repository);
  const known = await remembered.get();
  const id = known ?? (await findOwn(services, request, repository, issue, isIt));
  if (id !== undefined) {
    try {
      await request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
        ...place(repository),
        comment_id: id,
        body,
      });
      if (known === undefined) await remembered.set(id);
      return id;
    } catch (error) {
      // Somebody deleted it: it is written anew.
      if (statusOf(error) !== 404) throw error;
    }
  }
  const created = await post(services, request, comment);
  await remembered.set(created);
  return created;
}

/**
 * A POST that failed with a 5xx may have happened: looked for before it is repeated. A 404 right after somebody's comment
 * is one of GitHub's replicas that has not heard of the pull request yet.
 */
async function post(
  services: Services,
  request: Request,
  { repository, issue, isIt, body }: ComposedComment,
): Promise<number> {
  for (let tried = 1; ; tried += 1) {
    try {
      const { data } = await request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...place(repository),
        issue_number: issue,
        body,
      });
      return number(at(data, "id"));
    } catch (error) {
      const status = statusOf(error);
      if ((status !== undefined && status < 500 && status !== 404) || tried >= 4) throw error;
      await services.clock.sleep(1000 * 2 ** tried);
      const found = await findOwn(services, request, repository, issue, isIt);
      if (found !== undefined) return found;
    }
  }
}

async function findOwn(
  services: Services,
  request: Request,
  repository: RepositoryRef,
  issue: number,
  isIt: (body: string) => boolean,
): Promise<number | undefined> {
  return (await findOwnComment(services, request, repository, issue, isIt))?.id;
}

/** The first comment of ours that is the one; also the Action's, where bot and Action are the same App (a workflow). */
export async function findOwnComment(
  services: Pick<Services, "appSlug">,
  request: Request,
  repository: RepositoryRef,
  issue: number,
  isIt: (body: string) => boolean,
): Promise<{ readonly id: number; readonly body: string } | undefined> {
  const comments = await allPages(request, "GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...place(repository),
    issue_number: issue,
  });
  const own = comments.find(
    (one) => text(at(one, "user", "login")) === `${services.appSlug}[bot]` && isIt(text(at(one, "body"))),
  );
  return own === undefined ? undefined : { id: number(at(own, "id")), body: text(at(own, "body")) };
}
