import type { JsonObject } from "../json.ts";
import { parsed } from "../json.ts";
import type { Deployment, DeploymentStatus, Repository } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { userView } from "./account.ts";
import { viaApp } from "./app.ts";
import { nodeId, time } from "./common.ts";
import { repositoryUrl } from "./repository.ts";

/** `deployment`. */
export function deploymentView(world: World, repository: Repository, it: Deployment): JsonObject {
  const url = `${repositoryUrl(world, repository)}/deployments/${it.id}`;
  return {
    url,
    id: it.id,
    node_id: nodeId("Deployment", it.id),
    sha: it.sha,
    ref: it.ref,
    task: it.task,
    payload: parsed(it.payload) ?? it.payload,
    original_environment: it.environment,
    environment: it.environment,
    description: it.description,
    creator: userView(world, it.creator),
    created_at: time(it.createdAt),
    updated_at: time(it.statuses.at(-1)?.createdAt ?? it.createdAt),
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl(world, repository),
    transient_environment: it.transient,
    production_environment: it.production,
    performed_via_github_app: viaApp(world, it.app),
  };
}

/** `deployment-status`. */
export function deploymentStatusView(
  world: World,
  repository: Repository,
  deployment: Deployment,
  it: DeploymentStatus,
): JsonObject {
  const url = `${repositoryUrl(world, repository)}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${it.id}`,
    id: it.id,
    node_id: nodeId("DeploymentStatus", it.id),
    state: it.state,
    creator: userView(world, it.creator),
    description: it.description,
    environment: it.environment,
    target_url: it.logUrl,
    created_at: time(it.createdAt),
    updated_at: time(it.createdAt),
    deployment_url: url,
    repository_url: repositoryUrl(world, repository),
    environment_url: it.environmentUrl,
    log_url: it.logUrl,
    performed_via_github_app: viaApp(world, it.app),
  };
}
