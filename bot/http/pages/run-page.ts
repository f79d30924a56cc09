/** A run's page, and its parts that change while it is open. */
import type { Hold, Lock, Run, RunSummary } from "../../../src/model/run.ts";
import { isEnded } from "../../../src/model/run-states.ts";
import { type Html, html } from "../web/html.ts";
import { cellId, changesSection, idCell, noteCell, stateCell, timeCell } from "./run-changes.ts";
import { type Deployed, deployedSection } from "./compare/deployed.ts";
import { graphSection } from "./graph/picture.ts";
import { runHead } from "./run-head.ts";
import {
  errorSection,
  factsSection,
  failuresSection,
  logSection,
  outputsSection,
  problemsSection,
  smokeSection,
} from "./run-parts.ts";
import type { RunView } from "./run-view.ts";
import { kindOf, stackName, standingOf } from "./shared/words.ts";
import { fullName } from "../../../src/model/repository.ts";

interface RunPageFacts {
  readonly view: RunView;
  /** The stack's lock. */
  readonly lock?: Lock | undefined;
  /** The stack's hold, where the run waits for it or has made it. */
  readonly hold?: Hold | undefined;
  readonly serverUrl: string;
  readonly now: number;
}

/** An element of the page that may be replaced. What is much and has a version is made when it is read. */
export interface Part {
  readonly id: string;
  readonly html: Html;
  /** Replaced when this differs; without one, when its markup does. */
  readonly version?: string;
}

/** Elements present from the first render, in page order. */
function sections({ view, lock, hold, serverUrl, now }: RunPageFacts): readonly Part[] {
  const { plan } = view;
  return [
    // The browser updates relative times, so a new time alone sends nothing.
    { id: "head", html: runHead(view, lock, hold, now), version: String(runHead(view, lock, hold, 0)) },
    { id: "error", html: errorSection(view) },
    { id: "smoke", html: smokeSection(view) },
    { id: "failures", html: failuresSection(view) },
    { id: "outputs", html: outputsSection(view) },
    { id: "problems", html: problemsSection(view) },
    { id: "facts", html: factsSection(view, serverUrl) },
    {
      id: "changes",
      get html() {
        return changesSection(view, now);
      },
      version: plan?.digest ?? "",
    },
    {
      id: "graph",
      get html() {
        return graphSection(plan);
      },
      version: plan?.digest ?? "",
    },
  ];
}

/** Everything that may differ from the reader's page; cells come last, because `changes` creates them. */
export function runParts(facts: RunPageFacts): readonly Part[] {
  const { view, now } = facts;
  const cells = view.steps.flatMap((step): Part[] => [
    { id: cellId(step, "state"), html: stateCell(step) },
    { id: cellId(step, "id"), html: idCell(step) },
    { id: cellId(step, "time"), html: timeCell(step, now), version: String(timeCell(step, 0)) },
    { id: cellId(step, "note"), html: noteCell(step) },
  ]);
  return [...sections(facts), ...cells];
}

export function runTitle({ run }: RunView): string {
  return `${standingOf(run).word}: ${kindOf(run)} ${stackName(run.stack)} · ${fullName(run.stack.repository)}`;
}

interface RunBodyMore {
  /** All runs of the same command, including this one. */
  readonly siblings: readonly RunSummary[];
  readonly deployed: Deployed;
  /** Seconds after which a page without script reloads. */
  readonly refresh?: number | undefined;
}

/** The page's body. */
export function runBody(facts: RunPageFacts, { siblings, deployed, refresh }: RunBodyMore): Html {
  const { view } = facts;
  const { run } = view;
  const all = sections(facts);
  const [head, rest] = [all.slice(0, 1), all.slice(1)];
  return html`<nav class="crumbs" aria-label="Where this is"><ol><li><a href="/runs">Runs</a></li><li><a href="/runs?repository=${encodeURIComponent(fullName(run.stack.repository))}">${fullName(run.stack.repository)}</a></li></ol></nav>
<h1>${kindOf(run)} ${run.stack.stage}${run.stack.directory !== "." && html` <span class="dir">${run.stack.directory}</span>`}</h1>
${head.map(element)}
<p id="live" class="live">${!isEnded(run.state) && reloading(run, refresh)}</p>
${rest.map(element)}
${deployedSection(run, deployed, facts)}
${siblings.length > 1 && siblingsSection(run, siblings)}
${logSection(view)}`;
}

function element({ id, html: content }: Part): Html {
  return html`<div id="${id}">${content}</div>`;
}

/** Without JavaScript the page only reloads if the reader asks for it. */
function reloading(run: Run, refresh: number | undefined): Html {
  const address = `/runs/${run.id}`;
  return refresh === undefined
    ? html`<noscript><a href="${address}">Reload</a> to see its progress, or <a href="${address}?refresh=5">reload every 5 seconds</a>.</noscript>`
    : html`<noscript>This page reloads every ${refresh} seconds. <a href="${address}">Stop reloading</a>.</noscript>`;
}

function siblingsSection(run: Run, siblings: readonly RunSummary[]): Html {
  return html`<section aria-labelledby="siblings-title">
<h2 id="siblings-title">Stacks of the same command</h2>
<ul class="plain">
${siblings.map((other) =>
  other.id === run.id
    ? html`<li aria-current="page">${stackName(other.stack)} (this one)</li>`
    : html`<li><a href="/runs/${other.id}">${stackName(other.stack)}</a>: ${standingOf(other).word}</li>`,
)}
</ul>
</section>`;
}
