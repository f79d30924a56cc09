import { ok, type Call, type Operations } from "../http/call.ts";
import { found, notFound } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import type { Team } from "../state/types.ts";
import { account } from "../state/world.ts";
import { profileView, userView } from "../views/account.ts";
import type { JsonObject } from "../json.ts";

function teamOf(call: Call): Team {
  const { org, team_slug } = call.params;
  return found(
    call.world.teams.find(
      ({ organization, slug }) =>
        organization.login.toLowerCase() === org?.toLowerCase() && slug === team_slug,
    ),
  );
}

const rate = (call: Call): JsonObject => ({
  limit: 5000,
  used: 0,
  remaining: 5000,
  reset: Math.floor(call.world.now().getTime() / 1000) + 3600,
});

/** Accounts, teams and what else belongs to no repository. */
export const people: Operations = {
  "users/get-authenticated": {
    on: "user",
    handle: (call, who) => ok(profileView(call.world, who)),
  },
  "users/get-by-username": {
    on: "anyone",
    handle: (call) =>
      ok(profileView(call.world, found(call.world.accounts.get((call.params.username ?? "").toLowerCase())))),
  },
  "teams/get-membership-for-user-in-org": {
    on: "anyone",
    needs: "members:read",
    handle: (call) => {
      const team = teamOf(call);
      const role = team.members.get((call.params.username ?? "").toLowerCase());
      if (!role) throw notFound();
      const url = `${call.world.urls.api}/organizations/${team.organization.id}/team/${team.id}`;
      return ok({ url: `${url}/memberships/${call.params.username}`, role, state: "active" });
    },
  },
  "teams/list-members-in-org": {
    on: "anyone",
    needs: "members:read",
    handle: (call) => {
      const { role = "all" } = call.query;
      const members = [...teamOf(call).members].filter(([, own]) => role === "all" || own === role);
      return paged(call, members, ([login]) => userView(call.world, account(call.world, login)));
    },
  },
  "orgs/check-membership-for-user": {
    on: "anyone",
    needs: "members:read",
    handle: (call) => {
      const members = call.world.members.get((call.params.org ?? "").toLowerCase());
      if (!members?.has((call.params.username ?? "").toLowerCase())) throw notFound();
      return { status: 204 };
    },
  },
  "rate-limit/get": {
    on: "anyone",
    handle: (call) => ok({ resources: { core: rate(call), search: rate(call) }, rate: rate(call) }),
  },
};
