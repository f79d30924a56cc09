/**
 * The comment a plan owns: found by author and marker over all pages, edited in place, made when there is none.
 * Duplicates (two first runs at once) are left alone: the oldest is the one that is kept up to date.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { GitHub } from "./client.ts";
import { statusOfGitHub } from "./errors.ts";
import { at, field, listOf, numberOf, textOf } from "./json.ts";

/** The bot behind every workflow's own token. */
const ACTIONS_BOT = "github-actions[bot]";

export interface CommentPlace {
  readonly owner: string;
  readonly repo: string;
  /** The pull request's number. */
  readonly number: number;
}

export interface OwnedComment {
  readonly body: string;
  /** Whether a comment's text carries the marker of this very comment. Its text is never trusted beyond that. */
  readonly isOurs: (body: string) => boolean;
  /** Makes one when there is none. */
  readonly create: boolean;
}

export interface WrittenComment {
  readonly url: string;
  readonly written: "created" | "updated";
}

interface Found {
  readonly id: number;
  readonly login: string;
  readonly bot: boolean;
}

/** Edits our comment, or makes it; `undefined` when there is none and none is wanted. */
export async function writeComment(
  github: GitHub,
  place: CommentPlace,
  comment: OwnedComment,
  wait: (ms: number) => Promise<unknown> = sleep,
): Promise<WrittenComment | undefined> {
  const own = await findOwn(github, place, comment.isOurs);
  if (own !== undefined) {
    const edited = await edit(github, place, own, comment.body);
    if (edited !== undefined) return edited;
  }
  return comment.create ? create(github, place, comment, wait) : undefined;
}

/** `undefined` when somebody deleted it meanwhile. */
async function edit(
  github: GitHub,
  { owner, repo }: CommentPlace,
  id: number,
  body: string,
): Promise<WrittenComment | undefined> {
  try {
    const route = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";
    const { data } = await github.request(route, { owner, repo, comment_id: id, body });
    return { url: urlOf(data), written: "updated" };
  } catch (error) {
    if (statusOfGitHub(error) === 404) return undefined;
    throw error;
  }
}

const CREATE_ATTEMPTS = 3;

async function create(
  github: GitHub,
  place: CommentPlace,
  { body, isOurs }: OwnedComment,
  wait: (ms: number) => Promise<unknown>,
): Promise<WrittenComment> {
  const { owner, repo, number } = place;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
      const { data } = await github.request(route, { owner, repo, issue_number: number, body });
      return { url: urlOf(data), written: "created" };
    } catch (error) {
      const status = statusOfGitHub(error);
      if ((status !== undefined && status < 500) || attempt === CREATE_ATTEMPTS) throw error;
      // The comment may be there although the answer says otherwise: look before posting it twice.
      await wait(1000 * attempt);
      const own = await findOwn(github, place, isOurs);
      const edited = own === undefined ? undefined : await edit(github, place, own, body);
      if (edited !== undefined) return { ...edited, written: "created" };
    }
  }
}

function urlOf(data: unknown): string {
  return textOf(field(data, "html_url")) ?? "";
}

/** The id of our oldest comment with the marker. */
async function findOwn(
  github: GitHub,
  place: CommentPlace,
  isOurs: (body: string) => boolean,
): Promise<number | undefined> {
  const marked = (await listMarked(github, place, isOurs)).sort((a, b) => a.id - b.id);
  if (marked.length === 0) return undefined;
  const login = await ownLogin(github, marked);
  return marked.find((comment) => comment.login === login)?.id;
}

async function listMarked(
  github: GitHub,
  { owner, repo, number }: CommentPlace,
  isOurs: (body: string) => boolean,
): Promise<Found[]> {
  const found: Found[] = [];
  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
  for (let page = 1; ; page += 1) {
    const { data, headers } = await github.request(route, {
      owner,
      repo,
      issue_number: number,
      per_page: 100,
      page,
    });
    for (const comment of listOf(data)) {
      const id = numberOf(field(comment, "id"));
      if (id === undefined || !isOurs(textOf(field(comment, "body")) ?? "")) continue;
      const login = textOf(at(comment, "user", "login")) ?? "";
      found.push({ id, login, bot: at(comment, "user", "type") === "Bot" });
    }
    if (!String(headers.link ?? "").includes('rel="next"')) return found;
  }
}

/**
 * Who we are. A person's token says so itself; an installation's cannot be asked by REST, and is the workflow's own
 * unless another bot has a comment with our marker: then GraphQL tells.
 */
async function ownLogin(github: GitHub, marked: readonly Found[]): Promise<string | undefined> {
  if (!github.installation) {
    try {
      return textOf(field((await github.request("GET /user")).data, "login"));
    } catch (error) {
      if (statusOfGitHub(error) !== 403) throw error;
    }
  }
  const otherBots = marked.some(({ bot, login }) => bot && login !== ACTIONS_BOT);
  if (!otherBots) return ACTIONS_BOT;
  const viewer = await github.viewer().catch(() => undefined);
  return viewer === undefined ? ACTIONS_BOT : viewer.endsWith("[bot]") ? viewer : `${viewer}[bot]`;
}
