/** `/runs/checks`: whether the bot has what it needs. */
import { Hono } from "hono";
import type { Access } from "../auth/access.ts";
import { type Guard, notHere } from "../auth/guard.ts";
import type { Session } from "../auth/session.ts";
import type { Call, Env, Routes } from "../web/context.ts";
import { page } from "../web/layout.ts";
import { type Check, seenBy } from "./judge.ts";
import { checksBody } from "./list.ts";

export type ReadChecks = () => Promise<readonly Check[]>;

interface CheckRouteParts {
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

/** For people of a repository that the bot deploys: it names addresses, and the accounts that GitHub shows to them. */
async function checksPage(
  { access, now, version }: CheckRouteParts,
  read: ReadChecks,
  call: Call,
  session: Session,
): Promise<Response> {
  if ((await access.readable(session.token)).length === 0) return notHere(call, version, session.login);
  const [checks, installations] = await Promise.all([read(), access.installations(session.token)]);
  return page(call, {
    title: "Set-up",
    current: "checks",
    login: session.login,
    version,
    now: now(),
    body: checksBody(seenBy(checks, { login: session.login, installations: new Set(installations) })),
  });
}
