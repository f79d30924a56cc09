import type { JsonObject } from "../json.ts";
import type { Account } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { nodeId, time } from "./common.ts";

/** `simple-user`: how an account appears inside everything else. */
export function userView(world: World, { id, login, type }: Account): JsonObject {
  const url = `${world.urls.api}/users/${encodeURIComponent(login)}`;
  const page = type === "Bot" ? `apps/${login.replace("[bot]", "")}` : login;
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: `${world.urls.html}/avatars/${encodeURIComponent(login)}`,
    gravatar_id: "",
    url,
    html_url: `${world.urls.html}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** `public-user`: what `/user` and `/users/{login}` answer. */
export function profileView(world: World, account: Account): JsonObject {
  return {
    ...userView(world, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: time(account.createdAt),
    updated_at: time(account.createdAt),
  };
}

/** `organization-simple`, as webhooks carry it. */
export function organizationView(world: World, { id, login }: Account): JsonObject {
  const url = `${world.urls.api}/orgs/${login}`;
  return {
    login,
    id,
    node_id: nodeId("Organization", id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.urls.html}/avatars/${login}`,
    description: "",
  };
}
