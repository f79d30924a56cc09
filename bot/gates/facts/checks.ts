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
  readonly isRun: boolean;
  /** What it has in common with what may be another run of the same: the App and the name, or the author and the context. */
  readonly called: string;
  /** The suite of a check run; 0 for a status. */
  readonly suite: number;
  readonly at: number;
}

/**
 * Every check of the commit: of a check run's App, workflow and name, and of a status's author and context, the newest. A suite is one run of a
 * workflow; what is not of a workflow, or cannot be found out, counts by its suite.
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
  const found = [...runs.map(ofRun), ...statuses.map(ofStatus)].filter(
    ({ from, isRun, name }) => !(from === appSlug && isRun && OWN_CHECK.test(name)) && !ignore.includes(name),
  );
  const workflows = hasRivals(found) ? await workflowsOf(request, repository, sha) : NO_WORKFLOWS;
  const newest = new Map<string, Found>();
  for (const one of found) {
    // An equal name alone hides nothing.
    const key = `${one.called} ${workflows.get(one.suite) ?? `suite ${one.suite}`}`;
    const known = newest.get(key);
    if (known === undefined || known.at < one.at) newest.set(key, one);
  }
  return [...newest.values()].map(({ name, from, state }) => ({ name, from, state }));
}

const NO_WORKFLOWS: ReadonlyMap<number, string> = new Map();

/** Two suites have a check of the same App and name: whether one takes the other's place is a question of their workflows. Pure. */
function hasRivals(found: readonly Found[]): boolean {
  const suites = new Map<string, number>();
  return found.some(({ called, suite }) => {
    const known = suites.get(called);
    suites.set(called, suite);
    return known !== undefined && known !== suite;
  });
}

/**
 * What each suite is a run of: a workflow, for an event. For two events a workflow tests two things (a push the branch, a pull request the
 * merge), so a newer run of one does not stand for the other. None where that may not be read: then every suite counts.
 */
async function workflowsOf(
  request: GitHubRequest,
  repository: RepositoryRef,
  sha: string,
): Promise<ReadonlyMap<number, string>> {
  const runs = await allPages(
    request,
    "GET /repos/{owner}/{repo}/actions/runs",
    { ...place(repository), head_sha: sha },
    (data) => at(data, "workflow_runs"),
  ).catch(() => []);
  return new Map(
    runs.map((run) => [
      number(at(run, "check_suite_id")),
      `workflow ${number(at(run, "workflow_id"))} ${text(at(run, "event"))}`,
    ]),
  );
}

function ofRun(run: unknown): Found {
  const name = text(at(run, "name"));
  const from = text(at(run, "app", "slug"));
  return {
    isRun: true,
    called: JSON.stringify(["run", number(at(run, "app", "id")), from, name]),
    suite: number(at(run, "check_suite", "id")),
    name,
    from,
    at: Date.parse(text(at(run, "started_at"))) || 0,
    state: checkState(text(at(run, "status")), text(at(run, "conclusion"))),
  };
}

function ofStatus(status: unknown): Found {
  const name = text(at(status, "context"));
  const from = text(at(status, "creator", "login"));
  const state = text(at(status, "state"));
  return {
    isRun: false,
    called: JSON.stringify(["status", from, name]),
    suite: 0,
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
