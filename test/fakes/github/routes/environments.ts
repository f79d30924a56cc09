import { type Call, ok, onRepository, type Operations } from "../http/call.ts";
import { found } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import type { Environment, Repository } from "../state/types.ts";
import { environmentView } from "../views/environment.ts";
import { nodeId } from "../views/common.ts";

function environmentOf(call: Call, repository: Repository): Environment {
  const name = call.params.environment_name?.toLowerCase();
  return found(repository.environments.find((each) => each.name.toLowerCase() === name));
}

/** Environments with their protection rules. One that only has deployments has none: GitHub makes it, without rules. */
export const environments: Operations = {
  "repos/get-environment": onRepository("actions:read", (call, repository) =>
    ok(environmentView(call.world, repository, environmentOf(call, repository))),
  ),
  // What is switched off is told, too: https://docs.github.com/en/rest/deployments/protection-rules
  "repos/get-all-deployment-protection-rules": onRepository("actions:read", (call, repository) => {
    const rules = Object.entries(environmentOf(call, repository).apps ?? {}).map(
      ([slug, enabled], index) => ({
        id: index + 1,
        node_id: nodeId("DeploymentProtectionRule", index + 1),
        enabled,
        app: {
          id: index + 1,
          node_id: nodeId("App", index + 1),
          slug,
          integration_url: `${call.world.urls.api}/apps/${slug}`,
        },
      }),
    );
    return ok({ total_count: rules.length, custom_deployment_protection_rules: rules });
  }),
  "repos/list-deployment-branch-policies": onRepository("actions:read", (call, repository) =>
    paged(
      call,
      environmentOf(call, repository).patterns ?? [],
      (name) => ({ id: 1, node_id: nodeId("DeploymentBranchPolicy", 1), name, type: "branch" }),
      (page, total) => ({ total_count: total, branch_policies: page }),
    ),
  ),
};
