import { noContent, ok, onRepository, type Call, type Operations } from "../http/call.ts";
import { GitHubError, found, notFound } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import type { JsonObject } from "../json.ts";
import { atLeast, legacyPermission, roleOf } from "../state/permissions.ts";
import type { Account, Repository } from "../state/types.ts";
import { userView } from "../views/account.ts";
import { nodeId, time } from "../views/common.ts";
import { fullRepositoryView } from "../views/repository.ts";

/** The person asking, when it is one. */
function viewer(call: Call): Account | undefined {
  const { caller } = call;
  return caller.kind === "token" && caller.token.kind !== "installation" ? caller.token.account : undefined;
}

function accountOf(call: Call): Account {
  const login = call.params.username ?? "";
  const known = call.world.accounts.get(login.toLowerCase());
  if (!known) throw new GitHubError(404, `${login} is not a user`);
  return known;
}

function collaboratorView(call: Call, repository: Repository, who: Account): JsonObject {
  const role = roleOf(call.world, repository, who);
  return {
    ...userView(call.world, who),
    permissions: {
      admin: atLeast(role, "admin"),
      maintain: atLeast(role, "maintain"),
      push: atLeast(role, "write"),
      triage: atLeast(role, "triage"),
      pull: atLeast(role, "read"),
    },
    role_name: role,
  };
}

/** A repository and who may do what in it. */
export const repositories: Operations = {
  "repos/get": onRepository("metadata:read", (call, repository) =>
    ok(fullRepositoryView(call.world, repository, viewer(call))),
  ),
  "repos/get-collaborator-permission-level": onRepository("metadata:read", (call, repository) => {
    const who = accountOf(call);
    const role = roleOf(call.world, repository, who);
    return ok({
      permission: legacyPermission(role),
      role_name: repository.customRoles.get(who.login.toLowerCase()) ?? role,
      user: collaboratorView(call, repository, who),
    });
  }),
  "repos/list-activities": onRepository("contents:read", (call, repository) => {
    const { ref, actor } = call.query;
    const entries = repository.activity.filter(
      (one) =>
        (ref === undefined || one.ref === ref || one.ref === `refs/heads/${ref}`) &&
        (actor === undefined || one.actor.login === actor),
    );
    return ok(
      entries.slice(0, Number(call.query.per_page ?? 30)).map(({ id, kind, at, actor: by, ...moved }) => ({
        id,
        node_id: nodeId("PSH", id),
        ...moved,
        timestamp: time(at),
        activity_type: kind,
        actor: userView(call.world, by),
      })),
    );
  }),
  "repos/check-collaborator": onRepository("metadata:read", (call, repository) => {
    const who = found(call.world.accounts.get((call.params.username ?? "").toLowerCase()));
    const member = call.world.members.get(repository.owner.login.toLowerCase())?.has(who.login.toLowerCase());
    if (!member && repository.owner !== who && !repository.collaborators.has(who.login.toLowerCase()))
      throw notFound();
    return noContent();
  }),
  "repos/list-collaborators": onRepository("metadata:read", (call, repository) => {
    const people = [...call.world.accounts.values()].filter(
      (who) =>
        who.type === "User" &&
        (repository.collaborators.has(who.login.toLowerCase()) ||
          repository.owner === who ||
          call.world.members.get(repository.owner.login.toLowerCase())?.has(who.login.toLowerCase())),
    );
    return paged(call, people, (who) => collaboratorView(call, repository, who));
  }),
};
