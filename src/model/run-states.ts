/**
 * The life of a run, pure: `queued → running → succeeded / failed / cancelled`. A running run goes back to `queued` when
 * its process drains, and starts again (one attempt more) when its process died. Cancelling ends a waiting run at once
 * and asks a running one to stop. An ended run never changes.
 * The SQL of bot/db/tables/attempts.ts does the same under its row locks; a property test holds the two together.
 */
import type { RunState } from "./run.ts";

const NEXT: Readonly<Record<RunState, readonly RunState[]>> = {
  queued: ["running", "failed", "cancelled"],
  running: ["running", "queued", "succeeded", "failed", "cancelled"],
  succeeded: [],
  failed: [],
  cancelled: [],
};

export const RUN_STATES = [
  "queued",
  "running",
  "succeeded",
  "failed",
  "cancelled",
] as const satisfies readonly RunState[];

export type EndState = "succeeded" | "failed" | "cancelled";

export function canMove(from: RunState, to: RunState): boolean {
  return NEXT[from].includes(to);
}

export function isEnded(state: RunState): state is EndState {
  return NEXT[state].length === 0;
}

/** The states a run may be in just before it is in this one. */
export function statesBefore(to: RunState): readonly RunState[] {
  return RUN_STATES.filter((from) => canMove(from, to));
}

/** What of a run decides what may happen to it. */
export interface Standing {
  readonly state: RunState;
  readonly attempts: number;
  readonly cancelRequested: boolean;
}

export const NEW_RUN: Standing = { state: "queued", attempts: 0, cancelRequested: false };

/** What can happen. `attempt` says whose word it is: only the newest attempt's counts. */
export type Happening =
  | { readonly kind: "begin" }
  | { readonly kind: "end"; readonly attempt: number; readonly state: EndState }
  | { readonly kind: "hand-back"; readonly attempt: number }
  | { readonly kind: "cancel" };

/** How the run stands afterwards; undefined when that must not happen (an ended run, an attempt that was taken over). */
export function advance(run: Standing, what: Happening): Standing | undefined {
  switch (what.kind) {
    case "begin":
      return canMove(run.state, "running")
        ? { ...run, state: "running", attempts: run.attempts + 1 }
        : undefined;
    case "end":
      return canMove(run.state, what.state) && what.attempt === run.attempts
        ? { ...run, state: what.state }
        : undefined;
    case "hand-back":
      return run.state === "running" && what.attempt === run.attempts
        ? { ...run, state: "queued" }
        : undefined;
    case "cancel":
      if (isEnded(run.state)) return undefined;
      return { ...run, cancelRequested: true, state: run.state === "queued" ? "cancelled" : run.state };
  }
}
