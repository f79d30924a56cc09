import { type Zippable, zipSync } from "fflate";
import type { Account, Artifact, Repository, WorkflowRun } from "../state/types.ts";
import { account, type World } from "../state/world.ts";
import { workflowRunView, workflowView } from "../views/actions.ts";

export interface WorkflowRunOptions {
  /** The file in .github/workflows. */
  readonly workflow: string;
  readonly sha: string;
  /** Default: `pull_request`. */
  readonly event?: string;
  readonly headRepository?: Repository;
  /** Artifacts by name, each with its files or its bytes. */
  readonly artifacts?: Readonly<Record<string, Readonly<Record<string, string | Uint8Array>> | Uint8Array>>;
  /** How it ends; without it, it is under way. */
  readonly conclusion?: string;
  readonly by?: string;
}

function tell(world: World, action: string, repository: Repository, run: WorkflowRun): void {
  world.emit({
    name: "workflow_run",
    action,
    repository,
    sender: run.actor,
    payload: {
      workflow: workflowView(world, repository, run),
      workflow_run: workflowRunView(world, repository, run),
    },
  });
}

/** Begins a run of a workflow, and ends it when it is said how. */
export function startWorkflowRun(
  world: World,
  repository: Repository,
  options: WorkflowRunOptions,
): WorkflowRun {
  const { workflow, sha, event = "pull_request", headRepository = repository } = options;
  const branch = [...headRepository.refs].find(([, to]) => to === sha)?.[0].replace("refs/heads/", "");
  const actor: Account = account(world, options.by ?? "ana");
  const run: WorkflowRun = {
    id: world.nextId(),
    number: repository.workflowRuns.filter((each) => each.workflow === workflow).length + 1,
    workflow,
    event,
    sha,
    branch: branch ?? null,
    headRepository,
    actor,
    createdAt: world.now(),
    artifacts: [],
    attempt: 1,
    startedAt: world.now(),
    updatedAt: world.now(),
    status: "in_progress",
    conclusion: null,
  };
  repository.workflowRuns.push(run);
  tell(world, "requested", repository, run);
  for (const [name, files] of Object.entries(options.artifacts ?? {}))
    uploadArtifact(world, run, name, files);
  if (options.conclusion !== undefined) endWorkflowRun(world, repository, run, options.conclusion);
  return run;
}

/** Uploads as actions/upload-artifact does: files without their modes, the time of now in the zip. */
export function uploadArtifact(
  world: World,
  run: WorkflowRun,
  name: string,
  files: Readonly<Record<string, string | Uint8Array>> | Uint8Array,
): Artifact {
  const zippable: Zippable = {};
  if (!(files instanceof Uint8Array))
    for (const [path, content] of Object.entries(files))
      zippable[path] = [
        typeof content === "string" ? new TextEncoder().encode(content) : content,
        { os: 3, attrs: 0o100644 * 65_536, mtime: world.now() },
      ];
  const artifact: Artifact = {
    id: world.nextId(),
    name,
    zip: Buffer.from(files instanceof Uint8Array ? files : zipSync(zippable)),
    createdAt: world.now(),
    expired: false,
  };
  run.artifacts.push(artifact);
  return artifact;
}

export function endWorkflowRun(
  world: World,
  repository: Repository,
  run: WorkflowRun,
  conclusion: string,
): void {
  run.status = "completed";
  run.conclusion = conclusion;
  run.updatedAt = world.now();
  tell(world, "completed", repository, run);
}

/** Somebody pressed "Re-run all jobs": what it uploads is added to what earlier attempts did. */
export function rerunWorkflow(world: World, repository: Repository, run: WorkflowRun): void {
  run.attempt += 1;
  run.status = "in_progress";
  run.conclusion = null;
  run.startedAt = world.now();
  run.updatedAt = world.now();
  tell(world, "requested", repository, run);
}
