/** Cells that every table of runs has: how it stands, who asked, what it changes, when and for how long. */
import type { RunSummary } from "../../../../src/model/run.ts";
import { isEnded } from "../../../../src/model/run-states.ts";
import { duration } from "../../../../src/text/duration.ts";
import { type Html, html } from "../../web/html.ts";
import { icon } from "../../web/icons.ts";
import { tally } from "./tally.ts";
import { moment, since, standingOf } from "./words.ts";
import { fullName } from "../../../../src/model/repository.ts";

export function standingCell(run: RunSummary): Html {
  const { word, tone, sign } = standingOf(run);
  return html`<td role="cell" class="cell-state" data-label="State"><span class="state is-${tone}">${icon(sign)}${word}</span></td>`;
}

const BY = {
  command: "",
  merge: " (merge)",
  approval: " (approval)",
  page: " (on a page)",
  preview: " (preview)",
} as const;

export function askedCell(run: RunSummary, serverUrl: string): Html {
  const { cause, id, stack } = run;
  const who = cause.by === "schedule" ? "the schedule" : `${cause.login}${BY[cause.by]}`;
  const pull = cause.by === "schedule" ? undefined : cause.pull;
  return html`<td role="cell" class="cell-by" data-label="Asked by"><span>${who} ${pull !== undefined && html`<span class="sub">on <a id="pull-${id}" href="${serverUrl}/${fullName(stack.repository)}/pull/${pull}">#${pull}</a></span>`}</span></td>`;
}

export function changesCell({ counts }: RunSummary): Html {
  return html`<td role="cell" class="cell-changes" data-label="Changes">${counts === undefined ? html`<span class="muted">–</span>` : tally(counts)}</td>`;
}

export function whenCells({ createdAt, startedAt, endedAt, state }: RunSummary, now: number): Html {
  return html`<td role="cell" class="cell-when" data-label="When">${moment(createdAt, now)}</td>
<td role="cell" class="number cell-time" data-label="Time">${startedAt === undefined ? html`<span class="muted">–</span>` : isEnded(state) && endedAt !== undefined ? duration(endedAt.getTime() - startedAt.getTime()) : since(startedAt, now)}</td>`;
}

export function runsTable(style: string, caption: string, rows: readonly Html[]): Html {
  return html`<div class="scroll">
<table role="table" class="${style}">
<caption class="sr">${caption}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">State</th><th role="columnheader" scope="col">Run</th><th role="columnheader" scope="col">Asked by</th><th role="columnheader" scope="col">Changes</th><th role="columnheader" scope="col">When</th><th role="columnheader" scope="col" class="number">Time</th></tr></thead>
<tbody role="rowgroup">
${rows}
</tbody>
</table>
</div>`;
}
