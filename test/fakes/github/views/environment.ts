import type { JsonObject } from "../json.ts";
import type { Environment, Repository, Team } from "../state/types.ts";
import { account, type World } from "../state/world.ts";
import { userView } from "./account.ts";
import { nodeId, time } from "./common.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";

function teamView(world: World, team: Team): JsonObject {
  const url = `${world.urls.api}/organizations/${team.organization.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId("Team", team.id),
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: "closed",
    permission: "pull",
    type: "organization",
    url,
    html_url: `${world.urls.html}/orgs/${team.organization.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
  };
}

/** `environment`. */
export function environmentView(world: World, repository: Repository, environment: Environment): JsonObject {
  const { id, name, reviewers = [], preventSelfReview = false, waitTimer = 0, branches } = environment;
  const rule = (type: string, more: JsonObject = {}): JsonObject => ({
    id: id + 1,
    node_id: nodeId("Gate", id + 1),
    type,
    ...more,
  });
  const wait = waitTimer > 0 ? [rule("wait_timer", { wait_timer: waitTimer })] : [];
  const reviewed =
    reviewers.length > 0
      ? [
          rule("required_reviewers", {
            prevent_self_review: preventSelfReview,
            reviewers: reviewers.map((reviewer) =>
              typeof reviewer === "string"
                ? { type: "User", reviewer: userView(world, account(world, reviewer)) }
                : { type: "Team", reviewer: teamView(world, reviewer) },
            ),
          }),
        ]
      : [];
  return {
    id,
    node_id: nodeId("Environment", id),
    name,
    url: `${repositoryUrl(world, repository)}/environments/${encodeURIComponent(name)}`,
    html_url: `${repositoryPage(world, repository)}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: time(repository.createdAt),
    updated_at: time(repository.createdAt),
    protection_rules: [...wait, ...reviewed, ...(branches === undefined ? [] : [rule("branch_policy")])],
    deployment_branch_policy:
      branches === undefined
        ? null
        : {
            protected_branches: branches === "protected",
            custom_branch_policies: branches === "custom",
          },
  };
}
