/** What is deployed of a stack, by the bot's own record, and how a run's commit compares with it. */
import type { Run, RunSummary } from "../../../../src/model/run.ts";
import type { Store } from "../../../services/store.ts";
import { shortSha } from "../../../../src/text/sha.ts";
import { type Html, html } from "../../web/html.ts";
import { historyAddress } from "../shared/history-address.ts";
import { KINDS, moment, standingOf } from "../shared/words.ts";
import { fullName } from "../../../../src/model/repository.ts";

export interface Deployed {
  /** The newest run that took the stack to its commit, or deleted it. */
  readonly last?: RunSummary | undefined;
  /** A later one that began and did not succeed: AWS may have a part of it. */
  readonly partly?: RunSummary | undefined;
}

/** Runs that are looked through: more failures in a row than that leave nothing to say. */
const MOST_RUNS = 50;

export async function readDeployed(store: Pick<Store, "listRuns">, { stack }: Run): Promise<Deployed> {
  return deployedIn(await store.listRuns({ stack, kinds: ["apply", "destroy"], limit: MOST_RUNS }));
}

/** `runs` are applies and destroys of one stack, newest first. Pure. */
export function deployedIn(runs: readonly RunSummary[]): Deployed {
  const place = runs.findIndex(({ state }) => state === "succeeded");
  const later = place < 0 ? runs : runs.slice(0, place);
  return {
    last: runs[place],
    partly: later.find(
      ({ state, error, startedAt }) =>
        (state === "failed" || state === "cancelled") && error === undefined && startedAt !== undefined,
    ),
  };
}

/** Nothing of it updates while the page is open: it is about the time at which it was opened. */
export function deployedSection(
  run: Run,
  { last, partly }: Deployed,
  { serverUrl, now }: { readonly serverUrl: string; readonly now: number },
): Html {
  return html`<section aria-labelledby="deployed-title">
<h2 id="deployed-title">Compare with deployed</h2>
<div class="box">
<p>${last === undefined ? html`No apply of this stack that succeeded is on record.` : said(run, last, { serverUrl, now })}</p>
${partly !== undefined && html`<p class="note is-warning">Since then <a href="/runs/${partly.id}">${KINDS[partly.kind].toLowerCase()} of ${shortSha(partly.sha)}</a> ended on the way (${standingOf(partly).word.toLowerCase()}): AWS may have a part of it.</p>`}
${comparing(run)}
<p><a href="${historyAddress(run.stack)}">History of this stack</a></p>
</div>
</section>`;
}

function said(
  run: Run,
  last: RunSummary,
  { serverUrl, now }: { readonly serverUrl: string; readonly now: number },
): Html {
  const base = `${serverUrl}/${fullName(run.stack.repository)}`;
  const who = last.cause.by === "schedule" ? "" : html` by ${last.cause.login}`;
  const when = moment(last.endedAt ?? last.createdAt, now);
  if (last.kind === "destroy")
    return html`The stack was deleted ${when}${who}: <a href="/runs/${last.id}">its run</a>.`;
  const commit = html`<a href="${base}/commit/${last.sha}"><code>${shortSha(last.sha)}</code></a>`;
  if (last.id === run.id) return html`This is what is deployed: commit ${commit}, applied ${when}${who}.`;
  const applied = html`applied ${when}${who} (<a href="/runs/${last.id}">its run</a>)`;
  if (last.sha === run.sha) return html`The same commit is deployed: ${commit}, ${applied}.`;
  return html`Deployed is commit ${commit}, ${applied}. This run is of <code>${shortSha(run.sha)}</code>: <a href="${base}/compare/${last.sha}...${run.sha}">what the commits differ in</a>.`;
}

/** A stack that has left the spec has nothing that could be compared. */
function comparing(run: Run): Html {
  if (run.goneFrom !== undefined) return html``;
  return html`<form method="post" action="/runs/${run.id}/compare"><button>Compare with AWS now</button>
<span class="hint">Plans commit ${shortSha(run.sha)} against what AWS has at this moment. It only reads, and says nothing on GitHub.</span></form>`;
}
