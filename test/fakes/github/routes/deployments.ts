import { addDeploymentStatus, createDeployment } from "../changes/deployments.ts";
import {
  actorOf,
  created,
  noContent,
  ok,
  onRepository,
  type Answer,
  type Call,
  type Operations,
} from "../http/call.ts";
import { GitHubError, found, invalid } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import { isRecord, text } from "../json.ts";
import { moveRef } from "../changes/push.ts";
import { signatureOf } from "../changes/signature.ts";
import { ancestors } from "../state/history.ts";
import { mergeTrees } from "../state/merge.ts";
import { writeCommit } from "../state/objects.ts";
import type { CheckRun, Deployment, Repository } from "../state/types.ts";
import { deploymentStatusView, deploymentView } from "../views/deployment.ts";
import { resolveRef } from "./lookup.ts";

function deploymentOf(call: Call, repository: Repository): Deployment {
  const id = Number(call.params.deployment_id);
  return found(repository.deployments.find((deployment) => deployment.id === id));
}

/** Newest run of every name, in every suite of the commit. */
function latestRuns(repository: Repository, sha: string): CheckRun[] {
  return repository.suites
    .filter((suite) => suite.sha === sha)
    .flatMap(({ runs }) => runs.filter((run) => runs.findLast(({ name }) => name === run.name) === run));
}

/** GitHub refuses to deploy a commit whose checks are not green, unless `required_contexts` says otherwise. */
function requireContexts(call: Call, repository: Repository, sha: string): void {
  const given = isRecord(call.body) ? call.body.required_contexts : undefined;
  const wanted = Array.isArray(given) ? given : undefined;
  const newest = new Map(
    repository.statuses.filter((it) => it.sha === sha).map((it) => [it.context, it.state]),
  );
  for (const run of latestRuns(repository, sha)) {
    const green = ["success", "neutral", "skipped"].includes(run.conclusion ?? "");
    newest.set(run.name, green ? "success" : (run.conclusion ?? "pending"));
  }
  const contexts = [...newest].map(([context, state]) => ({ context, state }));
  const asked = wanted
    ? wanted.map((context) => ({ context: String(context), state: newest.get(String(context)) ?? "missing" }))
    : contexts;
  if (asked.some(({ state }) => state !== "success"))
    throw new GitHubError(
      409,
      `Conflict: Commit status checks failed for ${call.body && text(call.body, "ref")}.`,
      {
        errors: [{ contexts: asked, resource: "Deployment", field: "required_contexts", code: "invalid" }],
      },
    );
}

/** By default GitHub merges the default branch into a branch that is behind, instead of deploying it. */
function autoMerge(call: Call, repository: Repository, ref: string, sha: string): Answer | undefined {
  const { objects, refs, defaultBranch } = repository;
  const trunk = refs.get(`refs/heads/${defaultBranch}`);
  if (!trunk || !refs.has(`refs/heads/${ref}`) || ancestors(objects, sha).has(trunk)) return undefined;
  const tree = mergeTrees(objects, sha, trunk);
  if (!tree) throw new GitHubError(409, `Conflict merging ${defaultBranch} into ${ref}.`);
  const author = signatureOf(call.world, actorOf(call).account);
  const message = `Auto-merged ${defaultBranch} into ${ref} on deployment.`;
  const merge = writeCommit(objects, { tree, parents: [sha, trunk], author, committer: author, message });
  moveRef(call.world, actorOf(call), repository, `refs/heads/${ref}`, merge);
  return { status: 202, body: { message } };
}

function create(call: Call, repository: Repository): Answer {
  const body = isRecord(call.body) ? call.body : {};
  const ref = text(body, "ref") ?? "";
  const sha = resolveRef(repository, ref);
  if (!sha) throw invalid(`No ref found for: ${ref}`);
  if (body.auto_merge !== false) {
    const merged = autoMerge(call, repository, ref, sha);
    if (merged) return merged;
  }
  requireContexts(call, repository, sha);
  const environment = text(body, "environment") ?? "production";
  const deployment = createDeployment(call.world, actorOf(call), repository, {
    sha,
    ref,
    task: text(body, "task") ?? "deploy",
    payload: typeof body.payload === "string" ? body.payload : JSON.stringify(body.payload ?? {}),
    environment,
    description: text(body, "description") ?? null,
    transient: body.transient_environment === true,
    production:
      typeof body.production_environment === "boolean"
        ? body.production_environment
        : environment === "production",
  });
  return created(deploymentView(call.world, repository, deployment));
}

function addStatus(call: Call, repository: Repository): Answer {
  const deployment = deploymentOf(call, repository);
  const body = isRecord(call.body) ? call.body : {};
  const description = text(body, "description") ?? "";
  if (description.length > 140)
    throw invalid("Validation Failed", [
      {
        resource: "DeploymentStatus",
        field: "description",
        code: "custom",
        message: "description is too long (maximum is 140 characters)",
      },
    ]);
  const status = addDeploymentStatus(call.world, actorOf(call), repository, deployment, {
    state: text(body, "state") ?? "",
    description,
    environment: text(body, "environment"),
    environmentUrl: text(body, "environment_url") ?? "",
    logUrl: text(body, "log_url") ?? text(body, "target_url") ?? "",
    autoInactive: body.auto_inactive !== false,
  });
  return created(deploymentStatusView(call.world, repository, deployment, status));
}

function remove(call: Call, repository: Repository): Answer {
  const deployment = deploymentOf(call, repository);
  const active = !["inactive", "failure", "error"].includes(deployment.statuses.at(-1)?.state ?? "");
  if (active && repository.deployments.length > 1)
    throw invalid(
      "We cannot delete an active deployment unless it is the only deployment in a given environment.",
    );
  repository.deployments.splice(repository.deployments.indexOf(deployment), 1);
  return noContent();
}

/** Deployments and their statuses. */
export const deployments: Operations = {
  "repos/list-deployments": onRepository("deployments:read", (call, repository) => {
    const { sha, ref, task, environment } = call.query;
    const shown = repository.deployments.filter(
      (it) =>
        (!sha || it.sha === sha) &&
        (!ref || it.ref === ref) &&
        (!task || it.task === task) &&
        (!environment || it.environment === environment),
    );
    return paged(call, shown.reverse(), (it) => deploymentView(call.world, repository, it));
  }),
  "repos/create-deployment": onRepository("deployments:write", create),
  "repos/get-deployment": onRepository("deployments:read", (call, repository) =>
    ok(deploymentView(call.world, repository, deploymentOf(call, repository))),
  ),
  "repos/delete-deployment": onRepository("deployments:write", remove),
  "repos/list-deployment-statuses": onRepository("deployments:read", (call, repository) => {
    const deployment = deploymentOf(call, repository);
    return paged(call, deployment.statuses.toReversed(), (it) =>
      deploymentStatusView(call.world, repository, deployment, it),
    );
  }),
  "repos/create-deployment-status": onRepository("deployments:write", addStatus),
  "repos/get-deployment-status": onRepository("deployments:read", (call, repository) => {
    const deployment = deploymentOf(call, repository);
    const id = Number(call.params.status_id);
    const status = found(deployment.statuses.find((each) => each.id === id));
    return ok(deploymentStatusView(call.world, repository, deployment, status));
  }),
};
