/** The sections of a run's page around its changes: facts, problems, error, outputs, log. */
import { commentUrl } from "../../services/comment-url.ts";
import type { RunEvent } from "../../../src/model/run.ts";
import { sortedOutputs } from "../../../src/report/outputs.ts";
import { VOCABULARY } from "../../../src/report/vocabulary.ts";
import { duration } from "../../../src/text/duration.ts";
import { plural } from "../../../src/text/words.ts";
import { type Html, html, type Part, webAddress } from "../web/html.ts";
import { icon } from "../web/icons.ts";
import { historyAddress } from "./shared/history-address.ts";
import type { RunView } from "./run-view.ts";
import { aboutResource, resourceCell, resourceName } from "./shared/resource.ts";
import { clock, exactly } from "./shared/words.ts";
import { fullName } from "../../../src/model/repository.ts";

/** The run's stack, cause, attempts and times. */
export function factsSection({ run, plan }: RunView, serverUrl: string): Html {
  const repository = fullName(run.stack.repository);
  const base = `${serverUrl}/${repository}`;
  const fact = (term: string, value: Part, size = ""): Html =>
    html`<div class="${size}"><dt>${term}</dt><dd>${value}</dd></div>`;
  const pull = run.cause.by === "schedule" ? undefined : run.cause.pull;
  return html`<dl class="facts">
${fact("Repository", html`<a href="${base}">${repository}</a>`)}
${pull !== undefined && fact("Pull request", html`<a href="${base}/pull/${pull}">#${pull}</a>`)}
${fact("Commit", html`<a href="${base}/commit/${run.sha}"><code>${run.sha.slice(0, 7)}</code></a>`)}
${fact("Asked by", askedBy(run.cause, run.text, base), run.cause.by === "command" ? "wide" : "")}
${plan !== undefined && fact("Account", html`<code>${plan.stack.account}</code>`)}
${plan !== undefined && fact("Region", html`<code>${plan.stack.region}</code>`)}
${plan !== undefined && fact("Plan", html`<code>${plan.id}</code>`)}
${fact("Stack", html`<a href="${historyAddress(run.stack)}">its history</a>`)}
${fact("Asked at", exactly(run.createdAt))}
${run.endedAt !== undefined && fact("Ended at", exactly(run.endedAt))}
${run.attempts > 1 && fact("Started", `${run.attempts} times: an earlier process ended before the run did`, "wide")}
</dl>`;
}

function askedBy(cause: RunView["run"]["cause"], text: string | undefined, base: string): Part {
  if (cause.by === "schedule") return "the schedule";
  if (cause.by === "merge") return html`${cause.login}, by merging`;
  if (cause.by === "preview") return html`${cause.login}, for the preview`;
  if (cause.by === "approval") return html`${cause.login}, by approving`;
  if (cause.by === "page")
    return html`${cause.login}, on the page of <a href="/runs/${cause.of}">another run</a>`;
  const command = text === undefined ? "a command" : html`<code>${text}</code>`;
  return html`${cause.login}, with <a href="${commentUrl(base, cause)}">${command}</a>`;
}

/** The run's own error, as opposed to a step's. */
export function errorSection({ run }: RunView): Html {
  if (run.error === undefined) return html``;
  const { code, message, hint } = run.error;
  return html`<section class="box is-failed" aria-labelledby="error-title">
<h2 id="error-title">${icon("failed")}What went wrong</h2>
<p><strong><code>${code}</code></strong> ${message}</p>
${hint !== undefined && html`<p>${hint}</p>`}
</section>`;
}

/** The steps that failed, above everything that went well. */
export function failuresSection({ steps }: RunView): Html {
  const failed = steps.filter(({ state, error }) => state === "failed" && error !== undefined);
  if (failed.length === 0) return html``;
  return html`<section class="box is-failed" aria-labelledby="failures-title">
<h2 id="failures-title">${icon("failed")}${plural(failed.length, "change")} failed</h2>
<ul>
${failed.map(
  ({ change, error }) =>
    html`<li><strong>${resourceName(change.key)}</strong>: <code>${error?.code}</code> ${error?.message}${error?.hint !== undefined && html` <span class="hint">${error.hint}</span>`}</li>`,
)}
</ul>
</section>`;
}

export function problemsSection({ plan, blocking }: RunView): Html {
  if (plan === undefined || plan.problems.length === 0) return html``;
  return html`<section class="box ${blocking.length > 0 ? "is-failed" : "is-warning"}" aria-labelledby="problems-title">
<h2 id="problems-title">${icon("warning")}${blocking.length > 0 ? "What is in the way" : html`${plural(plan.problems.length, "thing")} to know`}</h2>
<ul>
${plan.problems.map(
  ({ severity, code, message, hint, key }) =>
    html`<li><strong>${severity === "error" ? "Blocks the apply: " : ""}<code>${code}</code></strong> ${aboutResource(message, key)}${hint !== undefined && html` <span class="hint">${hint}</span>`}</li>`,
)}
</ul>
</section>`;
}

/** The stack's addresses, once they are known. */
export function outputsSection({ run }: RunView): Html {
  const outputs = sortedOutputs(run.result?.outputs ?? []);
  if (outputs.length === 0) return html``;
  return html`<section aria-labelledby="outputs-title">
<h2 id="outputs-title">Outputs</h2>
<div class="scroll">
<table role="table" class="outputs">
<caption class="sr">What AWS assigned</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Output</th><th role="columnheader" scope="col">Resource</th><th role="columnheader" scope="col">Value</th></tr></thead>
<tbody role="rowgroup">
${outputs.map(
  ({ name, type, resource, value }) =>
    html`<tr role="row"><th role="rowheader" scope="row">${name}</th><td role="cell" data-label="Resource"><span>${resourceCell({ type, name: resource })}</span></td><td role="cell" data-label="Value">${addressed(value)}</td></tr>`,
)}
</tbody>
</table>
</div>
</section>`;
}

/** The calls after an apply. */
export function smokeSection({ run }: RunView): Html {
  const calls = run.result?.smoke ?? [];
  if (calls.length === 0) return html``;
  const failed = calls.some(({ passed }) => !passed);
  return html`<section class="box ${failed && "is-failed"}" aria-labelledby="smoke-title">
<h2 id="smoke-title">${failed && icon("failed")}Smoke test</h2>
<ul>
${calls.map(({ call, url, passed, found, durationMs }) => {
  const address = webAddress(url ?? "");
  const called =
    address === undefined
      ? html`<code>${call}</code>`
      : html`<a href="${address}" rel="noreferrer"><code>${call}</code></a>`;
  return html`<li>${called} ${passed ? "" : html`<strong>failed</strong>: `}${found} <span class="muted">${duration(durationMs)}</span></li>`;
})}
</ul>
</section>`;
}

function addressed(value: string): Html {
  const address = webAddress(value);
  return address === undefined
    ? html`<code class="id">${value}</code>`
    : html`<a href="${address}" rel="noreferrer"><code>${value}</code></a>`;
}

/** The page shows only the newest lines. */
const MOST_LINES = 2000;

export function logSection({ events }: RunView): Html {
  const lines = events.slice(-MOST_LINES);
  const left = events.length - lines.length;
  return html`<section aria-labelledby="log-title">
<h2 id="log-title">Log</h2>
${left > 0 && html`<p class="muted">${plural(left, "earlier line")} left out.</p>`}
<ol id="log" class="log" tabindex="0" aria-labelledby="log-title">${lines.map(logLine)}</ol>
</section>`;
}

export function logLine(line: RunEvent): Html {
  const { sequence, at, event } = line;
  const failed = event.kind === "step-finished" && event.result.outcome === "failed";
  return html`<li id="log-${sequence}"${failed && html` class="is-failed"`}>${clock(at)} <span>${lineText(event)}</span></li>`;
}

function lineText(event: RunEvent["event"]): Part {
  if (event.kind === "log") return event.text;
  if (event.kind === "plan") return html`plan <code>${event.planId}</code>`;
  if (event.kind === "step-started")
    return `${VOCABULARY[event.action].symbol} ${event.action} ${event.key} …`;
  if (event.kind === "step-waiting")
    return html`${event.key} waits for ${event.awaiting}, since ${clock(new Date(event.at))} and until ${clock(new Date(event.until))} at most`;
  const { action, key, outcome, id, durationMs, error, because } = event.result;
  const tail =
    error !== undefined
      ? `: ${error.code}: ${error.message}`
      : because !== undefined
        ? `, because ${because} failed`
        : id === undefined
          ? ""
          : ` → ${id}`;
  const took = outcome === "succeeded" || outcome === "failed" ? ` in ${duration(durationMs)}` : "";
  return `${VOCABULARY[action].symbol} ${action} ${key} ${outcome}${took}${tail}`;
}
