/** How an open run is getting on, for people who wonder whether it hangs. Pure. */
import { elapsed, md, type Markdown } from "../../src/text/markdown.ts";
import { isEnded } from "../../src/model/run-states.ts";
import type { RunEvent, RunSummary } from "../../src/model/run.ts";
import { ago } from "../../src/text/duration.ts";
import { prose } from "../../src/text/prose.ts";

/** Longer than any single request to AWS or GitHub may take. */
const SILENT_MS = 90_000;

interface Progress {
  readonly text: Markdown;
  /** For how long nothing was heard of it, in milliseconds, when that is long. */
  readonly silentMs?: number | undefined;
}

/** @param last the run's newest event; `now` in milliseconds */
export function runProgress(run: RunSummary, last: RunEvent | undefined, now: number): Progress {
  const { state, createdAt, startedAt, cancelRequested } = run;
  if (isEnded(state)) return { text: md`${state}` };
  const stopping = cancelRequested ? md`, stopping` : md``;
  if (startedAt === undefined || state === "queued")
    return { text: md`${state} ${prose(ago(createdAt.getTime(), now))}${stopping}` };
  const running = md`${state} for ${elapsed(now - startedAt.getTime())}${stopping}`;
  const silentMs = now - Math.max(startedAt.getTime(), last?.at.getTime() ?? 0);
  if (silentMs < SILENT_MS) return { text: running };
  const text = md`${running}. No progress for ${elapsed(silentMs)}: AWS or GitHub may not be answering. \`/cancel\` stops it.`;
  return { text, silentMs };
}
