import { createPublicKey, verify } from "node:crypto";
import { isRecord, type Json, parsed } from "../json.ts";
import type { App } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { GitHubError } from "./errors.ts";

const refuse = (message: string): GitHubError => new GitHubError(401, message);

function part(value: string | undefined): Record<string, Json> {
  const content = parsed(Buffer.from(value ?? "", "base64url").toString());
  if (!isRecord(content)) throw refuse("A JSON web token could not be decoded");
  return content;
}

/**
 * The App a JWT speaks for. Checked as GitHub does: RS256, a known issuer (App id or client id), a life of
 * at most ten minutes, a start that is not in the future, and the signature when the App has a public key.
 */
export function appOfJwt(world: World, token: string): App {
  const [head, claims, signature = ""] = token.split(".");
  if (part(head).alg !== "RS256") throw refuse("A JSON web token could not be decoded");
  const { iss, iat, exp } = part(claims);
  const app = world.apps.find(({ id, clientId }) => String(iss) === String(id) || iss === clientId);
  if (!app) throw refuse("Integration not found");
  const now = world.now().getTime() / 1000;
  if (typeof exp !== "number") throw refuse("Missing 'expiration time' claim ('exp') in assertion");
  if (typeof iat !== "number") throw refuse("Missing 'issued at' claim ('iat') in assertion");
  if (exp <= now)
    throw refuse(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (exp > now + 600) throw refuse("'Expiration time' claim ('exp') is too far in the future");
  if (iat > now + 1)
    throw refuse(
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  const input = Buffer.from(`${head}.${claims}`);
  if (
    app.publicKey &&
    !verify("sha256", input, createPublicKey(app.publicKey), Buffer.from(signature, "base64url"))
  )
    throw refuse("A JSON web token could not be decoded");
  return app;
}
