/** Check runs: https://docs.github.com/en/rest/checks/runs */
import type { Markdown } from "../text/markdown.ts";
import type { RepositoryPlace } from "../model/repository.ts";
import type { GitHubRequest } from "./client.ts";
import { at, number, text } from "./json.ts";
import { allPages } from "./paging.ts";

export interface NewCheck {
  readonly name: string;
  /** The commit it is shown on. */
  readonly sha: string;
  /** Finds the check again if the response to its creation is lost. */
  readonly externalId: string;
  /** The target of its "Details" link. */
  readonly url?: string | undefined;
}

export interface CheckOutput {
  readonly title: string;
  readonly summary: Markdown;
  /** Shown on the lines of the files. */
  readonly annotations?: readonly CheckAnnotation[] | undefined;
}

/** A failure on a line of a file. */
export interface CheckAnnotation {
  readonly path: string;
  readonly line: number;
  readonly title: string;
  readonly message: string;
}

/** GitHub takes 50 annotations per request and adds those of later ones. */
const ANNOTATIONS = 50;

/** The states to write one after the other, with all annotations. */
function inRequests(state: CheckState): readonly Readonly<Record<string, unknown>>[] {
  const { output } = state;
  if (output === undefined) return [{ ...state }];
  const { annotations = [], title, summary } = output;
  const shown = annotations.map(({ path, line, ...rest }) => ({
    path,
    start_line: line,
    end_line: line,
    annotation_level: "failure",
    ...rest,
  }));
  const count = Math.max(1, Math.ceil(shown.length / ANNOTATIONS));
  return Array.from({ length: count }, (_, index) => {
    const part = shown.slice(index * ANNOTATIONS, (index + 1) * ANNOTATIONS);
    return { ...state, output: { title, summary, ...(part.length === 0 ? {} : { annotations: part }) } };
  });
}

/** A check in progress, or completed with a conclusion and a text. */
export type CheckState =
  | { readonly status: "in_progress"; readonly output?: CheckOutput }
  | {
      readonly status: "completed";
      readonly conclusion: "success" | "failure" | "cancelled" | "neutral";
      readonly output: CheckOutput;
    };

/** Returns the new check's id. */
export async function createCheck(
  request: GitHubRequest,
  repository: RepositoryPlace,
  { name, sha, externalId, url }: NewCheck,
  state: CheckState,
): Promise<number> {
  const [first, ...more] = inRequests(state);
  const { data } = await request("POST /repos/{owner}/{repo}/check-runs", {
    ...repository,
    name,
    head_sha: sha,
    external_id: externalId,
    ...(url === undefined ? {} : { details_url: url }),
    ...first,
  });
  const id = number(at(data, "id"));
  for (const part of more) await patch(request, repository, id, part);
  return id;
}

export async function updateCheck(
  request: GitHubRequest,
  repository: RepositoryPlace,
  id: number,
  state: CheckState,
): Promise<void> {
  for (const part of inRequests(state)) await patch(request, repository, id, part);
}

async function patch(
  request: GitHubRequest,
  repository: RepositoryPlace,
  id: number,
  part: Readonly<Record<string, unknown>>,
): Promise<void> {
  const route = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
  await request(route, { ...repository, check_run_id: id, ...part });
}

/** The ids of the checks with this external id on the commit: more than one where a response was lost or two processes wrote. */
export async function findChecks(
  request: GitHubRequest,
  repository: RepositoryPlace,
  { name, sha, externalId }: NewCheck,
): Promise<readonly number[]> {
  const checks = await listChecks(request, repository, sha, { check_name: name, filter: "all" });
  return checks
    .filter((check) => text(at(check, "external_id")) === externalId)
    .map((check) => number(at(check, "id")));
}

/** The id of the check with this external id on the commit. */
export async function findCheck(
  request: GitHubRequest,
  repository: RepositoryPlace,
  check: NewCheck,
): Promise<number | undefined> {
  const [found] = await findChecks(request, repository, check);
  return found;
}

/** The check runs of a commit; by default only the latest of each name and App. */
export function listChecks(
  request: GitHubRequest,
  repository: RepositoryPlace,
  sha: string,
  filter: { readonly check_name?: string; readonly filter: "latest" | "all" } = { filter: "latest" },
): Promise<readonly unknown[]> {
  const route = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";
  return allPages(request, route, { ...repository, ref: sha, ...filter }, (data) => at(data, "check_runs"));
}
