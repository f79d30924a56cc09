import { atLeast, permits, roleOf } from "../state/permissions.ts";
import type { App, Installation, Repository } from "../state/types.ts";
import { repositoryNamed, type Token } from "../state/world.ts";
import type { Answer, Call, Needs, Operation } from "./call.ts";
import { GitHubError, badCredentials, found, notAccessible, notFound } from "./errors.ts";

/** Whether an App is installed on a repository. */
export function covers({ account, repositories }: Installation, repository: Repository): boolean {
  return account === repository.owner && (repositories === "all" || repositories.has(repository.id));
}

/** Whether an App's token reaches a repository at all. */
export function reaches(token: Token & { kind: "installation" }, repository: Repository): boolean {
  const { installation, repositories } = token;
  return covers(installation, repository) && (repositories === "all" || repositories.has(repository.id));
}

/** A person's token of an App reaches what both may: the person, and an installation of the App. */
function viaInstallation(call: Call, app: App, repository: Repository, needs: Needs): void {
  const installation = call.world.installations.find((each) => each.app === app && covers(each, repository));
  if (!installation) throw notFound();
  if (!permits(installation.permissions, needs)) throw notAccessible();
}

function authorizeRepository(call: Call, operation: Operation & { on: "repository" }): Repository {
  const { owner, repo } = call.params;
  const repository = found(repositoryNamed(call.world, `${owner}/${repo}`));
  const reads = [operation.needs].flat().every((need) => need.endsWith(":read"));
  const { caller } = call;
  if (caller.kind === "anonymous") {
    if (repository.private) throw notFound();
    if (!reads) throw new GitHubError(401, "Requires authentication");
    return repository;
  }
  if (caller.kind !== "token")
    throw new GitHubError(401, "A JSON web token could not be used here: an installation token is needed");
  if (repository.archived && !reads) throw new GitHubError(403, "Repository was archived so is read-only.");
  const { token } = caller;
  if (token.kind === "installation") {
    const inside = reaches(token, repository);
    if (!inside && (repository.private || !reads)) throw repository.private ? notFound() : notAccessible();
    // What anyone may read of a public repository, a token may, too.
    if (!permits(token.permissions, operation.needs) && !(reads && !repository.private))
      throw notAccessible();
    return repository;
  }
  const role = roleOf(call.world, repository, token.account);
  if (!atLeast(role, "read")) throw notFound();
  if (!atLeast(role, operation.role)) throw new GitHubError(403, "Must have push access to the repository.");
  if (token.kind === "user-to-server" && !(reads && !repository.private))
    viaInstallation(call, token.app, repository, operation.needs);
  return repository;
}

/** Carries an operation out for a caller who may, and throws GitHub's 401, 403 or 404 for one who may not. */
export function perform(call: Call, operation: Operation): Answer {
  const { caller } = call;
  switch (operation.on) {
    case "repository":
      return operation.handle(call, authorizeRepository(call, operation));
    case "app":
      if (caller.kind !== "jwt") throw new GitHubError(401, "A JSON web token could not be decoded");
      return operation.handle(call, caller.app);
    case "client":
      if (caller.kind !== "client") throw badCredentials();
      return operation.handle(call, caller.app);
    case "user":
      if (caller.kind === "anonymous") throw new GitHubError(401, "Requires authentication");
      if (caller.kind !== "token" || caller.token.kind === "installation") throw notAccessible();
      return operation.handle(call, caller.token.account);
    case "anyone": {
      const token = caller.kind === "token" ? caller.token : undefined;
      if (operation.needs && token?.kind === "installation" && !permits(token.permissions, operation.needs))
        throw notAccessible();
      return operation.handle(call);
    }
  }
}
