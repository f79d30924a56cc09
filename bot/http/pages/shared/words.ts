/** Words, times and durations, written the same way on all pages. */
import type { RunKind, RunState, RunSummary, StackRef } from "../../../../src/model/run.ts";
import { ago, duration } from "../../../../src/text/duration.ts";
import { type Html, html } from "../../web/html.ts";
import type { Icon } from "../../web/icons.ts";

export const KINDS: Readonly<Record<RunKind, string>> = {
  plan: "Plan",
  apply: "Apply",
  destroy: "Destroy",
  drift: "Drift check",
};

export const STATES: Readonly<Record<RunState, string>> = {
  waiting: "Waiting",
  queued: "Queued",
  running: "Running",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
  overtaken: "Overtaken",
};

interface Standing {
  readonly word: string;
  /** The class `is-…` of its colour. */
  readonly tone: RunState;
  readonly sign: Icon;
}

/** How a run stands, in a word. A plan that was made and cannot be applied is no success to its reader. */
export function standingOf({ state, kind, blocked }: RunSummary): Standing {
  const isBlocked = blocked === true && state === "succeeded" && (kind === "plan" || kind === "drift");
  return isBlocked
    ? { word: "Blocked", tone: "failed", sign: "warning" }
    : { word: STATES[state], tone: state, sign: state };
}

/** What the run does: a plan that was asked for on a page compares. */
export function kindOf({ kind, cause }: Pick<RunSummary, "kind" | "cause">): string {
  return cause.by === "page" ? "Compare" : KINDS[kind];
}

/** `dev`, or `dev, services/orders` where the stack is not the repository's root. */
export function stackName({ stage, directory }: StackRef): string {
  return directory === "." ? stage : `${stage}, ${directory}`;
}

/** `2 Nov 2026, 12:03:04 UTC`; the script turns it into the reader's own time. */
function dateTime(date: Date): string {
  const text = date.toLocaleString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return `${text} UTC`;
}

/** A time as "how long ago", with the exact time as its tooltip. */
export function moment(date: Date, now: number): Html {
  return html`<time datetime="${date.toISOString()}" data-as="ago" title="${dateTime(date)}">${ago(date.getTime(), now)}</time>`;
}

/** A time, to the second. */
export function exactly(date: Date): Html {
  return html`<time datetime="${date.toISOString()}" data-as="full">${dateTime(date)}</time>`;
}

/** The time of day, for log lines. */
export function clock(date: Date): Html {
  return html`<time datetime="${date.toISOString()}" data-as="clock" title="${dateTime(date)}">${date.toISOString().slice(11, 19)}</time>`;
}

/** The time elapsed so far; the script keeps counting. */
export function since(date: Date, now: number): Html {
  return html`<time datetime="${date.toISOString()}" data-as="since">${duration(now - date.getTime())}</time>`;
}
