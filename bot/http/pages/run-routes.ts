/** `/runs/:id` and its stream. */
import type { Run } from "../../../src/model/run.ts";
import type { Store } from "../../services/store.ts";
import type { Answer, Call, Route } from "../web/answer.ts";
import type { Guard } from "../auth/guard.ts";
import { page } from "../web/layout.ts";
import { runBody, runTitle } from "./run-page.ts";
import { viewOf } from "./run-view.ts";
import { hasEnded } from "./words.ts";
import { runTeller } from "./run-stream.ts";
import type { Session } from "../auth/session.ts";
import { STREAM_HEADERS } from "../web/stream.ts";
import type { Watcher } from "./watch.ts";

export interface RunRouteParts {
  readonly store: Pick<Store, "eventsOf" | "getLock" | "listRuns">;
  readonly guard: Guard;
  readonly watcher: Watcher;
  readonly serverUrl: string;
  readonly now: () => number;
  readonly version: string;
}

export function runRoutes(parts: RunRouteParts): readonly Route[] {
  const { guard } = parts;
  return [
    {
      method: "GET",
      path: "/runs/:id",
      handle: guard.page((call, session) => runPage(parts, call, session)),
    },
    {
      method: "GET",
      path: "/runs/:id/events",
      handle: guard.stream((call, session) => runStream(parts, call, session)),
    },
  ];
}

async function runPage(parts: RunRouteParts, call: Call, session: Session): Promise<Answer> {
  const { guard, store, serverUrl, now, version } = parts;
  const run = await guard.run(call.params.id ?? "", session);
  const [events, lock, siblings] = await Promise.all([
    store.eventsOf(run.id),
    run.state === "queued" ? store.getLock(run.stack) : undefined,
    siblingsOf(store, run),
  ]);
  const view = viewOf(run, events);
  const refresh = hasEnded(run) ? undefined : refreshOf(call.url);
  const query = new URLSearchParams({ after: String(view.sequence), plan: view.plan?.id ?? "" });
  return page({
    title: runTitle(view),
    login: session.login,
    version,
    now: now(),
    refresh,
    events: hasEnded(run) ? undefined : `/runs/${run.id}/events?${query.toString()}`,
    body: runBody({ view, lock, serverUrl, now: now() }, siblings, refresh),
  });
}

/** A group is one command in one repository; the filter says it again, so that nothing else can ever be listed. */
async function siblingsOf(store: RunRouteParts["store"], run: Run): Promise<readonly Run[]> {
  const found = await store.listRuns({
    group: run.group,
    repositoryIds: [run.stack.repository.id],
    limit: 100,
  });
  return [...found].sort((one, other) => (one.stack.directory < other.stack.directory ? -1 : 1));
}

/** Between 2 and 60 seconds, for who asked. */
function refreshOf({ searchParams }: URL): number | undefined {
  const seconds = Number(searchParams.get("refresh") ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.round(seconds), 2), 60) : undefined;
}

async function runStream(parts: RunRouteParts, call: Call, session: Session): Promise<Answer> {
  const { guard, watcher } = parts;
  const run = await guard.run(call.params.id ?? "", session);
  // A browser that comes back names the last event it got; that is newer than the page's address.
  const header = call.request.headers["last-event-id"];
  const after = wholeNumber(typeof header === "string" ? header : call.url.searchParams.get("after"));
  const reader = { after, planId: call.url.searchParams.get("plan") ?? "" };
  return {
    status: 200,
    headers: STREAM_HEADERS,
    stream: async (send) => {
      await send("retry: 2000\n\n");
      const tell = runTeller(reader, parts, send);
      const over = new AbortController();
      await watcher.watch(run.id, AbortSignal.any([call.signal, over.signal]), async (seen) => {
        if (await guard.still(call, run)) await tell(seen);
        else over.abort();
      });
    },
  };
}

function wholeNumber(text: string | null): number {
  const number = Number(text ?? 0);
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}
