import type { JsonObject } from "../json.ts";
import type { App, Installation } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { userView } from "./account.ts";
import { nodeId, time, timeOrNull } from "./common.ts";

/** `integration`: an App as others see it. */
export function appView(world: World, app: App): JsonObject {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId("Integration", app.id),
    client_id: app.clientId,
    owner: userView(world, app.owner),
    name: app.name,
    description: "",
    external_url: `${world.urls.html}/apps/${app.slug}`,
    html_url: `${world.urls.html}/apps/${app.slug}`,
    created_at: time(app.createdAt),
    updated_at: time(app.createdAt),
    permissions: { metadata: "read", ...app.permissions },
    events: app.events,
  };
}

/** `performed_via_github_app`. */
export function viaApp(world: World, app: App | undefined): JsonObject | null {
  return app ? appView(world, app) : null;
}

/** `installation`. */
export function installationView(world: World, installation: Installation): JsonObject {
  const { app, account, id } = installation;
  return {
    id,
    account: userView(world, account),
    repository_selection: installation.repositories === "all" ? "all" : "selected",
    access_tokens_url: `${world.urls.api}/app/installations/${id}/access_tokens`,
    repositories_url: `${world.urls.api}/installation/repositories`,
    html_url: `${world.urls.html}/settings/installations/${id}`,
    app_id: app.id,
    client_id: app.clientId,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: { metadata: "read", ...installation.permissions },
    events: app.events,
    created_at: time(installation.createdAt),
    updated_at: time(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: timeOrNull(installation.suspendedAt),
  };
}
