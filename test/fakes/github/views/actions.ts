import { createHash } from "node:crypto";
import type { JsonObject } from "../json.ts";
import { commitAt } from "../state/history.ts";
import type { Artifact, Repository, WorkflowRun } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { userView } from "./account.ts";
import { pullsAt } from "./checks.ts";
import { nodeId, time } from "./common.ts";
import { repositoryPage, repositoryUrl, repositoryView } from "./repository.ts";

/** Days for which an artifact is kept unless the workflow says otherwise. */
const KEPT_DAYS = 90;

/** A workflow's id, which is its own for each file of a repository. */
function workflowId(repository: Repository, { workflow }: WorkflowRun): number {
  const digest = createHash("sha256").update(`${repository.id} ${workflow}`).digest();
  return digest.readUIntBE(0, 4);
}

/** `workflow`, as a webhook has it. */
export function workflowView(world: World, repository: Repository, run: WorkflowRun): JsonObject {
  const id = workflowId(repository, run);
  const page = repositoryPage(world, repository);
  return {
    id,
    node_id: nodeId("Workflow", id),
    name: run.workflow.replace(/\.ya?ml$/, ""),
    path: `.github/workflows/${run.workflow}`,
    state: "active",
    created_at: time(repository.createdAt),
    updated_at: time(repository.createdAt),
    url: `${repositoryUrl(world, repository)}/actions/workflows/${id}`,
    html_url: `${page}/blob/${repository.defaultBranch}/.github/workflows/${run.workflow}`,
    badge_url: `${page}/workflows/${run.workflow}/badge.svg`,
  };
}

/** `workflow-run`. */
export function workflowRunView(world: World, repository: Repository, run: WorkflowRun): JsonObject {
  const url = `${repositoryUrl(world, repository)}/actions/runs/${run.id}`;
  const commit = commitAt(repository.objects, run.sha);
  const person = ({ name, email }: { name: string; email: string }): JsonObject => ({ name, email });
  const suite = run.id + 1;
  return {
    id: run.id,
    name: run.workflow.replace(/\.ya?ml$/, ""),
    node_id: nodeId("WorkflowRun", run.id),
    check_suite_id: suite,
    check_suite_node_id: nodeId("CheckSuite", suite),
    head_branch: run.branch,
    head_sha: run.sha,
    path: `.github/workflows/${run.workflow}`,
    run_number: run.number,
    run_attempt: run.attempt,
    referenced_workflows: [],
    event: run.event,
    display_title: commit.message,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflowId(repository, run),
    url,
    html_url: `${repositoryPage(world, repository)}/actions/runs/${run.id}`,
    // A fork's are left out, as with checks.
    pull_requests: run.headRepository === repository ? pullsAt(world, repository, run.sha) : [],
    created_at: time(run.createdAt),
    updated_at: time(run.updatedAt),
    run_started_at: time(run.startedAt),
    actor: userView(world, run.actor),
    triggering_actor: userView(world, run.actor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl(world, repository)}/check-suites/${suite}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${repositoryUrl(world, repository)}/actions/workflows/${workflowId(repository, run)}`,
    head_commit: {
      id: run.sha,
      tree_id: commit.tree,
      message: commit.message,
      timestamp: time(commit.author.date),
      author: person(commit.author),
      committer: person(commit.committer),
    },
    repository: repositoryView(world, repository),
    head_repository: repositoryView(world, run.headRepository),
  };
}

/** `artifact`. */
export function artifactView(
  world: World,
  repository: Repository,
  run: WorkflowRun,
  artifact: Artifact,
): JsonObject {
  const url = `${repositoryUrl(world, repository)}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id,
    node_id: nodeId("Artifact", artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.zip.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    digest: `sha256:${createHash("sha256").update(artifact.zip).digest("hex")}`,
    created_at: time(artifact.createdAt),
    updated_at: time(artifact.createdAt),
    expires_at: time(new Date(artifact.createdAt.getTime() + KEPT_DAYS * 86_400_000)),
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: run.headRepository.id,
      head_branch: run.branch ?? "",
      head_sha: run.sha,
    },
  };
}
