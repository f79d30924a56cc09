/** The list of runs and of locks. */
import type { Lock, RunSummary } from "../../../src/model/run.ts";
import { legend } from "../../../src/report/vocabulary.ts";
import { plural } from "../../../src/text/words.ts";
import { type Html, html } from "../web/html.ts";
import { icon } from "../web/icons.ts";
import { askedCell, changesCell, runsTable, standingCell, whenCells } from "./shared/run-cells.ts";
import { type Choice, CHOICES } from "./filters.ts";
import { kindOf, moment, stackName } from "./shared/words.ts";
import { fullName } from "../../../src/model/repository.ts";

export interface ListFilter {
  /** `owner/name` */
  readonly repository?: string | undefined;
  readonly state?: Choice | undefined;
  readonly limit: number;
}

export interface ListFacts {
  readonly runs: readonly RunSummary[];
  readonly locks: readonly Lock[];
  readonly now: number;
  readonly serverUrl: string;
  readonly filter: ListFilter;
}

/** The part of the page that updates: everything but the filter. */
export function listRegion(facts: ListFacts): Html {
  return html`${facts.locks.length > 0 && locksSection(facts)}${runsSection(facts)}`;
}

/** The page's body. `repositories`: `owner/name` of each repository the reader may see. */
export function listBody(facts: ListFacts, repositories: readonly string[]): Html {
  const { filter } = facts;
  const choice = (value: string, text: string, chosen: boolean): Html =>
    html`<option value="${value}"${chosen && html` selected`}>${text}</option>`;
  return html`<h1>Runs</h1>
<form class="filter" method="get" action="/runs">
<label>Repository
<select name="repository">${choice("", "All", filter.repository === undefined)}${repositories.map((name) => choice(name, name, name === filter.repository))}</select></label>
<label>State
<select name="state">${choice("", "All", filter.state === undefined)}${Object.entries(CHOICES).map(([state, word]) => choice(state, word, state === filter.state))}</select></label>
<button>Show</button>
</form>
<div id="list">${listRegion(facts)}</div>
<p id="live" class="live"></p>`;
}

function locksSection({ locks, now, serverUrl }: ListFacts): Html {
  return html`<section aria-labelledby="locks-title">
<h2 id="locks-title">Locks</h2>
<div class="scroll">
<table role="table" class="locks">
<caption class="sr">Locked stacks, by whom and why</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Stack</th><th role="columnheader" scope="col">Locked by</th><th role="columnheader" scope="col">Why</th><th role="columnheader" scope="col">Since</th></tr></thead>
<tbody role="rowgroup">
${locks.map(
  (lock) => html`<tr role="row">
<th role="rowheader" scope="row"><span class="what">${stackName(lock.stack)}</span> <span class="sub">${fullName(lock.stack.repository)}</span></th>
<td role="cell" data-label="Locked by"><span class="state is-warning">${icon("lock")}${lock.owner}</span></td>
<td role="cell" data-label="Why"><span>${why(lock, serverUrl)}</span></td>
<td role="cell" data-label="Since">${moment(lock.since, now)}</td>
</tr>`,
)}
</tbody>
</table>
</div>
</section>`;
}

function why({ runId, reason, pull, stack }: Lock, serverUrl: string): Html {
  const number =
    pull !== undefined &&
    html` (<a href="${serverUrl}/${fullName(stack.repository)}/pull/${pull}">#${pull}</a>)`;
  return runId === undefined
    ? html`${reason}${number}`
    : html`<a id="lock-${runId}" href="/runs/${runId}">${reason}</a>${number}`;
}

function runsSection(facts: ListFacts): Html {
  const { runs, filter, locks } = facts;
  if (runs.length === 0) return nothing(filter);
  return html`<section aria-labelledby="runs-title">
<h2 id="runs-title"${locks.length === 0 && html` class="sr"`}>${runs.length < filter.limit ? plural(runs.length, "run") : `The newest ${runs.length} runs`}</h2>
${runsTable(
  "runs",
  "Runs, newest first",
  runs.map((run) => row(run, facts)),
)}
<p class="legend">${legend().map(({ symbol, word }) => html`<span class="is-${word}"><b>${symbol}</b> ${word}</span> `)}</p>
${runs.length >= filter.limit && more(filter)}
</section>`;
}

function row(run: RunSummary, { now, serverUrl }: ListFacts): Html {
  return html`<tr role="row">
${standingCell(run)}
<th role="rowheader" scope="row"><a class="what" id="run-${run.id}" href="/runs/${run.id}">${kindOf(run)} ${stackName(run.stack)}</a> <span class="sub">${fullName(run.stack.repository)}</span></th>
${askedCell(run, serverUrl)}
${changesCell(run)}
${whenCells(run, now)}
</tr>`;
}

function nothing({ repository, state }: ListFilter): Html {
  const filtered = repository !== undefined || state !== undefined;
  return html`<section class="scroll empty" aria-labelledby="runs-title">
<h2 id="runs-title">${filtered ? "No such run" : "No runs yet"}</h2>
${filtered ? html`<p><a href="/runs">Show all runs</a></p>` : html`<p>Comment <code>/plan</code> on a pull request of a repository with Gatewright, and its run is here. You see the runs of repositories that you can read.</p>`}
</section>`;
}

export const MOST_RUNS = 500;

function more({ repository, state, limit }: ListFilter): Html {
  if (limit >= MOST_RUNS) return html``;
  const query = new URLSearchParams({
    ...(repository === undefined ? {} : { repository }),
    ...(state === undefined ? {} : { state }),
    limit: String(Math.min(limit * 4, MOST_RUNS)),
  });
  return html`<p class="live"><a id="more" href="/runs?${query.toString()}">Show older runs</a></p>`;
}
