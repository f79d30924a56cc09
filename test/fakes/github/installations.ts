import type { Account, App, Installation, Repository } from "./state/types.ts";
import type { World } from "./state/world.ts";
import { installationView } from "./views/app.ts";
import { nodeId } from "./views/common.ts";

function repositoryItem({ id, name, private: hidden, owner }: Repository) {
  return {
    id,
    node_id: nodeId("Repository", id),
    name,
    full_name: `${owner.login}/${name}`,
    private: hidden,
  };
}

/** The repositories an installation is for. */
export function repositoriesOf(world: World, { account, repositories }: Installation): Repository[] {
  return world.repositories.filter(
    (each) => each.owner === account && (repositories === "all" || repositories.has(each.id)),
  );
}

/** Installs an App on an account: on all its repositories or on some. Tells the App. */
export function addInstallation(
  world: World,
  app: App,
  owner: Account,
  repositories: "all" | readonly Repository[] = "all",
): Installation {
  const installation: Installation = {
    id: world.nextId(),
    app,
    account: owner,
    createdAt: world.now(),
    repositories: repositories === "all" ? "all" : new Set(repositories.map(({ id }) => id)),
    permissions: app.permissions,
    suspendedAt: undefined,
  };
  world.installations.push(installation);
  world.emit({
    name: "installation",
    action: "created",
    apps: [app.id],
    sender: owner,
    payload: {
      installation: installationView(world, installation),
      repositories: repositoriesOf(world, installation).map(repositoryItem),
      requester: null,
    },
  });
  return installation;
}

/** Suspends an installation, or ends that: its tokens stop working, and no events are sent. */
export function suspendInstallation(world: World, installation: Installation, suspended: boolean): void {
  installation.suspendedAt = suspended ? world.now() : undefined;
  world.emit({
    name: "installation",
    action: suspended ? "suspend" : "unsuspend",
    apps: [installation.app.id],
    sender: installation.account,
    payload: { installation: installationView(world, installation) },
  });
}

/** Uninstalls an App. */
export function removeInstallation(world: World, installation: Installation): void {
  world.installations.splice(world.installations.indexOf(installation), 1);
  for (const [value, token] of world.tokens)
    if (token.kind === "installation" && token.installation === installation) world.tokens.delete(value);
  world.emit({
    name: "installation",
    action: "deleted",
    apps: [installation.app.id],
    sender: installation.account,
    payload: {
      installation: installationView(world, installation),
      repositories: repositoriesOf(world, installation).map(repositoryItem),
    },
  });
}

/** Changes which repositories an installation is for, and tells the App of what came and went. */
export function setInstallationRepositories(
  world: World,
  installation: Installation,
  repositories: readonly Repository[],
): void {
  const ids = new Set(repositories.map(({ id }) => id));
  const before = repositoriesOf(world, installation);
  installation.repositories = ids;
  const added = repositories.filter((each) => !before.includes(each));
  const removed = before.filter(({ id }) => !ids.has(id));
  for (const [action, changed] of [
    ["added", added],
    ["removed", removed],
  ] as const)
    if (changed.length > 0)
      world.emit({
        name: "installation_repositories",
        action,
        apps: [installation.app.id],
        sender: installation.account,
        payload: {
          installation: installationView(world, installation),
          repository_selection: "selected",
          repositories_added: action === "added" ? changed.map(repositoryItem) : [],
          repositories_removed: action === "removed" ? changed.map(repositoryItem) : [],
          requester: null,
        },
      });
}
