import { created, noContent, ok, type Answer, type Call, type Operations } from "../http/call.ts";
import { GitHubError, found, invalid, notFound } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import { isRecord, texts } from "../json.ts";
import { permits, roleOf } from "../state/permissions.ts";
import { reaches } from "../http/authorize.ts";
import type { App, Installation, Level, Permissions } from "../state/types.ts";
import { repositoriesOf } from "../installations.ts";
import { secret } from "../state/world.ts";
import { appView, installationView } from "../views/app.ts";
import { time } from "../views/common.ts";
import { repositoryView } from "../views/repository.ts";

function installationOf(call: Call, app: App): Installation {
  const id = Number(call.params.installation_id);
  return found(call.world.installations.find((each) => each.app === app && each.id === id));
}

/** A token may ask for less than the installation has, never for more. */
function permissionsFor(call: Call, installation: Installation): Permissions {
  const asked = isRecord(call.body) && isRecord(call.body.permissions) ? call.body.permissions : undefined;
  if (!asked) return installation.permissions;
  const given: Record<string, Level> = {};
  for (const [name, level] of Object.entries(asked)) {
    if (level !== "read" && level !== "write" && level !== "admin") continue;
    if (!permits(installation.permissions, `${name}:${level}`))
      throw invalid("The permissions requested are not granted to this installation.");
    given[name] = level;
  }
  return given;
}

function createToken(call: Call, app: App): Answer {
  const installation = installationOf(call, app);
  if (installation.suspendedAt) throw new GitHubError(403, "This installation has been suspended");
  const names = texts(call.body, "repositories");
  const numbers =
    isRecord(call.body) && Array.isArray(call.body.repository_ids) ? call.body.repository_ids : [];
  const all = repositoriesOf(call.world, installation);
  const chosen = all.filter(({ id, name }) => names.includes(name) || numbers.includes(id));
  const some = names.length + numbers.length > 0;
  if (some && chosen.length < names.length + numbers.length)
    throw invalid(
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  const permissions = permissionsFor(call, installation);
  const token = secret("ghs_");
  const expiresAt = new Date(call.world.now().getTime() + 3_600_000);
  call.world.tokens.set(token, {
    kind: "installation",
    installation,
    permissions,
    repositories: some ? new Set(chosen.map(({ id }) => id)) : "all",
    expiresAt,
  });
  return created({
    token,
    expires_at: time(expiresAt),
    permissions: { metadata: "read", ...permissions },
    repository_selection: some || installation.repositories !== "all" ? "selected" : "all",
    ...(some ? { repositories: chosen.map((each) => repositoryView(call.world, each)) } : {}),
  });
}

/** Finds where an App is installed; a JWT may ask this of repositories it cannot read. */
function find(call: Call, app: App, matches: (installation: Installation) => boolean): Answer {
  return ok(
    installationView(call.world, found(call.world.installations.find((it) => it.app === app && matches(it)))),
  );
}

const sameLogin = (a: string, b: string | undefined): boolean => a.toLowerCase() === b?.toLowerCase();

/** Apps, their installations and tokens. */
export const apps: Operations = {
  "apps/get-authenticated": {
    on: "app",
    handle: (call, app) =>
      ok({
        ...appView(call.world, app),
        installations_count: call.world.installations.filter((it) => it.app === app).length,
      }),
  },
  "apps/get-by-slug": {
    on: "anyone",
    handle: (call) =>
      ok(appView(call.world, found(call.world.apps.find(({ slug }) => slug === call.params.app_slug)))),
  },
  "apps/get-webhook-config-for-app": {
    on: "app",
    handle: (_call, app) =>
      ok({ content_type: "json", insecure_ssl: "0", secret: "********", url: app.webhook.url ?? "" }),
  },
  "apps/list-installations": {
    on: "app",
    handle: (call, app) =>
      paged(
        call,
        call.world.installations.filter((it) => it.app === app),
        (it) => installationView(call.world, it),
      ),
  },
  "apps/get-installation": {
    on: "app",
    handle: (call, app) => ok(installationView(call.world, installationOf(call, app))),
  },
  "apps/create-installation-access-token": { on: "app", handle: createToken },
  "apps/get-repo-installation": {
    on: "app",
    handle: (call, app) =>
      find(
        call,
        app,
        (it) =>
          sameLogin(it.account.login, call.params.owner) &&
          repositoriesOf(call.world, it).some(({ name }) => sameLogin(name, call.params.repo)),
      ),
  },
  "apps/get-org-installation": {
    on: "app",
    handle: (call, app) =>
      find(
        call,
        app,
        ({ account }) => account.type === "Organization" && sameLogin(account.login, call.params.org),
      ),
  },
  "apps/get-user-installation": {
    on: "app",
    handle: (call, app) =>
      find(
        call,
        app,
        ({ account }) => account.type === "User" && sameLogin(account.login, call.params.username),
      ),
  },
  "apps/list-repos-accessible-to-installation": {
    on: "anyone",
    handle: (call) => {
      const token = call.caller.kind === "token" ? call.caller.token : undefined;
      if (token?.kind !== "installation")
        throw new GitHubError(
          403,
          "You must authenticate with an installation access token in order to list repositories for an installation.",
        );
      return paged(
        call,
        call.world.repositories.filter((each) => reaches(token, each)),
        (each) => repositoryView(call.world, each),
        (page, total) => ({
          total_count: total,
          repository_selection: token.installation.repositories === "all" ? "all" : "selected",
          repositories: page,
        }),
      );
    },
  },
  "apps/revoke-installation-access-token": {
    on: "anyone",
    handle: (call) => {
      if (call.caller.kind !== "token" || call.caller.token.kind !== "installation") throw notFound();
      call.world.tokens.delete(call.caller.value);
      return noContent();
    },
  },
  "apps/list-installations-for-authenticated-user": {
    on: "user",
    handle: (call, who) => {
      const token = call.caller.kind === "token" ? call.caller.token : undefined;
      const app = token?.kind === "user-to-server" ? token.app : undefined;
      if (!app)
        throw new GitHubError(
          403,
          "You must authenticate with an access token authorized to a GitHub App in order to list installations",
        );
      const seen = call.world.installations.filter(
        (it) =>
          it.app === app &&
          repositoriesOf(call.world, it).some((each) => roleOf(call.world, each, who) !== "none"),
      );
      return paged(
        call,
        seen,
        (it) => installationView(call.world, it),
        (page, total) => ({ total_count: total, installations: page }),
      );
    },
  },
  "apps/list-installation-repos-for-authenticated-user": {
    on: "user",
    handle: (call, who) => {
      const id = Number(call.params.installation_id);
      const installation = found(call.world.installations.find((each) => each.id === id));
      // "Explicit permission": that everybody may see a public repository is none.
      const seen = repositoriesOf(call.world, installation).filter(
        (each) => roleOf(call.world, { ...each, private: true }, who) !== "none",
      );
      return paged(
        call,
        seen,
        (each) => repositoryView(call.world, each, who),
        (page, total) => ({
          total_count: total,
          repository_selection: installation.repositories === "all" ? "all" : "selected",
          repositories: page,
        }),
      );
    },
  },
};
