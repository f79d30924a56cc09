import type { Account, Permissions, Repository, Role } from "./types.ts";
import type { World } from "./world.ts";

const order: readonly Role[] = ["none", "read", "triage", "write", "maintain", "admin"];

/** Whether `role` allows what `needed` allows. */
export function atLeast(role: Role, needed: Role): boolean {
  return order.indexOf(role) >= order.indexOf(needed);
}

/** What a person may do in a repository: the highest of ownership, collaboration, teams and visibility. */
export function roleOf(world: World, repository: Repository, who: Account): Role {
  const owner = repository.owner.login.toLowerCase();
  const login = who.login.toLowerCase();
  const member = world.members.get(owner)?.get(login);
  if (owner === login || member === "admin") return "admin";
  const roles: Role[] = [repository.private && !member ? "none" : "read"];
  const direct = repository.collaborators.get(login);
  if (direct) roles.push(direct);
  for (const team of world.teams)
    if (team.members.has(login)) roles.push(team.repositories.get(repository.id) ?? "none");
  return roles.reduce((best, role) => (atLeast(role, best) ? role : best));
}

/** The four words that `permission` of the collaborators API still uses. */
export function legacyPermission(role: Role): "none" | "read" | "write" | "admin" {
  if (role === "maintain") return "write";
  return role === "triage" ? "read" : role;
}

const levels: readonly string[] = ["read", "write", "admin"];

/** Whether a token's permissions hold one of what is needed. Every App may read metadata. */
export function permits(permissions: Permissions, needs: string | readonly string[]): boolean {
  return [needs].flat().some((need) => {
    const [name = "", level = "read"] = need.split(":");
    if (need === "metadata:read") return true;
    const given = permissions[name];
    return given !== undefined && levels.indexOf(given) >= levels.indexOf(level);
  });
}
