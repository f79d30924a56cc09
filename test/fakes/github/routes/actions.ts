import { onRepository, type Call, type Operations } from "../http/call.ts";
import { found, GitHubError } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import type { Artifact, Repository, WorkflowRun } from "../state/types.ts";
import { artifactView, workflowRunView } from "../views/actions.ts";

/** How long the address of an artifact's bytes is valid. */
const VALID_MS = 60_000;

function runOf(call: Call, repository: Repository): WorkflowRun {
  return found(repository.workflowRuns.find(({ id }) => id === Number(call.params.run_id)));
}

function artifactOf(call: Call, repository: Repository): Artifact {
  const all = repository.workflowRuns.flatMap(({ artifacts }) => artifacts);
  return found(all.find(({ id }) => id === Number(call.params.artifact_id)));
}

/** Runs of workflows and what they uploaded. */
export const actions: Operations = {
  "actions/list-workflow-runs-for-repo": onRepository("actions:read", (call, repository) => {
    const { head_sha: sha, event, branch } = call.query;
    const runs = repository.workflowRuns
      .filter((run) => (!sha || run.sha === sha) && (!event || run.event === event))
      .filter((run) => !branch || run.branch === branch)
      .sort((a, b) => b.id - a.id);
    return paged(
      call,
      runs,
      (run) => workflowRunView(call.world, repository, run),
      (page, total) => ({ total_count: total, workflow_runs: page }),
    );
  }),
  "actions/list-workflow-run-artifacts": onRepository("actions:read", (call, repository) => {
    const run = runOf(call, repository);
    const { name } = call.query;
    return paged(
      call,
      run.artifacts.filter((artifact) => !name || artifact.name === name).reverse(),
      (artifact) => artifactView(call.world, repository, run, artifact),
      (page, total) => ({ total_count: total, artifacts: page }),
    );
  }),
  "actions/download-artifact": onRepository("actions:read", (call, repository) => {
    const { id, expired } = artifactOf(call, repository);
    if (expired) throw new GitHubError(410, "Artifact has expired");
    // GitHub's storage is another host, and so is this one by its name.
    const storage = new URL(`/artifact-storage/${id}`, call.world.urls.html);
    storage.hostname = storage.hostname === "localhost" ? "127.0.0.1" : "localhost";
    storage.searchParams.set("se", String(call.world.now().getTime() + VALID_MS));
    return { status: 302, headers: { location: storage.href } };
  }),
};
