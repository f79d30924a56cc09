import type { Account, Actor, App, CheckRun, CheckSuite, Repository, Status } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { permits } from "../state/permissions.ts";
import { commitView } from "../views/git.ts";
import { repositoryUrl } from "../views/repository.ts";
import { runView, statusView, suiteState, suiteView } from "../views/checks.ts";

function tellSuite(
  world: World,
  action: string,
  by: Account,
  repository: Repository,
  suite: CheckSuite,
): void {
  world.emit({
    name: "check_suite",
    action,
    repository,
    sender: by,
    apps: [suite.app.id],
    payload: { check_suite: suiteView(world, repository, suite) },
  });
}

/** The suite of an App for a commit; there is one. */
export function suiteFor(world: World, app: App, repository: Repository, sha: string): CheckSuite {
  const known = repository.suites.find((suite) => suite.app === app && suite.sha === sha);
  if (known) return known;
  const branch = [...repository.refs].find(([ref, to]) => to === sha && ref.startsWith("refs/heads/"))?.[0];
  const suite: CheckSuite = {
    id: world.nextId(),
    app,
    sha,
    branch: branch?.slice("refs/heads/".length) ?? null,
    createdAt: world.now(),
    runs: [],
  };
  repository.suites.push(suite);
  return suite;
}

/** After a push GitHub makes a suite for every App that may write checks, and asks it to run. */
export function requestSuites(world: World, by: Account, repository: Repository, sha: string): void {
  for (const { app, account, permissions, repositories } of world.installations) {
    const inside = repositories === "all" || repositories.has(repository.id);
    if (account !== repository.owner || !inside || !permits(permissions, "checks:write")) continue;
    tellSuite(world, "requested", by, repository, suiteFor(world, app, repository, sha));
  }
}

export interface NewCheckRun {
  readonly name: string;
  readonly sha: string;
  readonly status?: string | undefined;
  readonly conclusion?: string | null | undefined;
  readonly detailsUrl?: string | undefined;
  readonly externalId?: string | undefined;
  readonly startedAt?: Date | undefined;
  readonly completedAt?: Date | undefined;
}

function tellRun(
  world: World,
  action: string,
  by: Account,
  repository: Repository,
  run: CheckRun,
  more = {},
): void {
  const view = runView(world, repository, run);
  world.emit({
    name: "check_run",
    action,
    repository,
    sender: by,
    // Created and completed go to everybody who subscribed; the rest only to the App the run belongs to.
    ...(action === "created" || action === "completed" ? {} : { apps: [run.suite.app.id] }),
    payload: { check_run: { ...view, check_suite: suiteView(world, repository, run.suite) }, ...more },
  });
}

function completed(world: World, by: Account, repository: Repository, run: CheckRun): void {
  tellRun(world, "completed", by, repository, run);
  if (suiteState(run.suite).status === "completed") tellSuite(world, "completed", by, repository, run.suite);
}

/** Makes a check run of an App. One with a conclusion is completed at once. */
export function createRun(
  world: World,
  by: Account,
  app: App,
  repository: Repository,
  it: NewCheckRun,
): CheckRun {
  const suite = suiteFor(world, app, repository, it.sha);
  const run: CheckRun = {
    id: world.nextId(),
    suite,
    name: it.name,
    annotations: [],
    startedAt: it.startedAt ?? world.now(),
    externalId: it.externalId ?? "",
    detailsUrl: it.detailsUrl,
    status: it.conclusion ? "completed" : (it.status ?? "queued"),
    conclusion: it.conclusion ?? null,
    completedAt: it.conclusion ? (it.completedAt ?? world.now()) : undefined,
    output: { title: null, summary: null, text: null },
  };
  suite.runs.push(run);
  tellRun(world, "created", by, repository, run);
  if (run.conclusion) completed(world, by, repository, run);
  return run;
}

/** Moves a check run on. */
export function updateRun(
  world: World,
  by: Account,
  repository: Repository,
  run: CheckRun,
  it: Partial<Omit<NewCheckRun, "name" | "sha" | "startedAt">>,
): void {
  const before = run.conclusion;
  if (it.status) run.status = it.status;
  if (it.conclusion) {
    run.conclusion = it.conclusion;
    run.status = "completed";
    run.completedAt = it.completedAt ?? world.now();
  } else if (it.status && it.status !== "completed") {
    run.conclusion = null;
    run.completedAt = undefined;
  }
  if (it.detailsUrl !== undefined) run.detailsUrl = it.detailsUrl;
  if (it.externalId !== undefined) run.externalId = it.externalId;
  if (run.conclusion && run.conclusion !== before) completed(world, by, repository, run);
}

/** Somebody pressed “Re-run”. The App has to make a new run. */
export function rerequestRun(world: World, by: Actor, repository: Repository, run: CheckRun): void {
  tellRun(world, "rerequested", by.account, repository, run);
}

/** Somebody pressed “Re-run all”. */
export function rerequestSuite(world: World, by: Actor, repository: Repository, suite: CheckSuite): void {
  tellSuite(world, "rerequested", by.account, repository, suite);
}

/** Somebody pressed a button of the run. */
export function requestAction(
  world: World,
  by: Actor,
  repository: Repository,
  run: CheckRun,
  identifier: string,
): void {
  tellRun(world, "requested_action", by.account, repository, run, { requested_action: { identifier } });
}

/** Sets a commit status. The newest of a context counts. */
export function createStatus(
  world: World,
  by: Actor,
  repository: Repository,
  it: Pick<Status, "sha" | "context" | "state" | "description" | "targetUrl">,
): Status {
  const status: Status = { ...it, id: world.nextId(), creator: by.account, createdAt: world.now() };
  repository.statuses.push(status);
  const { creator: _, url: __, node_id: ___, ...view } = statusView(world, repository, status);
  world.emit({
    name: "status",
    repository,
    sender: by.account,
    payload: {
      ...view,
      sha: it.sha,
      name: `${repository.owner.login}/${repository.name}`,
      commit: commitView(world, repository, it.sha),
      branches: [...repository.refs]
        .filter(([ref, sha]) => sha === it.sha && ref.startsWith("refs/heads/"))
        .map(([ref, sha]) => ({
          name: ref.slice("refs/heads/".length),
          commit: { sha, url: `${repositoryUrl(world, repository)}/commits/${sha}` },
          protected: false,
        })),
    },
  });
  return status;
}
