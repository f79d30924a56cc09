/** Which pull request holds a stack, as GitHub has that pull request now. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import type { Hold, StackRef } from "../../../src/model/run.ts";
import type { Services } from "../../services/services.ts";
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
  const hold = await services.store.holdOf(stack);
  if (hold === undefined || hold.closedAt !== undefined) return hold;
  const pull = await readPull(request, stack.repository, hold.pull);
  if (pull.state === "open") return hold;
  await services.store.endHold(hold, pull.merged ? "over" : "closed");
  return services.store.holdOf(stack);
}
