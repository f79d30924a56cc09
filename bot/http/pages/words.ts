/** Words, times and lengths of time as all pages say them. */
import type { Action } from "../../../src/model/plan.ts";
import type { Run, RunKind, RunState, StackRef } from "../../../src/model/run.ts";
import { type Html, html } from "../html.ts";

export const KINDS: Readonly<Record<RunKind, string>> = {
  plan: "Plan",
  apply: "Apply",
  destroy: "Destroy",
  drift: "Drift check",
};

export const STATES: Readonly<Record<RunState, string>> = {
  queued: "Queued",
  running: "Running",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** What a step is doing; `unfinished`: its run ended before it did. */
export type StepState =
  | "waiting"
  | "running"
  | "succeeded"
  | "failed"
  | "skipped"
  | "cancelled"
  | "unfinished";

export const STEPS: Readonly<Record<StepState, string>> = {
  waiting: "Waiting",
  running: "Running",
  succeeded: "Done",
  failed: "Failed",
  skipped: "Skipped",
  cancelled: "Cancelled",
  unfinished: "Not done",
};

/** The sign before the word, as in a diff. */
export const SIGNS: Readonly<Record<Action, string>> = {
  create: "+",
  update: "~",
  replace: "±",
  delete: "−",
  "no-op": "=",
};

export function hasEnded(run: Pick<Run, "state">): boolean {
  return run.state !== "queued" && run.state !== "running";
}

export function repositoryName({ repository }: StackRef): string {
  return `${repository.owner}/${repository.name}`;
}

/** `dev`, or `dev, services/orders` where the stack is not the repository's root. */
export function stackName({ stage, directory }: StackRef): string {
  return directory === "." ? stage : `${stage}, ${directory}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `0.4 s`, `41 s`, `2 min 5 s`, `3 h 12 min`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 0.1) return "under 0.1 s";
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return joined(Math.floor(whole / 60), "min", whole % 60, "s");
  return joined(Math.floor(whole / 3600), "h", Math.floor((whole % 3600) / 60), "min");
}

function joined(large: number, unit: string, small: number, smaller: string): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smaller}`;
}

/** `just now`, `5 minutes ago`, `3 days ago`. */
export function ago(date: Date, now: number): string {
  const minutes = Math.floor((now - date.getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${plural(minutes, "minute")} ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${plural(hours, "hour")} ago` : `${plural(Math.floor(hours / 24), "day")} ago`;
}

/** `2 Nov 2026, 12:03:04 UTC`; the script turns it into the reader's own time. */
export function dateTime(date: Date): string {
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

/** A moment: how long ago, with the exact time for who points at it. */
export function moment(date: Date, now: number): Html {
  return html`<time datetime="${date.toISOString()}" data-as="ago" title="${dateTime(date)}">${ago(date, now)}</time>`;
}

/** A moment to the second. */
export function exactly(date: Date): Html {
  return html`<time datetime="${date.toISOString()}" data-as="full">${dateTime(date)}</time>`;
}

/** Only the time of day, for lines of a log. */
export function clock(date: Date): Html {
  return html`<time datetime="${date.toISOString()}" data-as="clock" title="${dateTime(date)}">${date.toISOString().slice(11, 19)}</time>`;
}

/** How long it has been going on; the script counts on. */
export function since(date: Date, now: number): Html {
  return html`<time datetime="${date.toISOString()}" data-as="since">${duration(now - date.getTime())}</time>`;
}
