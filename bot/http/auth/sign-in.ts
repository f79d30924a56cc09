/** Sign-in through the GitHub App: https://docs.github.com/en/apps/creating-github-apps (web flow, with PKCE). */
import { createHash, randomBytes } from "node:crypto";
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { at, text } from "../../../src/github/json.ts";
import type { Log } from "../../services/services.ts";
import { type Call, type Env, type Routes, seeOther, type Status } from "../web/context.ts";
import { isSameSecret } from "../web/same-secret.ts";
import { type AsUser, GitHubAway } from "./as-user.ts";
import { html } from "../web/html.ts";
import { letter } from "../web/layout.ts";
import type { Cookies, Pending } from "./session.ts";
import { messageOf } from "../../../src/model/errors.ts";

interface SignInParts {
  readonly clientId: string;
  readonly clientSecret: string;
  /** GitHub's pages. */
  readonly serverUrl: string;
  readonly publicUrl: string;
  readonly cookies: Cookies;
  readonly github: Pick<AsUser, "self">;
  readonly log: Log;
  readonly now: () => number;
  readonly version: string;
}

/** `/login`, `/login/callback`, `/logout`. */
export function signInRoutes(parts: SignInParts): Routes {
  const routes: Routes = new Hono<Env>();
  routes.get("/login", (call) => begin(parts, call));
  routes.get("/login/callback", (call) => finish(parts, call));
  routes.get("/logout", (call) => signedOut(parts, call));
  // POST only, with an origin check: another site cannot sign a person out.
  routes.post("/logout", csrf({ origin: new URL(parts.publicUrl).origin }), async (call) => {
    await parts.cookies.endSession(call, parts.now());
    return seeOther(call, "/logout");
  });
  return routes;
}

/** The sign-in address that returns to this page. */
export function signInAddress(url: URL): string {
  return `/login?${new URLSearchParams({ to: ownAddress(url) }).toString()}`;
}

/** The page that was asked for, to ask for it again; the list where it was no page but a form. */
export function ownAddress({ pathname, search }: URL): string {
  return own(`${pathname}${search}`);
}

/** Allows only our own pages: an open redirect would let a phishing site use our sign-in. */
function own(to: string): string {
  return /^\/runs(?:\/[\w-]+)?(?:\?[\w=&%.+-]*)?$/.test(to) ? to : "/runs";
}

async function begin(
  { clientId, serverUrl, publicUrl, cookies, now }: SignInParts,
  call: Call,
): Promise<Response> {
  const pending: Pending = {
    state: randomBytes(24).toString("base64url"),
    verifier: randomBytes(32).toString("base64url"),
    to: own(call.req.query("to") ?? ""),
  };
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: `${publicUrl}/login/callback`,
    state: pending.state,
    code_challenge: createHash("sha256").update(pending.verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  await cookies.setPending(call, pending, now());
  return seeOther(call, `${serverUrl}/login/oauth/authorize?${query.toString()}`);
}

async function finish(parts: SignInParts, call: Call): Promise<Response> {
  const { cookies, now, github, log } = parts;
  const pending = await cookies.pending(call, now());
  const again = `/login?${new URLSearchParams({ to: pending?.to ?? "/runs" }).toString()}`;
  const refuse = (heading: string, words: string, status: Status = 403): Promise<Response> => {
    cookies.clear(call, "pending");
    const text = html`<p>${words}</p><p><a class="button primary" href="${again}">Sign in again</a></p>`;
    return letter(call, { status, version: parts.version, title: heading, heading, text });
  };
  if (call.req.query("error") !== undefined)
    return refuse("GitHub did not let you in", "The sign-in was cancelled, or GitHub refused it.");
  if (pending === undefined || !isSameSecret(pending.state, call.req.query("state") ?? ""))
    return refuse(
      "This sign-in is no longer valid",
      "It started more than ten minutes ago, or in another window.",
    );
  try {
    const token = await exchange(parts, call.req.query("code") ?? "", pending.verifier);
    if (token === undefined)
      return refuse("GitHub did not let you in", "Its code was already used or has expired.");
    const { login, id } = await github.self(token);
    await cookies.setSession(call, { login, userId: id, token }, now());
    cookies.clear(call, "pending");
    return seeOther(call, pending.to);
  } catch (error) {
    log.warn({ error: messageOf(error) }, "a sign-in failed");
    return refuse("GitHub did not answer", "Try again in a moment.", 503);
  }
}

/** GitHub answers refusals with 200 and an `error`. */
async function exchange(
  { clientId, clientSecret, serverUrl, publicUrl, log }: SignInParts,
  code: string,
  verifier: string,
): Promise<string | undefined> {
  const answer = await fetch(`${serverUrl}/login/oauth/access_token`, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json", "user-agent": "gatewright" },
    body: JSON.stringify({
      client_id: clientId,
      client_secret: clientSecret,
      code,
      redirect_uri: `${publicUrl}/login/callback`,
      code_verifier: verifier,
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new GitHubAway(`GitHub answered the sign-in with ${answer.status}`);
  const body: unknown = await answer.json();
  const token = text(at(body, "access_token"));
  // Log the error code only: it separates a wrong client secret from an old code. The body may contain a token.
  if (token === "") log.warn({ error: text(at(body, "error")) }, "GitHub refused a sign-in");
  return token === "" ? undefined : token;
}

function signedOut({ version }: SignInParts, call: Call): Promise<Response> {
  return letter(call, {
    version,
    title: "Signed out",
    heading: "You are signed out",
    text: html`<p>Runs are shown to people who can read their repository on GitHub.</p>
<p><a class="button primary" href="/login">Sign in with GitHub</a></p>`,
  });
}
