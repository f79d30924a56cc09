/** An issue that Gatewright owns: opened, updated, closed. It is found by its remembered number, or by author and marker. */
import { clip } from "../text/escape.ts";
import { md, type Markdown } from "../text/markdown.ts";
import type { RepositoryPlace } from "../model/repository.ts";
import type { GitHubRequest } from "./client.ts";
import { statusOf } from "./errors.ts";
import { at, number, text } from "./json.ts";
import { allPages } from "./paging.ts";
import type { Remembered } from "./remembered.ts";

/** Where to write issues, and as which author. */
export interface IssuePlace {
  readonly request: GitHubRequest;
  readonly repository: RepositoryPlace;
  /** `gatewright[bot]` */
  readonly login: string;
}

/** Identifies the issue. */
interface OwnIssue {
  /** The issue's number. */
  readonly remembered: Remembered;
  /** A line of the body, unique to this issue. */
  readonly marker: Markdown;
}

export interface IssueText {
  readonly title: string;
  /** Without the marker. */
  readonly body: Markdown;
}

/** GitHub refuses a longer title. */
const MOST_TITLE = 256;

/** Opens the issue, or updates the open one. */
export async function keepIssue(place: IssuePlace, issue: OwnIssue, text: IssueText): Promise<void> {
  const { request, repository } = place;
  const title = clip(text.title, MOST_TITLE);
  const body = md`${text.body}\n\n${issue.marker}`;
  const open = await findIssue(place, issue);
  if (open !== undefined && (await edit(place, open, { title, body, state: "open" }))) {
    await issue.remembered.set(open);
    return;
  }
  const { data } = await request("POST /repos/{owner}/{repo}/issues", { ...repository, title, body });
  await issue.remembered.set(number(at(data, "number")));
}

/** When the issue was opened, in milliseconds since 1970; undefined if there is none. */
export async function openedAt(place: IssuePlace, issue: OwnIssue): Promise<number | undefined> {
  const open = await findIssue(place, issue);
  if (open === undefined) return undefined;
  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}";
  try {
    const { data } = await place.request(route, { ...place.repository, issue_number: open });
    const opened = Date.parse(text(at(data, "created_at")));
    return Number.isNaN(opened) ? undefined : opened;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Closes the issue if it is open. */
export async function closeIssue(place: IssuePlace, issue: OwnIssue): Promise<void> {
  const open = await findIssue(place, issue);
  if (open === undefined) return;
  await edit(place, open, { state: "closed", state_reason: "completed" });
  await issue.remembered.forget();
}

/** Returns false if the issue has been deleted or transferred. */
async function edit(
  { request, repository }: IssuePlace,
  issue: number,
  change: Readonly<Record<string, string>>,
): Promise<boolean> {
  try {
    const route = "PATCH /repos/{owner}/{repo}/issues/{issue_number}";
    await request(route, { ...repository, issue_number: issue, ...change });
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

/** Deleted or transferred. */
function isGone(error: unknown): boolean {
  return statusOf(error) === 404 || statusOf(error) === 410;
}

/** The issue's number. Searches by author and marker if a crash kept the number from being remembered. */
async function findIssue(
  { request, repository, login }: IssuePlace,
  { remembered, marker }: OwnIssue,
): Promise<number | undefined> {
  const known = await remembered.get();
  if (known !== undefined) return known;
  const route = "GET /repos/{owner}/{repo}/issues";
  const open = await allPages(request, route, { ...repository, creator: login, state: "open" });
  const found = open.find((issue) => text(at(issue, "body")).includes(marker));
  return found === undefined ? undefined : number(at(found, "number"));
}
