import type { JsonObject } from "../json.ts";
import { atLeast, roleOf } from "../state/permissions.ts";
import type { Account, Repository } from "../state/types.ts";
import { fullName, type World } from "../state/world.ts";
import { userView } from "./account.ts";
import { nodeId, time } from "./common.ts";

/** The API address of a repository. */
export function repositoryUrl(world: World, repository: Repository): string {
  return `${world.urls.api}/repos/${fullName(repository)}`;
}

/** The page of a repository. */
export function repositoryPage(world: World, repository: Repository): string {
  return `${world.urls.html}/${fullName(repository)}`;
}

/** What `permissions` says of a repository for somebody. */
function permissionsView(world: World, repository: Repository, who: Account): JsonObject {
  const role = roleOf(world, repository, who);
  return {
    admin: atLeast(role, "admin"),
    maintain: atLeast(role, "maintain"),
    push: atLeast(role, "write"),
    triage: atLeast(role, "triage"),
    pull: atLeast(role, "read"),
  };
}

const resources = {
  archive: "/{archive_format}{/ref}",
  assignees: "{/user}",
  "git/blobs": "{/sha}",
  branches: "{/branch}",
  collaborators: "{/collaborator}",
  comments: "{/number}",
  commits: "{/sha}",
  compare: "/{base}...{head}",
  contents: "/{+path}",
  "git/commits": "{/sha}",
  "git/refs": "{/sha}",
  "git/tags": "{/sha}",
  "git/trees": "/{sha}",
  "issues/comments": "{/number}",
  "issues/events": "{/number}",
  issues: "{/number}",
  keys: "{/key_id}",
  labels: "{/name}",
  milestones: "{/number}",
  notifications: "{?since,all,participating}",
  pulls: "{/number}",
  releases: "{/id}",
  statuses: "/{sha}",
};
const names: Readonly<Record<string, string>> = {
  "git/blobs": "blobs",
  "git/commits": "git_commits",
  "git/refs": "git_refs",
  "git/tags": "git_tags",
  "git/trees": "trees",
  "issues/comments": "issue_comment",
  "issues/events": "issue_events",
};
const plain = ["contributors", "deployments", "downloads", "events", "forks", "hooks", "languages", "merges"];
const watchers = ["stargazers", "subscribers", "subscription", "tags", "teams"];

function addresses(url: string): JsonObject {
  return {
    ...Object.fromEntries(
      Object.entries(resources).map(([path, rest]) => [
        `${names[path] ?? (path === "archive" ? "archive" : path)}_url`,
        path === "archive" ? `${url}${rest}` : `${url}/${path}${rest}`,
      ]),
    ),
    ...Object.fromEntries([...plain, ...watchers].map((path) => [`${path}_url`, `${url}/${path}`])),
  };
}

/** `repository`: complete enough for every place one appears in, webhooks included. */
export function repositoryView(world: World, repository: Repository, viewer?: Account): JsonObject {
  const url = repositoryUrl(world, repository);
  const page = repositoryPage(world, repository);
  const open = repository.issues.filter(({ closed }) => !closed).length;
  return {
    ...addresses(url),
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    visibility: repository.private ? "private" : "public",
    owner: userView(world, repository.owner),
    html_url: page,
    description: repository.description,
    fork: repository.parent !== undefined,
    url,
    git_url: `git:${page.replace(/^\w+:/, "")}.git`,
    ssh_url: `git@${new URL(page).host}:${fullName(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    size: 1,
    default_branch: repository.defaultBranch,
    created_at: time(repository.createdAt),
    updated_at: time(repository.pushedAt),
    pushed_at: time(repository.pushedAt),
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    forks_count: world.repositories.filter(({ parent }) => parent === repository).length,
    forks: world.repositories.filter(({ parent }) => parent === repository).length,
    open_issues_count: open,
    open_issues: open,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    archived: repository.archived,
    disabled: false,
    license: null,
    topics: [],
    is_template: false,
    allow_forking: true,
    web_commit_signoff_required: false,
    custom_properties: {},
    ...(viewer ? { permissions: permissionsView(world, repository, viewer) } : {}),
  };
}

/** `full-repository`: what `GET /repos/{owner}/{repo}` answers. */
export function fullRepositoryView(world: World, repository: Repository, viewer?: Account): JsonObject {
  const { parent } = repository;
  const forks = world.repositories.filter((each) => each.parent === repository).length;
  return {
    ...repositoryView(world, repository, viewer),
    network_count: forks,
    subscribers_count: 0,
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    ...(repository.owner.type === "Organization" ? { organization: userView(world, repository.owner) } : {}),
    ...(parent ? { parent: repositoryView(world, parent), source: repositoryView(world, parent) } : {}),
  };
}
