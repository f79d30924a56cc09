/** `/runs` and its stream: runs and locks of the repositories that the person may read. */
import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import type { Store } from "../../services/store.ts";
import type { Access } from "../auth/access.ts";
import type { RepositoryName } from "../auth/as-user.ts";
import type { Call, Env, Routes } from "../web/context.ts";
import type { Producer } from "../web/events.ts";
import type { Guard } from "../auth/guard.ts";
import { page } from "../web/layout.ts";
import { type ListFacts, type ListFilter, listBody, listRegion, MOST_RUNS } from "./list-page.ts";
import { type Choice, CHOICES, runsThat } from "./filters.ts";
import type { Cookies, Session } from "../auth/session.ts";

interface ListRouteParts {
  readonly store: Pick<Store, "listRuns" | "listLocks">;
  readonly guard: Guard;
  readonly access: Access;
  readonly cookies: Cookies;
  readonly serverUrl: string;
  readonly now: () => number;
  readonly version: string;
  readonly everyMs?: number;
}

export function listRoutes(parts: ListRouteParts): Routes {
  const { guard } = parts;
  const routes: Routes = new Hono<Env>();
  routes.get(
    "/runs",
    guard.page((call, session) => listPage(parts, call, session)),
  );
  // Not a run's id: those have no dots.
  routes.get(
    "/runs.events",
    guard.stream(async (call) => listUpdates(parts, call)),
  );
  return routes;
}

async function listPage(parts: ListRouteParts, call: Call, session: Session): Promise<Response> {
  const filter = filterOf(call);
  const readable = await parts.access.readable(session.token);
  const facts = await factsOf(parts, session, readable, filter);
  const names = readable.map(({ fullName }) => fullName).sort((one, other) => one.localeCompare(other));
  return page(call, {
    title: "Runs",
    current: "runs",
    login: session.login,
    version: parts.version,
    now: facts.now,
    events: `/runs.events${new URL(call.req.url).search}`,
    body: listBody(facts, names),
  });
}

async function factsOf(
  parts: ListRouteParts,
  { token }: Session,
  readable: readonly RepositoryName[],
  filter: ListFilter,
): Promise<ListFacts> {
  const { store, access, serverUrl, now } = parts;
  const chosen = filter.repository === undefined ? undefined : await access.named(token, filter.repository);
  const shown = filter.repository === undefined ? readable : chosen === undefined ? [] : [chosen];
  const repositoryIds = shown.map(({ id }) => id);
  const [runs, locks] = await Promise.all([
    store.listRuns({
      repositoryIds,
      limit: filter.limit,
      ...(filter.state === undefined ? {} : runsThat(filter.state)),
    }),
    store.listLocks(repositoryIds),
  ]);
  return { runs, locks, now: now(), serverUrl, filter };
}

function filterOf({ req }: Call): ListFilter {
  const state = req.query("state") ?? "";
  const limit = Number(req.query("limit") ?? 50);
  return {
    repository: req.query("repository") || undefined,
    state: isChoice(state) ? state : undefined,
    limit: Number.isInteger(limit) && limit > 0 ? Math.min(limit, MOST_RUNS) : 50,
  };
}

function isChoice(text: string): text is Choice {
  return Object.hasOwn(CHOICES, text);
}

function listUpdates(parts: ListRouteParts, call: Call): Producer {
  const { access, cookies, now, everyMs = 3_000 } = parts;
  const filter = filterOf(call);
  return async (send, signal) => {
    let has: string | undefined;
    while (!signal.aborted) {
      const session = await cookies.session(call, now());
      if (session === undefined) return;
      const facts = await factsOf(parts, session, await access.readable(session.token), filter);
      // The browser updates relative times, so a new time alone sends nothing.
      const version = String(listRegion({ ...facts, now: 0 }));
      if (version !== has)
        await send({ event: "change", data: { parts: { list: String(listRegion(facts)) } } });
      has = version;
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  };
}
