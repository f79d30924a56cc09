import { createRun, createStatus, type NewCheckRun, rerequestRun, updateRun } from "../changes/checks.ts";
import { actorOf, created, ok, onRepository, type Answer, type Call, type Operations } from "../http/call.ts";
import { GitHubError, found, invalid, invalidField, notAccessible } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import { isRecord, type Json, text } from "../json.ts";
import type { App, CheckRun, CheckSuite, Repository, Status } from "../state/types.ts";
import { userView } from "../views/account.ts";
import { annotationView, runView, statusView, suiteView } from "../views/checks.ts";
import { repositoryUrl, repositoryView } from "../views/repository.ts";
import { resolveRef, runOf } from "./lookup.ts";

/** Checks are written by Apps only: not by people, not by classic tokens. */
function appOf(call: Call): App {
  const { caller } = call;
  if (caller.kind === "token" && caller.token.kind === "installation") return caller.token.installation.app;
  throw new GitHubError(403, "You must authenticate via a GitHub App.");
}

const nullable = (value: Json | undefined, key: string): string | null => text(value, key) ?? null;
const date = (value: Json | undefined, key: string): Date | undefined => {
  const given = text(value, key);
  return given ? new Date(given) : undefined;
};

/** Takes the `output` over: texts are replaced, annotations are added to those that are there. */
function applyOutput(run: CheckRun, body: Json | undefined): void {
  const output = isRecord(body) ? body.output : undefined;
  if (!isRecord(output)) return;
  const annotations = Array.isArray(output.annotations) ? output.annotations.filter(isRecord) : [];
  if (annotations.length > 50)
    throw invalid("Invalid request.\n\nNo more than 50 items are allowed in annotations.");
  for (const key of ["summary", "text"])
    if ((text(output, key)?.length ?? 0) > 65_535) throw invalidField("CheckRun", key, "too_long");
  run.output = {
    title: text(output, "title") ?? run.output.title,
    summary: text(output, "summary") ?? run.output.summary,
    text: text(output, "text") ?? run.output.text,
  };
  for (const it of annotations)
    run.annotations.push({
      path: text(it, "path") ?? "",
      startLine: Number(it.start_line),
      endLine: Number(it.end_line),
      startColumn: typeof it.start_column === "number" ? it.start_column : null,
      endColumn: typeof it.end_column === "number" ? it.end_column : null,
      level: text(it, "annotation_level") ?? "notice",
      message: text(it, "message") ?? "",
      title: nullable(it, "title"),
      rawDetails: nullable(it, "raw_details"),
    });
}

function fields(call: Call): Omit<NewCheckRun, "name" | "sha"> {
  return {
    status: text(call.body, "status"),
    conclusion: text(call.body, "conclusion"),
    detailsUrl: text(call.body, "details_url"),
    externalId: text(call.body, "external_id"),
    completedAt: date(call.body, "completed_at"),
  };
}

function create(call: Call, repository: Repository): Answer {
  const app = appOf(call);
  const sha = text(call.body, "head_sha") ?? "";
  if (!repository.objects.commits.has(sha)) throw invalid(`No commit found for SHA: ${sha}`);
  const it = {
    ...fields(call),
    name: text(call.body, "name") ?? "",
    sha,
    startedAt: date(call.body, "started_at"),
  };
  const run = createRun(call.world, actorOf(call).account, app, repository, it);
  applyOutput(run, call.body);
  return created(runView(call.world, repository, run));
}

function update(call: Call, repository: Repository): Answer {
  const run = runOf(call, repository);
  if (run.suite.app !== appOf(call)) throw notAccessible();
  applyOutput(run, call.body);
  updateRun(call.world, actorOf(call).account, repository, run, fields(call));
  return ok(runView(call.world, repository, run));
}

/** By name, status and App; `latest` keeps the newest run of each name of a suite. */
function listRuns(call: Call, repository: Repository, suites: readonly CheckSuite[]): Answer {
  const { check_name: name, status, app_id: app, filter = "latest" } = call.query;
  const runs = suites
    .filter((suite) => !app || String(suite.app.id) === app)
    .flatMap((suite) =>
      suite.runs.filter(
        (run) => filter === "all" || suite.runs.findLast((each) => each.name === run.name) === run,
      ),
    )
    .filter((run) => (!name || run.name === name) && (!status || run.status === status))
    .sort((a, b) => b.id - a.id);
  return paged(
    call,
    runs,
    (run) => runView(call.world, repository, run),
    (page, total) => ({ total_count: total, check_runs: page }),
  );
}

function suitesAt(call: Call, repository: Repository): CheckSuite[] {
  const sha = found(resolveRef(repository, call.params.ref ?? ""));
  return repository.suites.filter((suite) => suite.sha === sha);
}

/** The statuses of a commit, newest first. */
function statusesAt(call: Call, repository: Repository): { sha: string; statuses: Status[] } {
  const sha = found(resolveRef(repository, call.params.ref ?? ""));
  return { sha, statuses: repository.statuses.filter((status) => status.sha === sha).reverse() };
}

function combined(call: Call, repository: Repository): Answer {
  const { sha, statuses } = statusesAt(call, repository);
  const newest = statuses.filter(
    (it, index) => statuses.findIndex(({ context }) => context === it.context) === index,
  );
  const states = newest.map(({ state }) => state);
  const failed = states.some((state) => state === "failure" || state === "error");
  const green = states.length > 0 && states.every((state) => state === "success");
  const url = repositoryUrl(call.world, repository);
  return paged(
    call,
    newest,
    (status) => {
      const { creator: _, ...simple } = statusView(call.world, repository, status);
      return simple;
    },
    (page, total) => ({
      // Without any status it is `pending`: so GitHub documents it.
      state: failed ? "failure" : green ? "success" : "pending",
      statuses: page,
      sha,
      total_count: total,
      repository: {
        ...repositoryView(call.world, repository),
        owner: userView(call.world, repository.owner),
      },
      commit_url: `${url}/commits/${sha}`,
      url: `${url}/commits/${sha}/status`,
    }),
  );
}

/** Check runs, suites and commit statuses. */
export const checks: Operations = {
  "checks/create": onRepository("checks:write", create),
  "checks/update": onRepository("checks:write", update),
  "checks/get": onRepository("checks:read", (call, repository) =>
    ok(runView(call.world, repository, runOf(call, repository))),
  ),
  "checks/list-annotations": onRepository("checks:read", (call, repository) => {
    const run = runOf(call, repository);
    return paged(call, run.annotations, (it) => annotationView(call.world, repository, run.suite.sha, it));
  }),
  "checks/rerequest-run": onRepository("checks:write", (call, repository) => {
    rerequestRun(call.world, actorOf(call), repository, runOf(call, repository));
    return created({});
  }),
  "checks/list-for-ref": onRepository("checks:read", (call, repository) =>
    listRuns(call, repository, suitesAt(call, repository)),
  ),
  "checks/list-for-suite": onRepository("checks:read", (call, repository) => {
    const id = Number(call.params.check_suite_id);
    return listRuns(call, repository, [found(repository.suites.find((suite) => suite.id === id))]);
  }),
  "checks/list-suites-for-ref": onRepository("checks:read", (call, repository) =>
    paged(
      call,
      suitesAt(call, repository),
      (suite) => suiteView(call.world, repository, suite),
      (page, total) => ({ total_count: total, check_suites: page }),
    ),
  ),
  "checks/get-suite": onRepository("checks:read", (call, repository) => {
    const id = Number(call.params.check_suite_id);
    return ok(suiteView(call.world, repository, found(repository.suites.find((suite) => suite.id === id))));
  }),
  "repos/create-commit-status": onRepository("statuses:write", (call, repository) => {
    const sha = call.params.sha ?? "";
    if (!repository.objects.commits.has(sha)) throw invalid(`No commit found for SHA: ${sha}`);
    const status = createStatus(call.world, actorOf(call), repository, {
      sha,
      state: text(call.body, "state") ?? "pending",
      context: text(call.body, "context") ?? "default",
      description: nullable(call.body, "description"),
      targetUrl: nullable(call.body, "target_url"),
    });
    return created(statusView(call.world, repository, status));
  }),
  "repos/list-commit-statuses-for-ref": onRepository("statuses:read", (call, repository) =>
    paged(call, statusesAt(call, repository).statuses, (status) =>
      statusView(call.world, repository, status),
    ),
  ),
  "repos/get-combined-status-for-ref": onRepository("statuses:read", combined),
};
