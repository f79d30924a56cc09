/** The checks of a commit: check runs and commit statuses, except the bot's own and those that the settings ignore. */
import { listChecks } from "../../../src/github/checks.ts";
import type { GitHubRequest } from "../../../src/github/client.ts";
import { at, number, text } from "../../../src/github/json.ts";
import { allPages } from "../../../src/github/paging.ts";
import { type RepositoryRef, place } from "../../../src/model/repository.ts";
import type { CheckFact } from "./facts.ts";

export interface CheckOptions {
  /** This App's slug: its `gatewright …` checks are results, not conditions. */
  readonly appSlug: string;
  /** Names of checks that the settings ignore. */
  readonly ignore: readonly string[];
}

/** Inside a workflow the App is GitHub's own, and every job of the repository is one of its checks: ours have our name. */
const OWN_CHECK = /^gatewright(?: (?:plan|apply|destroy|drift) .+)?$/;

interface Found extends CheckFact {
  /** What a newer one takes the place of: an equal name alone hides nothing. */
  readonly key: string;
  readonly at: number;
}

/**
 * Every check of the commit: of a check run's App, suite (one per run of a workflow) and name, and of a status's author
 * and context, the newest.
 */
export async function readChecks(
  request: GitHubRequest,
  repository: RepositoryRef,
  sha: string,
  { appSlug, ignore }: CheckOptions,
): Promise<readonly CheckFact[]> {
  const [runs, statuses] = await Promise.all([
    listChecks(request, place(repository), sha),
    allPages(request, "GET /repos/{owner}/{repo}/commits/{ref}/statuses", {
      ...place(repository),
      ref: sha,
    }),
  ]);
  const newest = new Map<string, Found>();
  for (const one of [...runs.map(ofRun), ...statuses.map(ofStatus)]) {
    if (one.from === appSlug && one.isRun && OWN_CHECK.test(one.name)) continue;
    const known = newest.get(one.key);
    if (known === undefined || known.at < one.at) newest.set(one.key, one);
  }
  return [...newest.values()]
    .filter(({ name }) => !ignore.includes(name))
    .map(({ name, from, state }) => ({ name, from, state }));
}

function ofRun(run: unknown): Found & { readonly isRun: boolean } {
  const name = text(at(run, "name"));
  const from = text(at(run, "app", "slug"));
  return {
    isRun: true,
    key: JSON.stringify([
      "run",
      number(at(run, "app", "id")),
      from,
      number(at(run, "check_suite", "id")),
      name,
    ]),
    name,
    from,
    at: Date.parse(text(at(run, "started_at"))) || 0,
    state: checkState(text(at(run, "status")), text(at(run, "conclusion"))),
  };
}

function ofStatus(status: unknown): Found & { readonly isRun: boolean } {
  const name = text(at(status, "context"));
  const from = text(at(status, "creator", "login"));
  const state = text(at(status, "state"));
  return {
    isRun: false,
    key: JSON.stringify(["status", from, name]),
    name,
    from,
    at: Date.parse(text(at(status, "created_at"))) || 0,
    state: state === "success" ? "green" : state === "pending" ? "pending" : "red",
  };
}

function checkState(status: string, conclusion: string): CheckFact["state"] {
  if (status !== "completed") return "pending";
  return ["success", "neutral", "skipped"].includes(conclusion) ? "green" : "red";
}
