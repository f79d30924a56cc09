/** What GitHub's own record says was applied to a stack: the newest deployment of its environment that is ours. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { at, list, number, text } from "../../../src/github/json.ts";
import { place } from "../../../src/model/repository.ts";
import type { StackRef } from "../../../src/model/run.ts";
import type { Services } from "../../services/services.ts";
import { environmentOf } from "../../stacks/environment.ts";
import { loadSettings } from "../../stacks/settings/load.ts";

export interface Deployed {
  readonly id: number;
  readonly environment: string;
  readonly sha: string;
  readonly at: Date;
  /** The pull request it was applied for. */
  readonly pull: number | undefined;
  /** Who asked for it. */
  readonly login: string;
  /** Its last state: `success`, `failure`, `inactive` after `/release`, … */
  readonly state: string;
}

/** Undefined where nothing was deployed, or by somebody else. */
export async function newestDeployed(
  services: Services,
  request: GitHubRequest,
  stack: StackRef,
): Promise<Deployed | undefined> {
  const { repository } = stack;
  const { settings } = await loadSettings(services, repository);
  const environment = environmentOf(settings, stack);
  const { data } = await request("GET /repos/{owner}/{repo}/deployments", {
    ...place(repository),
    environment,
    per_page: 30,
  });
  const author = `${services.appSlug}[bot]`;
  // Newest first; others may deploy to the environment, too.
  const found = list(data).find(
    (one) => text(at(one, "creator", "login")) === author && text(at(payloadOf(one), "run")) !== "",
  );
  if (found === undefined) return undefined;
  const id = number(at(found, "id"));
  const statuses = await request("GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses", {
    ...place(repository),
    deployment_id: id,
    per_page: 1,
  });
  const payload = payloadOf(found);
  const pull = number(at(payload, "pull"));
  return {
    id,
    environment,
    sha: text(at(found, "sha")),
    at: new Date(text(at(found, "created_at")) || 0),
    pull: pull === 0 ? undefined : pull,
    login: text(at(payload, "by")),
    state: text(at(list(statuses.data)[0], "state")),
  };
}

/** GitHub returns the payload as an object or as JSON text. */
function payloadOf(deployment: unknown): unknown {
  const payload = at(deployment, "payload");
  if (typeof payload !== "string") return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
