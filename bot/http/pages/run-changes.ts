/** The changes of a run as a table; cells that update during the run have ids. */
import { lossText } from "../../../src/report/reason.ts";
import { countKinds, kindOf, STEP_VOCABULARY, VOCABULARY } from "../../../src/report/vocabulary.ts";
import { duration } from "../../../src/text/duration.ts";
import { plural, sentence } from "../../../src/text/words.ts";
import { type Html, html, type Part } from "../web/html.ts";
import { icon } from "../web/icons.ts";
import { tally } from "./shared/tally.ts";
import { propertiesOf } from "./properties.ts";
import type { RunView, StepView } from "./run-view.ts";
import { resourceCell, resourceName } from "./shared/resource.ts";
import { clock, since } from "./shared/words.ts";

/** `s3-state`: the cell of the plan's fourth change. */
export function cellId({ index }: StepView, cell: "state" | "id" | "time" | "note"): string {
  return `s${index}-${cell}`;
}

export function stateCell({ state }: StepView): Html {
  return html`<span class="state is-${state}">${icon(state)}${sentence(STEP_VOCABULARY[state].word)}</span>`;
}

export function idCell({ id }: StepView): Html {
  return id === undefined ? html`<span class="muted">–</span>` : html`<code class="id">${id}</code>`;
}

export function timeCell({ durationMs, startedAt, state }: StepView, now: number): Html {
  if (durationMs !== undefined && state !== "skipped") return html`${duration(durationMs)}`;
  if (state === "running" && startedAt !== undefined) return since(new Date(startedAt), now);
  return html`<span class="muted">–</span>`;
}

/** The step's error, or the step that it waited for. */
export function noteCell({ error, because, state, startedAt, waiting }: StepView): Html {
  if (error !== undefined) {
    return html`<div class="note is-failed">
<p><strong><code>${error.code}</code></strong> ${error.message}</p>
${error.hint !== undefined && html`<p>${error.hint}</p>`}
${error.requestId !== undefined && html`<p class="muted">AWS request <code>${error.requestId}</code></p>`}
</div>`;
  }
  if (state === "running" && waiting !== undefined)
    return html`<p class="note muted">Waits for ${waiting.awaiting}, since ${clock(new Date(waiting.at))} and until ${clock(new Date(waiting.until))} at most.</p>`;
  if (state === "skipped" && because !== undefined)
    return html`<p class="note muted">Waited for ${resourceName(because)}, which failed.</p>`;
  if (state === "unfinished" && startedAt !== undefined)
    return html`<p class="note is-warning">The run ended while this was under way. The next plan shows whether AWS did it.</p>`;
  return html``;
}

export function changesSection(view: RunView, now: number): Html {
  const { plan, steps, unchanged, writes } = view;
  if (plan === undefined) return html``;
  if (steps.length === 0) return html`${unchangedFold(view)}`;
  const what = plural(steps.length, "change");
  return html`<section aria-labelledby="changes-title">
<h2 id="changes-title">${writes ? "Changes" : "What would change"} ${tally(countKinds(plan.changes.map(kindOf)))}</h2>
<div class="scroll">
<table role="table" class="changes">
<caption class="sr">${what} of plan ${plan.id}, in the order they are applied</caption>
<thead role="rowgroup"><tr role="row">
${writes && html`<th role="columnheader" scope="col">State</th>`}
<th role="columnheader" scope="col">Action</th>
<th role="columnheader" scope="col">Resource</th>
<th role="columnheader" scope="col">Id</th>
${writes && html`<th role="columnheader" scope="col" class="number">Time</th>`}
</tr></thead>
<tbody role="rowgroup">
${steps.map((step) => row(step, writes, now))}
</tbody>
</table>
</div>
${unchanged.length > 0 && unchangedFold(view)}
</section>`;
}

function row(step: StepView, writes: boolean, now: number): Html {
  const { change } = step;
  const kind = kindOf(change);
  const cell = (name: "state" | "id" | "time", label: string, content: Part, extra = ""): Html =>
    html`<td role="cell" id="${cellId(step, name)}" class="cell-${name}${extra}" data-label="${label}">${content}</td>`;
  // Long content gets its own row: inside the row's header, a screen reader would repeat it with every cell.
  return html`<tr role="row">
${writes && cell("state", "State", stateCell(step))}
<td role="cell" class="cell-action" data-label="Action"><span class="action is-${kind}"><span class="sign" aria-hidden="true">${VOCABULARY[kind].symbol}</span>${kind}</span></td>
<th role="rowheader" scope="row" class="cell-resource">${resourceCell(change, change.at !== undefined && html` · ${change.at.file}:${change.at.line}`)}</th>
${cell("id", "Id", idCell(step))}
${writes && cell("time", "Time", timeCell(step, now), " number")}
</tr>
<tr role="row" class="more"><td role="cell" colspan="${writes ? 2 : 1}"></td><td role="cell" colspan="${writes ? 3 : 2}">
${change.adopts === true && html`<p class="note">Adopts a resource that Gatewright did not manage.</p>`}
${change.protection !== undefined && html`<p class="note is-warning">${change.action === "delete" ? "Deletes" : "Replaces"} it${lossText(change)}.</p>`}
${change.consequence !== undefined && html`<p class="note is-warning">${change.consequence}</p>`}
<div id="${cellId(step, "note")}">${noteCell(step)}</div>
${propertiesOf(change)}
</td></tr>`;
}

function unchangedFold({ unchanged, steps }: RunView): Html {
  if (unchanged.length === 0) return html``;
  return html`<details class="fold"${steps.length === 0 && html` open`}>
<summary>${plural(unchanged.length, "resource")} ${unchanged.length === 1 ? "matches" : "match"} the spec</summary>
<ul class="plain">
${unchanged.map(({ name, type, id }) => html`<li>${resourceCell({ name, type })} ${id !== undefined && html`<code class="id">${id}</code>`}</li>`)}
</ul>
</details>`;
}
