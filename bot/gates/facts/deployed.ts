/** What GitHub's own record says was applied to a stack: the newest deployment of its environment that is ours. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { at, list, number, text } from "../../../src/github/json.ts";
import { place, type RepositoryRef } from "../../../src/model/repository.ts";
import { mapLimited } from "../../../src/model/promises/map-limited.ts";
import type { StackRef } from "../../../src/model/run.ts";
import type { Services } from "../../services/services.ts";
import { environmentOf } from "../../stacks/environment.ts";
import { loadSettings } from "../../stacks/settings/load.ts";
import { lastDeploymentStates } from "../../../src/github/deployments.ts";

/** Requests for the states of deployments. */
const SIDE_BY_SIDE = 5;

/** One deploy of a stack, by whatever record. */
export interface Deploy {
  /** Undefined where everything of the stack was deleted. */
  readonly sha: string | undefined;
  /** It succeeded, with its smoke test. */
  readonly good: boolean;
  /** Every change was made, whatever came after. */
  readonly complete: boolean;
  readonly isRollback: boolean;
}

interface Deployed {
  readonly id: number;
  readonly environment: string;
  readonly sha: string;
  readonly at: Date;
  /** The pull request it was applied for. */
  readonly pull: number | undefined;
  /** Who asked for it. */
  readonly login: string;
  /** A rollback that holds the stack until `/release`. */
  readonly holds: boolean;
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
  const {
    environment,
    own: [found],
  } = await ownDeployments(services, request, stack);
  if (found === undefined) return undefined;
  const id = number(at(found, "id"));
  const payload = payloadOf(found);
  const pull = number(at(payload, "pull"));
  return {
    id,
    environment,
    sha: text(at(found, "sha")),
    at: new Date(text(at(found, "created_at")) || 0),
    pull: pull === 0 ? undefined : pull,
    login: text(at(payload, "by")),
    holds: at(payload, "holds") === true,
    state: await lastState(request, repository, id),
  };
}

async function lastState(request: GitHubRequest, repository: RepositoryRef, id: number): Promise<string> {
  const [last] = await lastDeploymentStates(request, place(repository), id, 1);
  return text(at(last, "state"));
}

/** Those of the bot, newest first; others may deploy to the environment, too. */
async function ownDeployments(
  services: Services,
  request: GitHubRequest,
  stack: StackRef,
): Promise<{ readonly environment: string; readonly own: readonly unknown[] }> {
  const { repository } = stack;
  const { settings } = await loadSettings(services, repository);
  const environment = environmentOf(settings, stack);
  const { data } = await request("GET /repos/{owner}/{repo}/deployments", {
    ...place(repository),
    environment,
    per_page: 30,
  });
  const author = `${services.appSlug}[bot]`;
  const own = list(data).filter(
    (one) => text(at(one, "creator", "login")) === author && text(at(payloadOf(one), "run")) !== "",
  );
  return { environment, own };
}

/** The bot's deployments of a stack that GitHub shows as active. */
export async function activeDeployments(
  services: Services,
  request: GitHubRequest,
  stack: StackRef,
): Promise<readonly Pick<Deployed, "id" | "environment">[]> {
  const { own, environment } = await ownDeployments(services, request, stack);
  const found = await mapLimited(own, SIDE_BY_SIDE, async (one) => {
    const id = number(at(one, "id"));
    const state = await lastState(request, stack.repository, id);
    return state === "inactive" ? [] : [{ id, environment }];
  });
  return found.flat();
}

/** The stack's last deploys, newest first. A deployment that succeeded turns inactive with the next one: its earlier states count. */
export async function listDeployed(
  services: Services,
  request: GitHubRequest,
  stack: StackRef,
): Promise<readonly Deploy[]> {
  const { own } = await ownDeployments(services, request, stack);
  return mapLimited(own, SIDE_BY_SIDE, async (one): Promise<Deploy> => {
    const id = number(at(one, "id"));
    const states = await lastDeploymentStates(request, place(stack.repository), id, 30);
    const good = states.some((status) => text(at(status, "state")) === "success");
    return {
      sha: text(at(one, "sha")),
      good,
      // Its smoke test is described only once all changes are made.
      complete: good || states.some((status) => text(at(status, "description")) !== ""),
      isRollback: at(payloadOf(one), "rollback") === true,
    };
  });
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
