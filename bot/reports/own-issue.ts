/** An issue the bot keeps: opened once, updated, closed; found again by author and marker when its number was forgotten. */
import { type RepositoryRef, place } from "../../src/model/repository.ts";
import type { Services } from "../services/services.ts";
import type { Remembered } from "../../src/github/remembered.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { statusOf } from "../../src/github/errors.ts";
import { at, number, text } from "../../src/github/json.ts";
import { allPages } from "../../src/github/paging.ts";

export interface OwnIssue {
  readonly repository: RepositoryRef;
  /** Its number. */
  readonly remembered: Remembered;
  /** A line of the body that no other issue has. */
  readonly marker: string;
  readonly title: string;
  readonly body: string;
}

/** Opens the issue, or brings the open one up to date. */
export async function keepIssue(services: Services, issue: OwnIssue): Promise<void> {
  const { repository, title } = issue;
  const body = `${issue.body}\n\n${issue.marker}`;
  const request = await services.github(repository);
  const open = await findIssue(services, request, issue);
  if (open !== undefined && (await edit(request, repository, open, { title, body, state: "open" }))) {
    await issue.remembered.set(open);
    return;
  }
  const { data } = await request("POST /repos/{owner}/{repo}/issues", {
    ...place(repository),
    title,
    body,
  });
  await issue.remembered.set(number(at(data, "number")));
}

/** False for an issue that was deleted or moved away. */
async function edit(
  request: GitHubRequest,
  repository: RepositoryRef,
  issue: number,
  change: Readonly<Record<string, string>>,
): Promise<boolean> {
  try {
    await request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
      ...place(repository),
      issue_number: issue,
      ...change,
    });
    return true;
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 410) return false;
    throw error;
  }
}

/** Closes the issue when there is one. */
export async function closeIssue(
  services: Services,
  issue: Pick<OwnIssue, "repository" | "remembered" | "marker">,
): Promise<void> {
  const { repository, remembered } = issue;
  const request = await services.github(repository);
  const open = await findIssue(services, request, issue);
  if (open === undefined) return;
  await edit(request, repository, open, { state: "closed", state_reason: "completed" });
  await remembered.forget();
}

/** Its number; by author and marker when a crash came between making and remembering it. */
async function findIssue(
  services: Services,
  request: GitHubRequest,
  { repository, remembered, marker }: Pick<OwnIssue, "repository" | "remembered" | "marker">,
): Promise<number | undefined> {
  const known = await remembered.get();
  if (known !== undefined) return known;
  const open = await allPages(request, "GET /repos/{owner}/{repo}/issues", {
    ...place(repository),
    creator: `${services.appSlug}[bot]`,
    state: "open",
  });
  const found = open.find((issue) => text(at(issue, "body")).includes(marker));
  return found === undefined ? undefined : number(at(found, "number"));
}
