import { createHash } from "node:crypto";
import type { Answer } from "../http/call.ts";
import { isRecord, type JsonObject, parsed } from "../json.ts";
import type { SignIn } from "../state/sign-in.ts";
import type { Account, App } from "../state/types.ts";
import { account, secret, type World } from "../state/world.ts";
import { escapeHtml } from "./html.ts";
import { html, page } from "./layout.ts";

/** A redirect of the browser. */
export const redirect = (location: string): Answer => ({ status: 302, headers: { location } });

/** Asks who one is; a test that set `signIn.browser` never sees it. */
function choose(world: World, url: URL): Answer {
  const people = [...world.accounts.values()].filter(({ type }) => type === "User");
  const buttons = people.map(({ login }) => {
    const target = new URL(url);
    target.searchParams.set("fake_login", login);
    return `<p><a href="${escapeHtml(target.pathname + target.search)}"><button>Continue as ${escapeHtml(login)}</button></a></p>`;
  });
  return html(200, page("Sign in to GitHub", `<h1>Sign in</h1>${buttons.join("")}`));
}

/** `/login/oauth/authorize`: sends the browser back with a code, as somebody who has authorized the App before. */
export function authorize(world: World, signIn: SignIn, url: URL): Answer {
  const query = url.searchParams;
  const app = world.apps.find(({ clientId }) => clientId === query.get("client_id"));
  if (!app) return html(404, page("Page not found", "<h1>404</h1>"));
  const chosen = query.get("fake_login");
  const who: Account | undefined = signIn.browser ?? (chosen ? account(world, chosen) : undefined);
  if (!who) return choose(world, url);
  const challenge = query.get("code_challenge") ?? undefined;
  if (challenge && query.get("code_challenge_method") !== "S256")
    return html(400, page("Error", "<p>code_challenge_method must be S256</p>"));
  const code = secret("").slice(0, 20);
  const redirectUri = query.get("redirect_uri") ?? undefined;
  const expiresAt = new Date(world.now().getTime() + 600_000);
  signIn.codes.set(code, { app, account: who, redirectUri, challenge, expiresAt });
  const back = new URL(redirectUri ?? world.urls.html);
  back.searchParams.set("code", code);
  const state = query.get("state");
  if (state) back.searchParams.set("state", state);
  return redirect(back.href);
}

function tokens(world: World, signIn: SignIn, app: App, who: Account): JsonObject {
  const token = secret("ghu_");
  const refresh = secret("ghr_");
  const expiresAt = new Date(world.now().getTime() + 28_800_000);
  world.tokens.set(token, { kind: "user-to-server", account: who, app, expiresAt });
  signIn.refreshTokens.set(refresh, { app, account: who });
  return {
    access_token: token,
    expires_in: 28_800,
    refresh_token: refresh,
    refresh_token_expires_in: 15_897_600,
    token_type: "bearer",
    scope: "",
  };
}

const refused = (error: string, description: string): JsonObject => ({
  error,
  error_description: description,
});

function exchange(world: World, signIn: SignIn, given: ReadonlyMap<string, string>): JsonObject {
  const app = world.apps.find(({ clientId }) => clientId === given.get("client_id"));
  if (!app || app.clientSecret !== given.get("client_secret"))
    return refused(
      "incorrect_client_credentials",
      "The client_id and/or client_secret passed are incorrect.",
    );
  if (given.get("grant_type") === "refresh_token") {
    const known = signIn.refreshTokens.get(given.get("refresh_token") ?? "");
    // A refresh token is good for once.
    signIn.refreshTokens.delete(given.get("refresh_token") ?? "");
    if (known?.app !== app)
      return refused("bad_refresh_token", "The refresh token passed is incorrect or expired.");
    return tokens(world, signIn, app, known.account);
  }
  const code = signIn.codes.get(given.get("code") ?? "");
  signIn.codes.delete(given.get("code") ?? "");
  const uri = given.get("redirect_uri");
  if (!code || code.app !== app || code.expiresAt <= world.now())
    return refused("bad_verification_code", "The code passed is incorrect or expired.");
  if (uri !== undefined && uri !== code.redirectUri)
    return refused(
      "redirect_uri_mismatch",
      "The redirect_uri MUST match the registered callback URL for this application.",
    );
  const verifier = given.get("code_verifier") ?? "";
  if (code.challenge && createHash("sha256").update(verifier).digest("base64url") !== code.challenge)
    return refused("bad_verification_code", "The code passed is incorrect or expired.");
  return tokens(world, signIn, app, code.account);
}

/** `/login/oauth/access_token`. Refusals are answered with 200, as GitHub does. */
export function accessToken(world: World, signIn: SignIn, body: string, url: URL, accept: string): Answer {
  const json = parsed(body);
  const pairs = isRecord(json)
    ? Object.entries(json).map(([key, value]) => [key, String(value)] as const)
    : [];
  const form = isRecord(json) ? [] : new URLSearchParams(body);
  const answer = exchange(world, signIn, new Map([...url.searchParams, ...form, ...pairs]));
  if (accept.includes("json")) return { status: 200, body: answer };
  const text = new URLSearchParams(
    Object.entries(answer).map(([key, value]): [string, string] => [key, String(value)]),
  ).toString();
  return {
    status: 200,
    raw: { type: "application/x-www-form-urlencoded; charset=utf-8", content: Buffer.from(text) },
  };
}
