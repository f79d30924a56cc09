/** A run's page as server-sent events: only what differs from what its reader has. */
import { isEnded } from "../../../src/model/run-states.ts";
import type { Send } from "../web/events.ts";
import { logLine } from "./run-parts.ts";
import { type Part, runParts, runTitle } from "./run-page.ts";
import { announcement } from "./run-head.ts";
import { type RunView, viewOf } from "./run-view.ts";
import type { Seen } from "./watch.ts";

export interface Reader {
  /** The last event the reader's page was made from. */
  readonly after: number;
  /** The id of the plan that the reader's page shows; empty without one. */
  readonly planId: string;
}

/** Lines sent at once to who comes back after long; the page holds no more either. */
const MOST_LINES = 2000;

/** Makes the teller of one reader's stream. Event ids are sequences, so a reader that comes back misses nothing. */
export function runTeller(
  reader: Reader,
  facts: { readonly serverUrl: string; readonly now: () => number },
  send: Send,
): (seen: Seen) => Promise<void> {
  let after = reader.after;
  let has: ReadonlyMap<string, string> | undefined;
  let said = "";

  return async (seen) => {
    const { view, parts, versions } = rendered(seen, facts);
    // An answer of a moment ago, shared by all who look: this reader's page is newer.
    if (view.sequence < reader.after && !isEnded(seen.run.state)) return;
    has ??= pageOf(reader, seen, view, facts.serverUrl);
    const known = has;
    const changed = parts.filter(({ id }) => known.get(id) !== versions.get(id));
    has = versions;
    const lines = seen.events.filter(({ sequence }) => sequence > after).slice(-MOST_LINES);
    after = Math.max(after, view.sequence);
    const told = announcement(view);
    // Who has just read the page is not told what it says.
    if (said === "" && lines.length === 0) said = told;
    if (changed.length > 0 || lines.length > 0) {
      await send({
        event: "change",
        // 0 would say "from the beginning" to who comes back.
        id: after === 0 ? undefined : after,
        data: {
          title: `${runTitle(view)} · Gatewright`,
          parts: Object.fromEntries(changed.map(({ id, html }) => [id, String(html)])),
          lines: lines.map((line) => ({ sequence: line.sequence, html: String(logLine(line)) })),
          ...(told === said ? {} : { told }),
        },
      });
    }
    said = told;
    if (isEnded(seen.run.state)) await send({ event: "end", data: {} });
  };
}

interface Rendered {
  readonly view: RunView;
  readonly parts: readonly Part[];
  /** By the id of each part. */
  readonly versions: ReadonlyMap<string, string>;
}

/** All who look at a run are handed the same `Seen`: its markup is made once for all of them. */
const memory = new WeakMap<Seen, Rendered>();

function rendered(seen: Seen, facts: { readonly serverUrl: string; readonly now: () => number }): Rendered {
  const known = memory.get(seen);
  if (known !== undefined) return known;
  const view = viewOf(seen.run, seen.events);
  const parts = runParts({ view, lock: seen.lock, serverUrl: facts.serverUrl, now: facts.now() });
  const made = { view, parts, versions: new Map(parts.map((part) => [part.id, versionOf(part)])) };
  memory.set(seen, made);
  return made;
}

function versionOf({ version, html }: Part): string {
  return version ?? String(html);
}

/**
 * What the reader's page holds, as far as that is known: the cells of the steps as its last event left them, and the
 * table when it is that of the plan. Everything else is sent once more; it is small.
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
    parts.filter(({ id }) => id === "changes" || /^s\d+-/.test(id)).map((part) => [part.id, versionOf(part)]),
  );
}
