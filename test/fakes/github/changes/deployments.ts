import type { Actor, Deployment, DeploymentStatus, Repository } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { deploymentStatusView, deploymentView } from "../views/deployment.ts";

/** Fields of the webhook that tell of a workflow; the fake runs none. */
const noWorkflow = { workflow: null, workflow_run: null };

/** Makes a deployment of a commit. */
export function createDeployment(
  world: World,
  by: Actor,
  repository: Repository,
  it: Pick<
    Deployment,
    "sha" | "ref" | "task" | "payload" | "environment" | "description" | "transient" | "production"
  >,
): Deployment {
  const deployment: Deployment = {
    ...it,
    id: world.nextId(),
    creator: by.account,
    app: by.app,
    createdAt: world.now(),
    statuses: [],
  };
  repository.deployments.push(deployment);
  world.emit({
    name: "deployment",
    action: "created",
    repository,
    sender: by.account,
    payload: { deployment: deploymentView(world, repository, deployment), ...noWorkflow },
  });
  return deployment;
}

/**
 * Adds a status. With `autoInactive` a success turns the earlier, not transient deployments of the
 * environment inactive, as GitHub does.
 */
export function addDeploymentStatus(
  world: World,
  by: Actor,
  repository: Repository,
  deployment: Deployment,
  it: Pick<DeploymentStatus, "state" | "description" | "environmentUrl" | "logUrl"> & {
    readonly environment?: string | undefined;
    readonly autoInactive: boolean;
  },
): DeploymentStatus {
  const { autoInactive, ...fields } = it;
  const status: DeploymentStatus = {
    ...fields,
    environment: it.environment ?? deployment.environment,
    id: world.nextId(),
    creator: by.account,
    app: by.app,
    createdAt: world.now(),
  };
  deployment.statuses.push(status);
  world.emit({
    name: "deployment_status",
    action: "created",
    repository,
    sender: by.account,
    payload: {
      deployment: deploymentView(world, repository, deployment),
      deployment_status: deploymentStatusView(world, repository, deployment, status),
      check_run: null,
      ...noWorkflow,
    },
  });
  if (autoInactive && it.state === "success")
    for (const other of repository.deployments)
      if (
        other !== deployment &&
        other.environment === deployment.environment &&
        !other.transient &&
        other.statuses.at(-1)?.state === "success"
      )
        other.statuses.push({ ...status, id: world.nextId(), state: "inactive" });
  return status;
}
