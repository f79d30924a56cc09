/** Deployments and their states: https://docs.github.com/en/rest/deployments */
import type { RepositoryPlace } from "../model/repository.ts";
import { clip } from "../text/escape.ts";
import type { GitHubRequest } from "./client.ts";
import { at, list, number, text } from "./json.ts";
import { allPages } from "./paging.ts";

interface NewDeployment {
  readonly sha: string;
  readonly environment: string;
  readonly description: string;
  /** The run's id. Finds the deployment again if the response to its creation is lost. */
  readonly runId: string;
  /** The pull request it is for, and who asked: what holds a stack without a server. */
  readonly pull?: number | undefined;
  readonly by?: string | undefined;
  /** It goes back to an earlier commit; `holds`: and holds the stack there until `/release`. */
  readonly rollback?: boolean | undefined;
  readonly holds?: boolean | undefined;
  /** Of a preview: the environment goes with the pull request. */
  readonly transient?: boolean | undefined;
}

/** Returns the new deployment's id. Requires no commit checks, because the bot's gates have checked them. */
export async function createDeployment(
  request: GitHubRequest,
  repository: RepositoryPlace,
  { sha, environment, description, runId, pull, by, rollback, holds, transient }: NewDeployment,
): Promise<number> {
  const { data } = await request("POST /repos/{owner}/{repo}/deployments", {
    ...repository,
    ref: sha,
    environment,
    auto_merge: false,
    required_contexts: [],
    description,
    ...(transient === true ? { transient_environment: true, production_environment: false } : {}),
    payload: {
      run: runId,
      ...(pull === undefined ? {} : { pull }),
      ...(by === undefined ? {} : { by }),
      ...(rollback === true ? { rollback } : {}),
      ...(holds === true ? { holds } : {}),
    },
  });
  return number(at(data, "id"));
}

/** The id of the run's deployment. */
export async function findDeployment(
  request: GitHubRequest,
  repository: RepositoryPlace,
  { sha, environment, runId }: NewDeployment,
): Promise<number | undefined> {
  const route = "GET /repos/{owner}/{repo}/deployments";
  const deployments = await allPages(request, route, { ...repository, sha, environment });
  // GitHub returns the payload as an object or as JSON text.
  const found = deployments.find((deployment) => {
    const payload = at(deployment, "payload");
    return (text(payload) || (JSON.stringify(payload) ?? "")).includes(runId);
  });
  return found === undefined ? undefined : number(at(found, "id"));
}

interface DeploymentState {
  readonly state: "success" | "failure" | "inactive";
  readonly environment: string;
  /** The URL of the deployed API. */
  readonly environmentUrl?: string | undefined;
  readonly logUrl?: string | undefined;
  /** What there is to say about it; GitHub takes 140 characters. */
  readonly description?: string | undefined;
}

const LONGEST_DESCRIPTION = 140;
const STATES = "GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses";

export async function setDeploymentState(
  request: GitHubRequest,
  repository: RepositoryPlace,
  id: number,
  { state, environment, environmentUrl, logUrl, description }: DeploymentState,
): Promise<void> {
  await request("POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses", {
    ...repository,
    deployment_id: id,
    state,
    environment,
    ...(environmentUrl === undefined ? {} : { environment_url: environmentUrl }),
    ...(logUrl === undefined ? {} : { log_url: logUrl }),
    ...(description === undefined ? {} : { description: clip(description, LONGEST_DESCRIPTION) }),
  });
}

/** The last states of a deployment, newest first. */
export async function lastDeploymentStates(
  request: GitHubRequest,
  repository: RepositoryPlace,
  id: number,
  most: number,
): Promise<readonly unknown[]> {
  const { data } = await request(STATES, { ...repository, deployment_id: id, per_page: most });
  return list(data);
}

/** True if the deployment has ever been in this state. */
export async function hadDeploymentState(
  request: GitHubRequest,
  repository: RepositoryPlace,
  id: number,
  state: DeploymentState["state"],
): Promise<boolean> {
  const states = await allPages(request, STATES, { ...repository, deployment_id: id });
  return states.some((one) => text(at(one, "state")) === state);
}
