/** `/runs` and its stream: runs and locks of the repositories that the person can read. */
import { setTimeout as sleep } from "node:timers/promises";
import type { RunState } from "../../../src/model/run.ts";
import type { Store } from "../../services/store.ts";
import type { Access } from "../auth/access.ts";
import type { RepositoryName } from "../auth/as-user.ts";
import type { Answer, Call, Route } from "../web/answer.ts";
import type { Guard } from "../auth/guard.ts";
import { page } from "../web/layout.ts";
import { type ListFacts, type ListFilter, listBody, listRegion, MOST_RUNS } from "./list-page.ts";
import { STATES } from "./words.ts";
import type { Cookies, Session } from "../auth/session.ts";
import { encodeEvent, STREAM_HEADERS } from "../web/stream.ts";

export interface ListRouteParts {
  readonly store: Pick<Store, "listRuns" | "listLocks">;
  readonly guard: Guard;
  readonly access: Access;
  readonly cookies: Cookies;
  readonly serverUrl: string;
  readonly now: () => number;
  readonly version: string;
  readonly everyMs?: number;
}

export function listRoutes(parts: ListRouteParts): readonly Route[] {
  const { guard } = parts;
  return [
    {
      method: "GET",
      path: "/runs",
      handle: guard.page((call, session) => listPage(parts, call, session)),
    },
    // Not a run's id: those have no dots.
    { method: "GET", path: "/runs.events", handle: guard.stream(async (call) => listStream(parts, call)) },
  ];
}

async function listPage(parts: ListRouteParts, call: Call, session: Session): Promise<Answer> {
  const filter = filterOf(call.url);
  const readable = await parts.access.readable(session.token);
  const facts = await factsOf(parts, session, readable, filter);
  const names = readable.map(({ fullName }) => fullName).sort((one, other) => one.localeCompare(other));
  return page({
    title: "Runs",
    current: "runs",
    login: session.login,
    version: parts.version,
    now: facts.now,
    events: `/runs.events${call.url.search}`,
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
      ...(filter.state === undefined ? {} : { states: [filter.state] }),
    }),
    store.listLocks(repositoryIds),
  ]);
  return { runs, locks, now: now(), serverUrl, filter };
}

function filterOf({ searchParams }: URL): ListFilter {
  const state = searchParams.get("state") ?? "";
  const limit = Number(searchParams.get("limit") ?? 50);
  return {
    repository: searchParams.get("repository") || undefined,
    state: isState(state) ? state : undefined,
    limit: Number.isInteger(limit) && limit > 0 ? Math.min(limit, MOST_RUNS) : 50,
  };
}

function isState(text: string): text is RunState {
  return Object.hasOwn(STATES, text);
}

function listStream(parts: ListRouteParts, call: Call): Answer {
  const { access, cookies, now, everyMs = 3_000 } = parts;
  const filter = filterOf(call.url);
  return {
    status: 200,
    headers: STREAM_HEADERS,
    stream: async (send) => {
      await send("retry: 2000\n\n");
      let has: string | undefined;
      while (!call.signal.aborted) {
        const session = cookies.session(call.request, now());
        if (session === undefined) return;
        const facts = await factsOf(parts, session, await access.readable(session.token), filter);
        // Times count on by themselves: they are no reason to send anything.
        const version = listRegion({ ...facts, now: 0 }).text;
        if (version !== has)
          await send(encodeEvent({ event: "change", data: { parts: { list: listRegion(facts).text } } }));
        has = version;
        await sleep(everyMs, undefined, { signal: call.signal }).catch(() => undefined);
      }
    },
  };
}
