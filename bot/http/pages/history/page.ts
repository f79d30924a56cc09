/** The history of a stack: who changed it, when, to which commit, and what came of it. */
import type { RunSummary, StackRef } from "../../../../src/model/run.ts";
import { shortSha } from "../../../../src/text/sha.ts";
import { type Html, html } from "../../web/html.ts";
import { historyAddress } from "../shared/history-address.ts";
import { askedCell, changesCell, runsTable, standingCell, whenCells } from "../shared/run-cells.ts";
import { KINDS, stackName } from "../shared/words.ts";
import { fullName } from "../../../../src/model/repository.ts";

interface HistoryFacts {
  readonly stack: StackRef;
  /** One more than a page holds when there are older ones. */
  readonly runs: readonly RunSummary[];
  /** The run that the stack has in AWS. */
  readonly deployedId?: string | undefined;
  readonly all: boolean;
  /** Not the newest page. */
  readonly isOlder: boolean;
  readonly now: number;
  readonly serverUrl: string;
}

export const PAGE_RUNS = 30;

export function historyTitle({ stack }: Pick<HistoryFacts, "stack">): string {
  return `History of ${stackName(stack)} · ${fullName(stack.repository)}`;
}

export function historyBody(facts: HistoryFacts): Html {
  const { stack, runs, all, isOlder } = facts;
  const { stage, directory } = stack;
  const shown = runs.slice(0, PAGE_RUNS);
  const last = shown.at(-1);
  return html`<nav class="crumbs" aria-label="Where this is"><ol><li><a href="/runs">Runs</a></li><li><a href="/runs?repository=${encodeURIComponent(fullName(stack.repository))}">${fullName(stack.repository)}</a></li></ol></nav>
<h1>History of ${stage}${directory !== "." && html` <span class="dir">${directory}</span>`}</h1>
<p class="choices">${choice("Applies", historyAddress(stack), !all)} ${choice("All runs", historyAddress(stack, { all: true }), all)}</p>
${shown.length === 0 ? nothing(facts) : table(shown, facts)}
<p class="live">${isOlder && html`<a id="newest" href="${historyAddress(stack, { all })}">Newest</a> `}${runs.length > PAGE_RUNS && last !== undefined && html`<a id="older" href="${historyAddress(stack, { all, before: last.id })}">Older</a>`}</p>`;
}

function choice(text: string, address: string, chosen: boolean): Html {
  return html`<a class="button" href="${address}"${chosen && html` aria-current="true"`}>${text}</a>`;
}

function table(runs: readonly RunSummary[], facts: HistoryFacts): Html {
  const rows = runs.map((run) => row(run, facts));
  return runsTable("runs history", "Runs of this stack, newest first", rows);
}

function row(run: RunSummary, { deployedId, now, serverUrl }: HistoryFacts): Html {
  const { id, kind, sha, cause, stack } = run;
  const back = cause.by === "command" && cause.rollback === true;
  return html`<tr role="row">
${standingCell(run)}
<th role="rowheader" scope="row"><a class="what" id="run-${id}" href="/runs/${id}">${back ? "Rollback" : KINDS[kind]}</a> of <a id="commit-${id}" href="${serverUrl}/${fullName(stack.repository)}/commit/${sha}"><code>${shortSha(sha)}</code></a>${id === deployedId && html` <span class="tag">deployed</span>`}</th>
${askedCell(run, serverUrl)}
${changesCell(run)}
${whenCells(run, now)}
</tr>`;
}

function nothing({ all, isOlder, stack }: HistoryFacts): Html {
  return html`<section class="scroll empty" aria-labelledby="none-title">
<h2 id="none-title">${isOlder ? "No older runs" : all ? "No runs yet" : "Nothing was applied yet"}</h2>
<p>${!isOlder && html`Comment <code>/apply -s ${stack.stage}</code> on a pull request with a reviewed plan, and it is here. `}Runs are kept for a year.</p>
</section>`;
}
