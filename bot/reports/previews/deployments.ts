/** The deployments of a preview: as many as there were pushes, of which one is active. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { setDeploymentState } from "../../../src/github/deployments.ts";
import { place } from "../../../src/model/repository.ts";
import { activeDeployments } from "../../gates/facts/deployed.ts";
import type { Run } from "../../../src/model/run.ts";
import type { Services } from "../../services/services.ts";

/**
 * Ends the deployments of a preview's stack, all or those before the newest: GitHub itself ends only those of environments that last
 * (`auto_inactive`, https://docs.github.com/en/rest/deployments/statuses#create-a-deployment-status).
 */
export async function endDeployments(
  services: Services,
  request: GitHubRequest,
  { stack }: Pick<Run, "stack">,
  kept?: number,
): Promise<void> {
  for (const { id, environment } of await activeDeployments(services, request, stack))
    if (id !== kept)
      await setDeploymentState(request, place(stack.repository), id, { state: "inactive", environment });
}
