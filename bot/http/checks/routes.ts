/** `/runs/checks`: whether the bot has what it needs. */
import { Hono } from "hono";
import type { Access } from "../auth/access.ts";
import { type Guard, notHere } from "../auth/guard.ts";
import type { Session } from "../auth/session.ts";
import type { Call, Env, Routes } from "../web/context.ts";
import { html } from "../web/html.ts";
import { page } from "../web/layout.ts";
import type { Check } from "./judge.ts";
import { checkList } from "./list.ts";

export type ReadChecks = () => Promise<readonly Check[]>;

export interface CheckRouteParts {
  readonly guard: Guard;
  readonly access: Access;
  readonly checks: ReadChecks;
  readonly now: () => number;
  readonly version: string;
}

/** Everybody who looks within it gets the same answer. */
const REMEMBERED_MS = 30_000;

export function checkRoutes(parts: CheckRouteParts): Routes {
  const routes: Routes = new Hono<Env>();
  let known: { readonly at: number; readonly answer: Promise<readonly Check[]> } | undefined;
  const read = (): Promise<readonly Check[]> => {
    if (known === undefined || parts.now() - known.at > REMEMBERED_MS)
      known = { at: parts.now(), answer: parts.checks() };
    return known.answer;
  };
  routes.get(
    "/runs/checks",
    parts.guard.page((call, session) => checksPage(parts, read, call, session)),
  );
  return routes;
}

/** For people of a repository that the bot deploys: it names accounts and addresses. */
async function checksPage(
  { access, now, version }: CheckRouteParts,
  read: ReadChecks,
  call: Call,
  session: Session,
): Promise<Response> {
  if ((await access.readable(session.token)).length === 0) return notHere(call, version, session.login);
  const checks = await read();
  const wrong = checks.filter(({ state }) => state !== "good").length;
  return page(call, {
    title: "Set-up",
    current: "checks",
    login: session.login,
    version,
    now: now(),
    body: html`<h1>Set-up</h1>
<p class="standing">${wrong === 0 ? "Everything that the bot needs is there." : "Not everything that the bot needs is there."}</p>
<section class="scroll" aria-label="Checks">${checkList(checks)}</section>
<p class="muted">The AWS credentials are the process's own. Roles of stages are taken when a run needs them; its page says what was refused.</p>`,
  });
}
