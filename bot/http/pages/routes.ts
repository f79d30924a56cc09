/** The run pages and their sign-in; without a configured sign-in, a page that explains how to configure it. */
import { Hono } from "hono";
import type { Log } from "../../services/services.ts";
import type { Store } from "../../services/store.ts";
import { createAccess } from "../auth/access.ts";
import { type Env, type Handler, type Routes, seeOther } from "../web/context.ts";
import { createAsUser } from "../auth/as-user.ts";
import { createGuard } from "../auth/guard.ts";
import { html } from "../web/html.ts";
import { checkRoutes, type ReadChecks } from "../checks/routes.ts";
import { compareRoutes } from "./compare/routes.ts";
import { historyRoutes } from "./history/routes.ts";
import { listRoutes } from "./list-routes.ts";
import type { Metrics } from "../../services/metrics.ts";
import { letter } from "../web/layout.ts";
import { runRoutes } from "./run-routes.ts";
import { createSeal } from "../auth/seal.ts";
import { createCookies } from "../auth/session.ts";
import { signInRoutes } from "../auth/sign-in.ts";
import { createWatcher } from "./watch.ts";

interface PagesParts {
  readonly store: Pick<
    Store,
    | "getRun"
    | "eventsOf"
    | "getLock"
    | "holdOf"
    | "listRuns"
    | "listLocks"
    | "createRuns"
    | "getPosted"
    | "setPosted"
  >;
  readonly oauth: { readonly clientId: string; readonly clientSecret: string } | undefined;
  /** An origin: `https://gatewright.example`. Sign-in needs it for the callback address. */
  readonly publicUrl: string | undefined;
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "calls">;
  readonly now: () => number;
  readonly version: string;
  /** Whether the bot has what it needs. */
  readonly checks: ReadChecks;
  /** How often the store is polled while a page is open. */
  readonly everyMs?: number;
}

export function pagesRoutes(parts: PagesParts): Routes {
  const { oauth, publicUrl, version, now, everyMs } = parts;
  if (oauth === undefined || publicUrl === undefined) return withoutSignIn(version);
  const github = createAsUser(parts);
  const access = createAccess(github, now);
  // All replicas share the client secret, so each can open what another one sealed.
  const cookies = createCookies({
    seal: createSeal(oauth.clientSecret),
    secure: publicUrl.startsWith("https:"),
    store: parts.store,
  });
  const guard = createGuard({ ...parts, access, cookies });
  const watcher = createWatcher({
    store: parts.store,
    ...(everyMs === undefined ? {} : { everyMs }),
  });
  const routes: Routes = new Hono<Env>();
  routes.get("/", (call) => seeOther(call, "/runs"));
  routes.route("/", listRoutes({ ...parts, guard, access, cookies }));
  // Before the pages of runs, whose ids are no words.
  routes.route("/", checkRoutes({ ...parts, guard, access }));
  routes.route("/", historyRoutes({ ...parts, guard, access }));
  routes.route("/", compareRoutes({ ...parts, publicUrl, guard, access }));
  routes.route("/", runRoutes({ ...parts, guard, watcher }));
  routes.route("/", signInRoutes({ ...parts, ...oauth, publicUrl, cookies, github }));
  return routes;
}

function withoutSignIn(version: string): Routes {
  const off: Handler = (call) =>
    letter(call, {
      status: 404,
      version,
      title: "No pages",
      heading: "Pages are off",
      text: html`<p>This bot works; its pages show runs only to people who can read their repository, and for that it needs to know who you are. Sign-in is not configured. To turn it on:</p>
<ol><li>On the App's settings page on GitHub, make a client secret, and add the callback URL <code>https://<em>your bot</em>/login/callback</code>.</li>
<li>Start the bot with <code>GITHUB_CLIENT_ID</code>, <code>GITHUB_CLIENT_SECRET</code> and <code>PUBLIC_URL</code>.</li></ol>
<p><code>docs/bot.md</code> has the details.</p>`,
    });
  const routes: Routes = new Hono<Env>();
  for (const path of ["/", "/runs", "/runs/:id", "/login"]) routes.get(path, off);
  return routes;
}
