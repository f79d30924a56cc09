import type { JsonObject } from "../json.ts";
import type { Account, Installation, Repository } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { organizationView, userView } from "../views/account.ts";
import { nodeId } from "../views/common.ts";
import { repositoryView } from "../views/repository.ts";

/** What GitHub adds to every payload: where, who, and through which installation. */
export function payloadFor(
  world: World,
  repository: Repository | undefined,
  sender: Account,
  payload: JsonObject,
  installation?: Installation,
): JsonObject {
  return {
    ...(repository ? { repository: repositoryView(world, repository) } : {}),
    ...payload,
    ...(repository?.owner.type === "Organization"
      ? { organization: organizationView(world, repository.owner) }
      : {}),
    sender: userView(world, sender),
    ...(installation && !payload.installation
      ? { installation: { id: installation.id, node_id: nodeId("IntegrationInstallation", installation.id) } }
      : {}),
  };
}
