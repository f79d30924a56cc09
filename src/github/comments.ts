/**
 * A comment that Gatewright owns: created once, then edited. It is found by its remembered id, otherwise by author and
 * marker on all pages. If two first runs at once post it twice, the one who posted second moves its text into the first.
 */
import { md, type Markdown } from "../text/markdown.ts";
import type { Clock } from "../model/clock.ts";
import { retry } from "../model/retry.ts";
import type { Author } from "./author.ts";
import type { GitHubRequest } from "./client.ts";
import { statusOf } from "./errors.ts";
import { at, number, numberOf, text } from "./json.ts";
import { allPages } from "./paging.ts";
import type { Remembered } from "./remembered.ts";

/** Where to write comments, and as which author. */
interface CommentPlace {
  readonly request: GitHubRequest;
  readonly clock: Clock;
  readonly owner: string;
  readonly repo: string;
  /** The number of a pull request or an issue. */
  readonly issue: number;
  readonly author: Author;
}

export interface OwnComment {
  readonly body: Markdown;
  /** True if a comment's text contains this comment's marker. Nothing else in the text is trusted. */
  readonly isOurs: (body: string) => boolean;
  /** True for a text that only this comment has: preferred to others that are ours, and removed where it stands twice. */
  readonly isExactly?: (body: string) => boolean;
  /** Whether the shown text may be replaced: not, for one, by the plan of an older run. Default: it may. */
  readonly mayReplace?: (shown: string) => Promise<boolean>;
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

interface WrittenComment {
  readonly id: number;
  readonly url: string;
  /** `kept`: what is shown may not be replaced. */
  readonly written: "created" | "updated" | "kept";
}

/** Edits our comment, or creates it. Returns `undefined` if it does not exist and `create` is false. */
export async function writeOwnComment(
  place: CommentPlace,
  comment: OwnComment,
): Promise<WrittenComment | undefined> {
  const { remembered, create = true, isExactly } = comment;
  const known = await remembered?.get();
  const found = known === undefined ? await findOwnComments(place, comment.isOurs) : [];
  const shown = found.find(({ body }) => isExactly?.(body) === true) ?? found[0];
  const kept = shown === undefined ? undefined : await keep(comment, shown);
  const id = known ?? shown?.id;
  const edited = kept ?? (id === undefined ? undefined : await editComment(place, id, comment.body));
  const written = edited ?? (create ? await post(place, comment) : undefined);
  if (written === undefined) await remembered?.forget();
  else if (written.id !== known) await remembered?.set(written.id);
  if (written === undefined || isExactly === undefined) return written;
  const copies = written.written === "created" ? await findOwnComments(place, isExactly) : found;
  return settle(
    place,
    comment,
    written,
    copies.filter(({ body }) => isExactly(body)),
  );
}

/** Leaves one of several copies: the oldest, which every run finds first. */
async function settle(
  place: CommentPlace,
  comment: OwnComment,
  written: WrittenComment,
  copies: readonly ShownComment[],
): Promise<WrittenComment> {
  const oldest = copies[0];
  if (oldest === undefined || oldest.id === written.id) {
    // Who has just posted a second one removes it; what an earlier run left is removed here.
    if (written.written !== "created")
      for (const copy of copies) if (copy.id !== written.id) await remove(place, copy.id);
    return written;
  }
  const kept = (await keep(comment, oldest)) ?? (await editComment(place, oldest.id, comment.body));
  if (kept === undefined) return written;
  await remove(place, written.id);
  return kept;
}

async function keep(
  { mayReplace }: OwnComment,
  { id, url, body }: ShownComment,
): Promise<WrittenComment | undefined> {
  return mayReplace === undefined || (await mayReplace(body)) ? undefined : { id, url, written: "kept" };
}

/** A token that may not delete makes the copy harmless instead: a plan in it could still be applied. */
async function remove({ request, owner, repo }: CommentPlace, id: number): Promise<void> {
  const where = { owner, repo, comment_id: id };
  try {
    await request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", where);
  } catch (error) {
    if (statusOf(error) === 404) return;
    if (statusOf(error) !== 403) throw error;
    const body = md`This comment was posted twice: see the first one.`;
    await request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { ...where, body });
  }
}

/** Returns `undefined` if the comment has been deleted. */
export async function editComment(
  { request, owner, repo }: Pick<CommentPlace, "request" | "owner" | "repo">,
  id: number,
  body: Markdown,
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
    const edited = found === undefined ? undefined : await editComment(place, found.id, body);
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

interface ShownComment {
  readonly id: number;
  readonly url: string;
  readonly body: string;
}

type ReadPlace = Omit<CommentPlace, "clock">;

/** Our oldest comment with the marker. */
export async function findOwnComment(
  place: ReadPlace,
  isOurs: (body: string) => boolean,
): Promise<ShownComment | undefined> {
  return (await findOwnComments(place, isOurs))[0];
}

/** Our comments with the marker, the oldest first. */
export async function findOwnComments(
  { request, owner, repo, issue, author }: ReadPlace,
  isOurs: (body: string) => boolean,
): Promise<readonly ShownComment[]> {
  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
  const comments = await allPages(request, route, { owner, repo, issue_number: issue });
  const marked = comments
    .flatMap((comment) => {
      const id = numberOf(at(comment, "id"));
      const body = text(at(comment, "body"));
      if (id === undefined || !isOurs(body)) return [];
      const login = text(at(comment, "user", "login"));
      const url = text(at(comment, "html_url"));
      return [{ id, url, body, login, bot: at(comment, "user", "type") === "Bot" }];
    })
    .sort((one, other) => one.id - other.id);
  if (marked.length === 0) return [];
  const login = await author(marked);
  return marked.filter((comment) => comment.login === login);
}
