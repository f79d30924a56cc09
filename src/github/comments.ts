/**
 * A comment that Gatewright owns: created once, then edited. It is found by its remembered id, otherwise by author and
 * marker on all pages. If two first runs at once create duplicates, the oldest one is kept up to date.
 */
import type { Clock } from "../model/clock.ts";
import { retry } from "../model/retry.ts";
import type { Author } from "./author.ts";
import type { GitHubRequest } from "./client.ts";
import { statusOf } from "./errors.ts";
import { at, number, numberOf, text } from "./json.ts";
import { allPages } from "./paging.ts";
import type { Remembered } from "./remembered.ts";

/** Where to write comments, and as which author. */
export interface CommentPlace {
  readonly request: GitHubRequest;
  readonly clock: Clock;
  readonly owner: string;
  readonly repo: string;
  /** The number of a pull request or an issue. */
  readonly issue: number;
  readonly author: Author;
}

export interface OwnComment {
  readonly body: string;
  /** True if a comment's text contains this comment's marker. Nothing else in the text is trusted. */
  readonly isOurs: (body: string) => boolean;
  /** Whether to create the comment if it does not exist. Default: true. */
  readonly create?: boolean;
  /** The comment's id between two writes. */
  readonly remembered?: Remembered;
  /**
   * Retries a create that fails with 404. Right after a webhook, one of GitHub's replicas may not know the pull request
   * yet; in other cases 404 means a missing permission.
   */
  readonly retryMissing?: boolean;
}

export interface WrittenComment {
  readonly id: number;
  readonly url: string;
  readonly written: "created" | "updated";
}

/** Edits our comment, or creates it. Returns `undefined` if it does not exist and `create` is false. */
export async function writeOwnComment(
  place: CommentPlace,
  comment: OwnComment,
): Promise<WrittenComment | undefined> {
  const { remembered, create = true } = comment;
  const known = await remembered?.get();
  const id = known ?? (await findOwnComment(place, comment.isOurs))?.id;
  const edited = id === undefined ? undefined : await edit(place, id, comment.body);
  const written = edited ?? (create ? await post(place, comment) : undefined);
  if (written === undefined) await remembered?.forget();
  else if (written.id !== known) await remembered?.set(written.id);
  return written;
}

/** Returns `undefined` if the comment has been deleted. */
async function edit(
  { request, owner, repo }: CommentPlace,
  id: number,
  body: string,
): Promise<WrittenComment | undefined> {
  try {
    const route = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";
    const { data } = await request(route, { owner, repo, comment_id: id, body });
    return { id, url: text(at(data, "html_url")), written: "updated" };
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** A POST that failed with a 5xx or without a response may have succeeded: looks for the comment before each retry. */
function post(
  place: CommentPlace,
  { body, isOurs, retryMissing = false }: OwnComment,
): Promise<WrittenComment> {
  const { request, clock, owner, repo, issue } = place;
  const create = async (attempt: number): Promise<WrittenComment> => {
    const found = attempt === 1 ? undefined : await findOwnComment(place, isOurs);
    const edited = found === undefined ? undefined : await edit(place, found.id, body);
    if (edited !== undefined) return { ...edited, written: "created" };
    const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
    const { data } = await request(route, { owner, repo, issue_number: issue, body });
    return { id: number(at(data, "id")), url: text(at(data, "html_url")), written: "created" };
  };
  return retry(create, {
    clock,
    attempts: 4,
    backoff: { firstMs: 1000, longestMs: 8000, jitter: "none" },
    retryIf: (error) => {
      const status = statusOf(error);
      return status === undefined || status >= 500 || (status === 404 && retryMissing) ? "retry" : "stop";
    },
  });
}

/** Our oldest comment with the marker. */
export async function findOwnComment(
  { request, owner, repo, issue, author }: Omit<CommentPlace, "clock">,
  isOurs: (body: string) => boolean,
): Promise<{ readonly id: number; readonly body: string } | undefined> {
  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
  const comments = await allPages(request, route, { owner, repo, issue_number: issue });
  const marked = comments
    .flatMap((comment) => {
      const id = numberOf(at(comment, "id"));
      const body = text(at(comment, "body"));
      if (id === undefined || !isOurs(body)) return [];
      const login = text(at(comment, "user", "login"));
      return [{ id, body, login, bot: at(comment, "user", "type") === "Bot" }];
    })
    .sort((one, other) => one.id - other.id);
  if (marked.length === 0) return undefined;
  const login = await author(marked);
  return marked.find((comment) => comment.login === login);
}
