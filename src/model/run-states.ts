/**
 * The states of a run: `(waiting →) queued → running → succeeded / failed / cancelled / overtaken`. Pure. A running run returns to `queued`
 * when its process shuts down, and starts another attempt when its process died. Cancelling ends a queued run at once and
 * asks a running one to stop. Overtaken: the branch has moved past its commit, so it changed nothing. An ended run never changes.
 * The SQL of bot/db/tables/attempts.ts does the same under row locks; a property test compares the two.
 */
import type { RunState } from "./run.ts";

const NEXT: Readonly<Record<RunState, readonly RunState[]>> = {
  waiting: ["queued", "failed", "cancelled"],
  queued: ["waiting", "running", "failed", "cancelled"],
  running: ["waiting", "running", "queued", "succeeded", "failed", "cancelled", "overtaken"],
  succeeded: [],
  failed: [],
  cancelled: [],
  overtaken: [],
};

export const RUN_STATES = [
  "waiting",
  "queued",
  "running",
  "succeeded",
  "failed",
  "cancelled",
  "overtaken",
] as const satisfies readonly RunState[];

export type EndState = "succeeded" | "failed" | "cancelled" | "overtaken";

export function canMove(from: RunState, to: RunState): boolean {
  return NEXT[from].includes(to);
}

export function isEnded(state: RunState): state is EndState {
  return NEXT[state].length === 0;
}

/** Nobody is at it: cancelling ends it at once. */
function isIdle(state: RunState): boolean {
  return state === "queued" || state === "waiting";
}

/** The states from which a run can enter this one. */
export function statesBefore(to: RunState): readonly RunState[] {
  return RUN_STATES.filter((from) => canMove(from, to));
}

/** The part of a run that decides its transitions. */
export interface Standing {
  readonly state: RunState;
  readonly attempts: number;
  readonly cancelRequested: boolean;
}

export const NEW_RUN: Standing = { state: "queued", attempts: 0, cancelRequested: false };

/** The events. `attempt` identifies the sender: only events of the latest attempt count. */
export type Happening =
  | { readonly kind: "begin" }
  | { readonly kind: "end"; readonly attempt: number; readonly state: EndState }
  | { readonly kind: "hand-back"; readonly attempt: number }
  | { readonly kind: "cancel" };

/** The run's next state; `undefined` if the event is not allowed (the run has ended, or the attempt was superseded). */
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
      return { ...run, cancelRequested: true, state: isIdle(run.state) ? "cancelled" : run.state };
  }
}
