/** The top of a run's page: its state as a word, a bar and a sentence. */
import type { Hold, Lock } from "../../../src/model/run.ts";
import { isEnded } from "../../../src/model/run-states.ts";
import { shortSha } from "../../../src/text/sha.ts";
import { duration } from "../../../src/text/duration.ts";
import { plural } from "../../../src/text/words.ts";
import { type Html, html } from "../web/html.ts";
import { icon } from "../web/icons.ts";
import type { RunView, StepView } from "./run-view.ts";
import { since, standingOf } from "./shared/words.ts";

/** The part of the header that updates. */
export function runHead(view: RunView, lock: Lock | undefined, hold: Hold | undefined, now: number): Html {
  const { word, tone, sign } = standingOf(view.run);
  return html`<p class="standing"><span class="pill is-${tone}">${icon(sign)}${word}</span>
<span class="sentence">${sentence(view, lock)}${holdSentence(view, hold)}</span>
<span class="muted">${elapsed(view, now)}</span></p>
${bar(view)}`;
}

/** The same in one sentence, for the page's live region. */
export function announcement({ run, steps, writes, counts }: RunView): string {
  if (!writes || isEnded(run.state) || run.state === "queued" || steps.length === 0)
    return standingOf(run).word;
  const last = steps.findLast(({ state }) => state === "failed");
  const failed = last === undefined ? "" : `. ${last.change.name} failed`;
  return `${counts.succeeded} of ${plural(steps.length, "change")} made${failed}`;
}

/** Whom the run waits for, or that its own pull request keeps others waiting. */
function holdSentence({ run }: RunView, hold: Hold | undefined): Html | undefined {
  if (run.state === "waiting")
    return hold?.rollback === true
      ? html`Waiting for /release: #${hold.pull} took this stack back to ${shortSha(hold.sha)}.`
      : hold === undefined
        ? html`Waiting for another pull request.`
        : html`Waiting: #${hold.pull} has applied changes to this stack that are not merged yet.`;
  if (hold === undefined) return undefined;
  if (hold.rollback === true)
    return html` It holds this stack at ${shortSha(hold.sha)} until somebody sends /release.`;
  return hold.closedAt === undefined
    ? html` #${hold.pull} holds this stack until it is merged, closed or released.`
    : html` #${hold.pull} was closed without a merge: what it applied is still there.`;
}

function sentence(view: RunView, lock: Lock | undefined): Html {
  const { run, plan, steps, counts, writes, blocking } = view;
  if (run.state === "waiting") return html``;
  if (run.state === "queued") {
    return lock === undefined || lock.runId === run.id
      ? html`Waiting for its turn.`
      : html`Waiting: the stack is locked by ${lock.owner} (${lock.reason}).`;
  }
  if (run.state === "running") {
    if (run.cancelRequested) return html`Stopping once the current steps finish.`;
    if (plan === undefined) return html`Reading AWS and planning…`;
    return steps.length === 0 ? html`Nothing to change.` : html`${made(view)}.`;
  }
  if (run.state === "overtaken") return html`Changed nothing: ${run.error?.message ?? "overtaken"}.`;
  if (plan === undefined)
    return run.state === "cancelled"
      ? html`Cancelled before its first step.`
      : html`Stopped before a plan was made.`;
  if (steps.length === 0)
    return html`Nothing ${writes ? "had to change" : "would change"}: AWS matches the spec.`;
  if (!writes) {
    return html`${plural(steps.length, "change")} would be made${blocking.length > 0 && `; ${plural(blocking.length, "problem")} in the way`}.`;
  }
  return counts.succeeded === steps.length
    ? html`${steps.length === 1 ? "The change was" : `All ${steps.length} changes were`} made.`
    : html`${made(view)}.`;
}

function made({ steps, counts }: Pick<RunView, "steps" | "counts">): string {
  const parts = [`${counts.succeeded} of ${plural(steps.length, "change")} made`];
  if (counts.failed > 0) parts.push(`${counts.failed} failed`);
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  if (counts.cancelled + counts.unfinished > 0)
    parts.push(`${counts.cancelled + counts.unfinished} not done`);
  return parts.join(", ");
}

function elapsed({ run }: RunView, now: number): Html {
  const { startedAt, endedAt } = run;
  if (startedAt === undefined) return html``;
  return endedAt === undefined
    ? since(startedAt, now)
    : html`${duration(endedAt.getTime() - startedAt.getTime())}`;
}

/** One piece for each change, in plan order; beyond a few hundred they would be thinner than a pixel. */
const MOST_PIECES = 240;

function bar({ steps, writes, counts, plan }: RunView): Html {
  if (!writes || plan === undefined || steps.length === 0) return html``;
  const done = steps.length - counts.waiting - counts.running - counts.unfinished - counts.cancelled;
  const pieces = steps.length <= MOST_PIECES ? steps : thinned(steps);
  return html`<div class="bar${pieces.length > 60 && " is-dense"}" role="progressbar" aria-label="Changes made" aria-valuemin="0" aria-valuemax="${steps.length}" aria-valuenow="${done}" aria-valuetext="${made({ steps, counts })}">
${pieces.map(({ state }) => html`<span class="is-${state}"></span>`)}
</div>`;
}

function thinned(steps: readonly StepView[]): readonly StepView[] {
  const every = steps.length / MOST_PIECES;
  return Array.from({ length: MOST_PIECES }, (_, piece) => steps[Math.floor(piece * every)]).filter(
    (step) => step !== undefined,
  );
}
