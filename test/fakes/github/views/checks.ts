import type { JsonObject } from "../json.ts";
import type { Annotation, CheckRun, CheckSuite, Repository, Status } from "../state/types.ts";
import { isPull, type World } from "../state/world.ts";
import { userView } from "./account.ts";
import { appView } from "./app.ts";
import { nodeId, time, timeOrNull } from "./common.ts";
import { commitAt } from "../state/history.ts";
import { repositoryPage, repositoryUrl, repositoryView } from "./repository.ts";

/** The open pull requests of this repository whose head is that commit; forks' are left out, as on GitHub. */
export function pullsAt(world: World, repository: Repository, sha: string): JsonObject[] {
  const url = repositoryUrl(world, repository);
  const repo = { id: repository.id, url, name: repository.name };
  return repository.issues
    .filter(isPull)
    .filter(({ closed, pull }) => !closed && pull.head.sha === sha && pull.head.repository === repository)
    .map(({ number, pull }) => ({
      id: pull.id,
      number,
      url: `${url}/pulls/${number}`,
      head: { ref: pull.head.ref, sha, repo },
      base: { ref: pull.base.ref, sha: pull.base.sha, repo },
    }));
}

/** Status and conclusion of a suite, from its runs. */
export function suiteState({ runs }: CheckSuite): { status: string; conclusion: string | null } {
  if (runs.length === 0) return { status: "queued", conclusion: null };
  if (runs.some(({ status }) => status !== "completed"))
    return {
      status: runs.every(({ status }) => status === "queued") ? "queued" : "in_progress",
      conclusion: null,
    };
  const worst = ["action_required", "timed_out", "cancelled", "failure", "neutral", "skipped"];
  const conclusion = worst.find((each) => runs.some((run) => run.conclusion === each)) ?? "success";
  return { status: "completed", conclusion };
}

/** `check-suite`. */
export function suiteView(world: World, repository: Repository, suite: CheckSuite): JsonObject {
  const url = `${repositoryUrl(world, repository)}/check-suites/${suite.id}`;
  const commit = commitAt(repository.objects, suite.sha);
  const person = ({ name, email }: { name: string; email: string }): JsonObject => ({ name, email });
  return {
    id: suite.id,
    node_id: nodeId("CheckSuite", suite.id),
    head_branch: suite.branch,
    head_sha: suite.sha,
    ...suiteState(suite),
    url,
    before: commit.parents[0] ?? "0".repeat(40),
    after: suite.sha,
    pull_requests: pullsAt(world, repository, suite.sha),
    app: appView(world, suite.app),
    created_at: time(suite.createdAt),
    updated_at: time(suite.createdAt),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: suite.runs.length,
    check_runs_url: `${url}/check-runs`,
    head_commit: {
      id: suite.sha,
      tree_id: commit.tree,
      message: commit.message,
      timestamp: time(commit.author.date),
      author: person(commit.author),
      committer: person(commit.committer),
    },
    repository: repositoryView(world, repository),
  };
}

/** `check-run`. */
export function runView(world: World, repository: Repository, run: CheckRun): JsonObject {
  const url = `${repositoryUrl(world, repository)}/check-runs/${run.id}`;
  const page = `${repositoryPage(world, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("CheckRun", run.id),
    head_sha: run.suite.sha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: time(run.startedAt),
    completed_at: timeOrNull(run.completedAt),
    output: {
      ...run.output,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appView(world, run.suite.app),
    pull_requests: pullsAt(world, repository, run.suite.sha),
  };
}

/** `check-annotation`. */
export function annotationView(
  world: World,
  repository: Repository,
  sha: string,
  it: Annotation,
): JsonObject {
  return {
    path: it.path,
    blob_href: `${repositoryPage(world, repository)}/blob/${sha}/${it.path}`,
    start_line: it.startLine,
    start_column: it.startColumn,
    end_line: it.endLine,
    end_column: it.endColumn,
    annotation_level: it.level,
    title: it.title,
    message: it.message,
    raw_details: it.rawDetails,
  };
}

/** `status`: one commit status. */
export function statusView(world: World, repository: Repository, status: Status): JsonObject {
  return {
    url: `${repositoryUrl(world, repository)}/statuses/${status.sha}`,
    avatar_url: `${world.urls.html}/avatars/${encodeURIComponent(status.creator.login)}`,
    id: status.id,
    node_id: nodeId("StatusContext", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: time(status.createdAt),
    updated_at: time(status.createdAt),
    creator: userView(world, status.creator),
  };
}
