/** The checks of a commit: check runs and commit statuses, except the bot's own and those that the settings ignore. */
import { listChecks } from "../../../src/github/checks.ts";
import type { GitHubRequest } from "../../../src/github/client.ts";
import { at, text } from "../../../src/github/json.ts";
import { allPages } from "../../../src/github/paging.ts";
import { type RepositoryRef, place } from "../../../src/model/repository.ts";
import type { CheckFact } from "./facts.ts";

export interface CheckOptions {
  /** This App's slug: its `gatewright …` checks are results, not conditions. */
  readonly appSlug: string;
  /** Names of checks that the settings ignore. */
  readonly ignore: readonly string[];
}

/** The newest check run or commit status of each name. */
export async function readChecks(
  request: GitHubRequest,
  repository: RepositoryRef,
  sha: string,
  options: CheckOptions,
): Promise<readonly CheckFact[]> {
  const [runs, statuses] = await Promise.all([
    listChecks(request, place(repository), sha),
    allPages(request, "GET /repos/{owner}/{repo}/commits/{ref}/statuses", {
      ...place(repository),
      ref: sha,
    }),
  ]);
  const newest = new Map<string, { at: number; fact: CheckFact }>();
  const note = (name: string, when: string, state: CheckFact["state"]): void => {
    const time = Date.parse(when) || 0;
    const known = newest.get(name);
    if (known === undefined || known.at < time) newest.set(name, { at: time, fact: { name, state } });
  };
  for (const run of runs) {
    // Inside a workflow the App is GitHub's own, and every job of the repository is one of its checks: ours have our name.
    if (text(at(run, "app", "slug")) === options.appSlug && text(at(run, "name")).startsWith("gatewright "))
      continue;
    note(
      text(at(run, "name")),
      text(at(run, "started_at")),
      checkState(text(at(run, "status")), text(at(run, "conclusion"))),
    );
  }
  for (const status of statuses) {
    const state = text(at(status, "state"));
    note(
      text(at(status, "context")),
      text(at(status, "created_at")),
      state === "success" ? "green" : state === "pending" ? "pending" : "red",
    );
  }
  return [...newest.values()].map(({ fact }) => fact).filter(({ name }) => !options.ignore.includes(name));
}

function checkState(status: string, conclusion: string): CheckFact["state"] {
  if (status !== "completed") return "pending";
  return ["success", "neutral", "skipped"].includes(conclusion) ? "green" : "red";
}
