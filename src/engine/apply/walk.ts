/**
 * Walks a plan: a step runs once the steps it waits for are done, independent steps run in parallel, and a failure
 * stops only what depends on it.
 */
import { classOf, requestIdOf, translate } from "../../aws/errors.ts";
import type { Waited } from "../../aws/patient.ts";
import { GatewrightError } from "../../model/errors.ts";
import type { Change } from "../../model/plan.ts";
import type { Step } from "../plan/planning.ts";
import type { Live } from "../../resources/type.ts";
import { roomMakers } from "./room.ts";
import { type BeforeWrite, carryOut } from "./step.ts";
import type { ApplyEvent, ResourceResult, StepError, StepOutcome } from "../../model/apply.ts";
import type { World } from "./world.ts";

/** The most steps in progress at once. The request budget sets the pace; this limits memory and open connections. */
const SIDE_BY_SIDE = 24;

interface WalkOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: ApplyEvent) => void) | undefined;
  readonly beforeWrite: BeforeWrite;
}

interface Done {
  readonly outcome: StepOutcome;
  readonly live?: Live | undefined;
  readonly error?: StepError | undefined;
  readonly because?: string | undefined;
  readonly started: number;
  readonly ended: number;
}

/** Carries out every step it can and reports the result of every change. Never throws for a failed step. */
export async function walk(bare: World, options: WalkOptions): Promise<readonly ResourceResult[]> {
  const { steps, plan } = bare.planning;
  const { clock } = bare.aws;
  const done = new Map<string, Done>();
  const running = new Set<string>();
  const changes = plan.changes.filter(({ action }) => action !== "no-op");
  const byKey = new Map(changes.map((change) => [change.key, change]));
  const started = new Set<string>();
  const results = new Map<string, ResourceResult>();
  /** Steps that found no room, with the deletions that may make some. */
  const postponed = new Map<string, readonly string[]>();
  const stepsOf = Map.groupBy(steps, ({ key }) => key);
  const onWait = (key: string, { awaiting, since: at, until }: Waited): void => {
    const action = byKey.get(key)?.action;
    if (action !== undefined) options.onEvent?.({ kind: "step-waiting", key, action, awaiting, at, until });
  };
  /** Steps whose resource is made and not ready yet. */
  const made = new Set<string>();
  /** Ends what a running step waits for. */
  const stops = new Map<string, AbortController>();
  let advance = (): void => {};
  const onMade = (key: string): void => {
    for (const { id, operation } of stepsOf.get(key) ?? []) if (operation !== "delete") made.add(id);
    advance();
  };
  const world: World = { ...bare, onWait, onMade };

  const finish = (step: Step, what: Done): void => {
    running.delete(step.id);
    done.set(step.id, what);
    // Nothing else of this apply makes it ready.
    if (what.outcome !== "succeeded")
      for (const id of step.makesReady ?? []) stops.get(id)?.abort(waitsInVain(id, step));
    const change = byKey.get(step.key);
    const own = stepsOf.get(step.key) ?? [];
    if (change === undefined || !own.every(({ id }) => done.has(id))) return;
    const result = resultOf(change, own, done, world);
    results.set(change.key, result);
    options.onEvent?.({ kind: "step-finished", result, at: clock.now() });
  };

  const run = async (step: Step): Promise<void> => {
    const at = clock.now();
    const stop = new AbortController();
    stops.set(step.id, stop);
    const signal = AbortSignal.any([stop.signal, ...(options.signal === undefined ? [] : [options.signal])]);
    const doneBefore = new Set(done.keys());
    const change = byKey.get(step.key);
    if (change !== undefined && !started.has(step.key)) {
      started.add(step.key);
      options.onEvent?.({ kind: "step-started", key: step.key, action: change.action, at });
    }
    try {
      const live = await carryOut({ ...world, signal }, step, options.beforeWrite);
      finish(step, { outcome: "succeeded", live, started: at, ended: clock.now() });
    } catch (error) {
      const room = classOf(error) === "quota" ? roomMakers(step, steps, doneBefore) : [];
      if (room.length > 0) {
        running.delete(step.id);
        postponed.set(step.id, room);
        return;
      }
      // Cancelled while waiting: the next plan sees how far it got.
      const cancel = options.signal;
      if (cancel?.aborted === true && error === cancel.reason)
        return finish(step, { outcome: "cancelled", started: at, ended: clock.now() });
      finish(step, { outcome: "failed", error: stepError(error, step.key), started: at, ended: clock.now() });
    }
  };

  await new Promise<void>((resolve) => {
    advance = (): void => {
      let settled = true;
      while (settled) {
        settled = false;
        for (const step of steps) {
          if (done.has(step.id) || running.has(step.id)) continue;
          const failed = step.waitsFor.find((id) => {
            const other = done.get(id);
            return other !== undefined && other.outcome !== "succeeded";
          });
          const now = clock.now();
          if (failed !== undefined) {
            const origin = done.get(failed);
            const cancelled = origin?.outcome === "cancelled";
            const because = origin?.because ?? steps.find(({ id }) => id === failed)?.key;
            finish(step, { outcome: cancelled ? "cancelled" : "skipped", because, started: now, ended: now });
            settled = true;
          } else if (options.signal?.aborted === true) {
            finish(step, { outcome: "cancelled", started: now, ended: now });
            settled = true;
          } else if (
            running.size < SIDE_BY_SIDE &&
            [...step.waitsFor, ...(postponed.get(step.id) ?? [])].every(
              (id) => done.has(id) || (made.has(id) && step.makesReady?.includes(id) === true),
            )
          ) {
            running.add(step.id);
            void run(step).then(advance);
          }
        }
      }
      if (done.size === steps.length) resolve();
    };
    advance();
  });
  return changes.map((change) => {
    const own = results.get(change.key);
    if (own !== undefined) return own;
    const result = withParentResult(change, byKey, results);
    // Deleted with its parent, so none of its outputs are reported.
    if (result.outcome === "succeeded") world.live.delete(change.key);
    return result;
  });
}

function waitsInVain(id: string, { key }: Step): GatewrightError {
  return new GatewrightError("WAITS_IN_VAIN", `${id} was waiting for ${key}, which failed`, {
    hint: `Fix ${key} and apply again: what AWS has made already is kept.`,
  });
}

/** A replacement has two steps: it reports the worse result and the total time. */
function resultOf(
  change: Change,
  steps: readonly Step[],
  done: ReadonlyMap<string, Done>,
  world: World,
): ResourceResult {
  const all = steps.flatMap(({ id }) => done.get(id) ?? []);
  const worst =
    all.find(({ outcome }) => outcome === "failed") ??
    all.find(({ outcome }) => outcome !== "succeeded") ??
    all.at(-1);
  const live = all.find((one) => one.live !== undefined)?.live ?? world.live.get(change.key);
  const { key, type, name, action } = change;
  return {
    key,
    type,
    name,
    action,
    outcome: worst?.outcome ?? "succeeded",
    ...(live === undefined ? {} : { id: live.id }),
    durationMs: all.reduce((sum, { started, ended }) => sum + ended - started, 0),
    ...(worst?.error === undefined ? {} : { error: worst.error }),
    ...(worst?.because === undefined ? {} : { because: worst.because }),
  };
}

/** A resource that AWS deletes with its parent gets the parent's result. */
function withParentResult(
  change: Change,
  byKey: ReadonlyMap<string, Change>,
  results: ReadonlyMap<string, ResourceResult>,
): ResourceResult {
  let owner: Change | undefined = change;
  while (owner?.withParent === true) owner = byKey.get(owner.after[0] ?? "");
  const fate = owner === undefined ? undefined : results.get(owner.key)?.outcome;
  const { key, type, name, action } = change;
  const same = { key, type, name, action, durationMs: 0 };
  if (fate === undefined || fate === "succeeded") return { ...same, outcome: "succeeded" };
  return { ...same, outcome: fate === "cancelled" ? "cancelled" : "skipped", because: owner?.key };
}

function stepError(error: unknown, key: string): StepError {
  const shown = translate(error, key);
  const original = shown instanceof GatewrightError && shown.cause instanceof Error ? shown.cause : shown;
  const requestId = requestIdOf(original);
  if (shown instanceof GatewrightError) {
    return {
      // AWS's own code says more than a generic one.
      code: shown.code === "AWS_ERROR" && original instanceof Error ? original.name : shown.code,
      message: shown.message,
      ...(shown.hint === undefined ? {} : { hint: shown.hint }),
      ...(requestId === undefined ? {} : { requestId }),
    };
  }
  return {
    code: "INTERNAL",
    message: shown instanceof Error ? `${shown.name}: ${shown.message}` : String(shown),
    hint: "This is a bug in Gatewright: please report it with the run's log.",
  };
}
