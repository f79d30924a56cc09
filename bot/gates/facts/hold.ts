/** Which pull request holds a stack, as GitHub has that pull request now. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { setDeploymentState } from "../../../src/github/deployments.ts";
import { place } from "../../../src/model/repository.ts";
import type { Hold, StackRef } from "../../../src/model/run.ts";
import type { Services } from "../../services/services.ts";
import { newestDeployed } from "./deployed.ts";
import { readPull } from "./pull.ts";

/**
 * The stack's hold; undefined without one. A pull request that was merged or closed while nobody listened ends its hold
 * here: the record never holds a stack longer than GitHub says.
 */
export async function readHold(
  services: Services,
  request: GitHubRequest,
  stack: StackRef,
): Promise<Hold | undefined> {
  if (!services.keepsRecords) return deployedHold(services, request, stack);
  const hold = await services.store.holdOf(stack);
  if (hold === undefined || hold.closedAt !== undefined || hold.rollback === true) return hold;
  const pull = await readPull(request, stack.repository, hold.pull);
  if (pull.state === "open") return hold;
  await services.store.endHold(hold, pull.merged ? "over" : "closed");
  return services.store.holdOf(stack);
}

/** Without a server: the stack's newest deployment holds it while its pull request is open, unless it was released. */
async function deployedHold(
  services: Services,
  request: GitHubRequest,
  stack: StackRef,
): Promise<Hold | undefined> {
  const deployed = await newestDeployed(services, request, stack);
  if (deployed?.pull === undefined || deployed.state === "inactive") return undefined;
  if (deployed.holds) {
    const { pull, login, sha, at } = deployed;
    return { stack, pull, login, sha, since: at, rollback: true };
  }
  const pull = await readPull(request, stack.repository, deployed.pull);
  if (pull.merged) return undefined;
  const { login, sha, at } = deployed;
  const hold: Hold = { stack, pull: deployed.pull, login, sha, since: at };
  return pull.state === "open" ? hold : { ...hold, closedAt: at };
}

/** Ends a hold that still stands. Returns how many merges that waited for it are queued now. */
export async function releaseHold(services: Services, request: GitHubRequest, hold: Hold): Promise<number> {
  if (services.keepsRecords) return services.store.endHold(hold, "over");
  const deployed = await newestDeployed(services, request, hold.stack);
  if (deployed === undefined) return 0;
  const { id, environment } = deployed;
  await setDeploymentState(request, place(hold.stack.repository), id, { state: "inactive", environment });
  return 0;
}
