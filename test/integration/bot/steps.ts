/** A stand-in for the engine: steps one after the other, fenced, cancelled between two of them. */
import type { RunHooks } from "../../../bot/runs/attempt.ts";
import type { Completed } from "../../../bot/runs/outcome.ts";
import type { Run } from "../../../src/model/run.ts";
import type { ApplyResult } from "../../../src/index.ts";

export interface Steps {
  readonly steps: number;
  readonly stepMs: number;
  /** The write itself. */
  readonly write: (step: number) => void;
  /** The first step that is still to do. */
  readonly from?: number;
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Fails a step whose write is refused and goes on to the next, as the engine does. */
export async function writeSteps(_run: Run, hooks: RunHooks, how: Steps): Promise<Completed> {
  let failed = false;
  let cancelled = false;
  for (let step = how.from ?? 0; step < how.steps; step += 1) {
    if (hooks.signal.aborted) {
      cancelled = true;
      break;
    }
    const key = `step-${step}`;
    hooks.onEvent({ kind: "step-started", key, action: "create", at: Date.now() });
    try {
      await hooks.beforeWrite(key);
      how.write(step);
    } catch {
      failed = true;
    }
    await sleep(how.stepMs);
    hooks.onEvent({ kind: "step-finished", result: resultOf(key), at: Date.now() });
  }
  return { result: anApplyResult({ succeeded: !failed && !cancelled, cancelled }) };
}

function resultOf(key: string): ApplyResult["results"][number] {
  return { key, type: "T::T", name: key, action: "create", outcome: "succeeded", durationMs: 1 };
}

/** A result with a plan nobody looks into. */
export function anApplyResult(more: Partial<ApplyResult> = {}): ApplyResult {
  return {
    plan: {
      id: "0123456789ab",
      changes: [] as readonly unknown[],
      problems: [] as readonly unknown[],
    } as ApplyResult["plan"],
    succeeded: true,
    results: [],
    outputs: [],
    durationMs: 1,
    awsCalls: 1,
    cancelled: false,
    ...more,
  };
}
