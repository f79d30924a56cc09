import type { App } from "../state/types.ts";
import type { World } from "../state/world.ts";
import type { Caller } from "./call.ts";
import { badCredentials, GitHubError } from "./errors.ts";
import { appOfJwt } from "./jwt.ts";

function basic(world: World, encoded: string): Caller {
  const [id, secret] = Buffer.from(encoded, "base64").toString().split(":");
  const app: App | undefined = world.apps.find(({ clientId }) => clientId === id);
  if (app && app.clientSecret === secret) return { kind: "client", app };
  throw badCredentials();
}

/** Understands an `authorization` header as GitHub does, or throws its 401. */
export function callerOf(world: World, header: string | undefined): Caller {
  if (!header) return { kind: "anonymous" };
  const [scheme = "", value = ""] = header.split(/\s+/);
  if (/^basic$/i.test(scheme)) return basic(world, value);
  if (!/^(token|bearer)$/i.test(scheme)) throw badCredentials();
  if (value.split(".").length === 3) return { kind: "jwt", app: appOfJwt(world, value) };
  const token = world.tokens.get(value);
  if (!token || ("expiresAt" in token && token.expiresAt <= world.now())) throw badCredentials();
  if (token.kind === "installation" && token.installation.suspendedAt)
    throw new GitHubError(403, "This installation has been suspended");
  return { kind: "token", value, token };
}
