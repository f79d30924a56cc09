/** `/runs/:id` and its stream. */
import { Hono } from "hono";
import type { Run, RunSummary } from "../../../src/model/run.ts";
import { isEnded } from "../../../src/model/run-states.ts";
import type { Store } from "../../services/store.ts";
import type { Call, Env, Routes } from "../web/context.ts";
import type { Producer } from "../web/events.ts";
import type { Guard } from "../auth/guard.ts";
import { page } from "../web/layout.ts";
import { readDeployed } from "./compare/deployed.ts";
import { runBody, runTitle } from "./run-page.ts";
import { viewOf } from "./run-view.ts";
import { runUpdates } from "./run-stream.ts";
import type { Session } from "../auth/session.ts";
import { holdShown, type Watcher } from "./watch.ts";

interface RunRouteParts {
  readonly store: Pick<Store, "eventsOf" | "getLock" | "holdOf" | "listRuns">;
  readonly guard: Guard;
  readonly watcher: Watcher;
  readonly serverUrl: string;
  readonly now: () => number;
  readonly version: string;
}

export function runRoutes(parts: RunRouteParts): Routes {
  const { guard } = parts;
  const routes: Routes = new Hono<Env>();
  routes.get(
    "/runs/:id",
    guard.page((call, session) => runPage(parts, call, session)),
  );
  routes.get(
    "/runs/:id/events",
    guard.stream((call, session) => runStream(parts, call, session)),
  );
  return routes;
}

async function runPage(parts: RunRouteParts, call: Call, session: Session): Promise<Response> {
  const { guard, store, serverUrl, now, version } = parts;
  const run = await guard.run(call, call.req.param("id") ?? "", session);
  const [events, lock, hold, siblings, deployed] = await Promise.all([
    store.eventsOf(run.id),
    run.state === "queued" ? store.getLock(run.stack) : undefined,
    holdShown(store, run),
    siblingsOf(store, run),
    readDeployed(store, run),
  ]);
  const view = viewOf(run, events);
  const refresh = isEnded(run.state) ? undefined : refreshOf(call);
  const query = new URLSearchParams({ after: String(view.sequence), plan: view.plan?.id ?? "" });
  return page(call, {
    title: runTitle(view),
    login: session.login,
    version,
    now: now(),
    refresh,
    events: isEnded(run.state) ? undefined : `/runs/${run.id}/events?${query.toString()}`,
    body: runBody({ view, lock, hold, serverUrl, now: now() }, { siblings, deployed, refresh }),
  });
}

/** A group is one command in one repository; the filter names the repository too, so that no other run can be listed. */
async function siblingsOf(store: RunRouteParts["store"], run: Run): Promise<readonly RunSummary[]> {
  const found = await store.listRuns({
    group: run.group,
    repositoryIds: [run.stack.repository.id],
    limit: 100,
  });
  return [...found].sort((one, other) => (one.stack.directory < other.stack.directory ? -1 : 1));
}

/** The requested reload interval, limited to 2 to 60 seconds. */
function refreshOf({ req }: Call): number | undefined {
  const seconds = Number(req.query("refresh") ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.round(seconds), 2), 60) : undefined;
}

async function runStream(parts: RunRouteParts, call: Call, session: Session): Promise<Producer> {
  const { guard, watcher } = parts;
  const run = await guard.run(call, call.req.param("id") ?? "", session);
  // A reconnecting browser sends the last event it received, which is newer than the one in the page's address.
  const after = wholeNumber(call.req.header("last-event-id") ?? call.req.query("after"));
  const reader = { after, planId: call.req.query("plan") ?? "" };
  return async (send, signal) => {
    const update = runUpdates(reader, parts, send);
    const over = new AbortController();
    await watcher.watch(run.id, AbortSignal.any([signal, over.signal]), async (seen) => {
      if (await guard.still(call, run)) await update(seen);
      else over.abort();
    });
  };
}

function wholeNumber(text: string | undefined): number {
  const number = Number(text ?? 0);
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}
