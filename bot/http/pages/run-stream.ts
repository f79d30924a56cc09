/** A run's page as server-sent events: only what differs from the reader's page. */
import { isEnded } from "../../../src/model/run-states.ts";
import type { Send } from "../web/events.ts";
import { logLine } from "./run-parts.ts";
import { type Part, runParts, runTitle } from "./run-page.ts";
import { announcement } from "./run-head.ts";
import { type RunView, viewOf } from "./run-view.ts";
import type { Seen } from "./watch.ts";

interface Reader {
  /** The last event that the reader's page includes. */
  readonly after: number;
  /** The id of the plan that the reader's page shows; empty without one. */
  readonly planId: string;
}

/** Most log lines sent at once after a reconnect; the page keeps no more either. */
const MOST_LINES = 2000;

/** Creates the sender of one reader's updates. Event ids are sequences, so a reader that reconnects misses nothing. */
export function runUpdates(
  reader: Reader,
  facts: { readonly serverUrl: string; readonly now: () => number },
  send: Send,
): (seen: Seen) => Promise<void> {
  let after = reader.after;
  let has: ReadonlyMap<string, string> | undefined;
  let announced = "";

  return async (seen) => {
    const { view, parts, versions } = rendered(seen, facts);
    // The shared snapshot may be slightly older than this reader's page.
    if (view.sequence < reader.after && !isEnded(seen.run.state)) return;
    has ??= pageOf(reader, seen, view, facts.serverUrl);
    const known = has;
    const changed = parts.filter(({ id }) => known.get(id) !== versions.get(id));
    has = versions;
    const lines = seen.events.filter(({ sequence }) => sequence > after).slice(-MOST_LINES);
    after = Math.max(after, view.sequence);
    const spoken = announcement(view);
    // Do not announce what the page just showed.
    if (announced === "" && lines.length === 0) announced = spoken;
    if (changed.length > 0 || lines.length > 0) {
      await send({
        event: "change",
        // An id of 0 would make a reconnect start from the beginning.
        id: after === 0 ? undefined : after,
        data: {
          title: `${runTitle(view)} · Gatewright`,
          parts: Object.fromEntries(changed.map(({ id, html }) => [id, String(html)])),
          lines: lines.map((line) => ({ sequence: line.sequence, html: String(logLine(line)) })),
          ...(spoken === announced ? {} : { announcement: spoken }),
        },
      });
    }
    announced = spoken;
    if (isEnded(seen.run.state)) await send({ event: "end", data: {} });
  };
}

interface Rendered {
  readonly view: RunView;
  readonly parts: readonly Part[];
  /** By the id of each part. */
  readonly versions: ReadonlyMap<string, string>;
}

/** All readers of a run get the same `Seen` object, so its markup is rendered once for all of them. */
const memory = new WeakMap<Seen, Rendered>();

function rendered(seen: Seen, facts: { readonly serverUrl: string; readonly now: () => number }): Rendered {
  const known = memory.get(seen);
  if (known !== undefined) return known;
  const view = viewOf(seen.run, seen.events);
  const parts = runParts({
    view,
    lock: seen.lock,
    hold: seen.hold,
    serverUrl: facts.serverUrl,
    now: facts.now(),
  });
  const result = { view, parts, versions: new Map(parts.map((part) => [part.id, versionOf(part)])) };
  memory.set(seen, result);
  return result;
}

function versionOf(part: Part): string {
  return part.version ?? String(part.html);
}

/**
 * What is known of the reader's page: the step cells as of its last event, and the
 * table if it shows the same plan. Everything else is sent again; it is small.
 */
function pageOf(reader: Reader, seen: Seen, view: RunView, serverUrl: string): ReadonlyMap<string, string> {
  if (view.plan === undefined || reader.planId !== view.plan.id) return new Map();
  const { result: _, ...run } = seen.run;
  const past = viewOf(
    { ...run, state: "running" },
    seen.events.filter(({ sequence }) => sequence <= reader.after),
  );
  const parts = runParts({ view: past, serverUrl, now: 0 });
  return new Map(
    parts
      .filter(({ id }) => id === "changes" || id === "graph" || /^s\d+-/.test(id))
      .map((part) => [part.id, versionOf(part)]),
  );
}
