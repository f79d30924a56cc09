/** Decides the outcome of an attempt from what happened in it. Pure. */
import { type ApplyResult, failedSmoke } from "../../src/model/apply.ts";
import type { Plan } from "../../src/model/plan.ts";
import { type GatewrightError, userErrors } from "../../src/model/errors.ts";
import type { RunOutcome } from "../services/store.ts";
import type { RunError, RunMistake } from "../../src/model/run.ts";
import { isOvertaken } from "./checks/order.ts";
import { Stopped } from "./stops.ts";

/** The result of carrying a run out; it throws if the run could not proceed at all. */
export interface Completed {
  readonly plan?: Plan | undefined;
  /** Apply and destroy only. */
  readonly result?: ApplyResult | undefined;
}

export type Happened = { readonly completed: Completed } | { readonly thrown: unknown };

/** `over` with how the run ends; `again` when the rest of it is for another attempt. */
export type Verdict = { readonly kind: "over"; readonly outcome: RunOutcome } | { readonly kind: "again" };

/** Evaluates an attempt that was, or was not, asked to stop. What it finished all the same counts as finished. */
export function evaluateAttempt(happened: Happened, stopped: Stopped | undefined): Verdict {
  if ("thrown" in happened) {
    const { thrown } = happened;
    if (stopped?.why === "taken-over") return { kind: "again" };
    if (isOvertaken(thrown)) return over("overtaken", {}, errorOf(thrown));
    if (stopped === undefined || !isAbort(thrown)) return over("failed", {}, errorOf(thrown));
    return stoppedVerdict(stopped, {});
  }
  const { completed } = happened;
  const { result } = completed;
  if (result === undefined || (result.succeeded && failedSmoke(result).length === 0))
    return over("succeeded", completed);
  // The process that took over reports the end; steps refused because of the lost lock are not failures.
  if (stopped?.why === "taken-over" || stopped?.why === "unlocked") return stoppedVerdict(stopped, completed);
  if (stopped !== undefined && result.cancelled) return stoppedVerdict(stopped, completed);
  return over(result.cancelled ? "cancelled" : "failed", completed);
}

function stoppedVerdict(stopped: Stopped, completed: Completed): Verdict {
  if (stopped.why === "drain" || stopped.why === "taken-over") return { kind: "again" };
  return stopped.why === "cancel"
    ? over("cancelled", completed)
    : over("failed", completed, errorOf(stopped));
}

function over(state: RunOutcome["state"], { plan, result }: Completed, error?: RunError): Verdict {
  return {
    kind: "over",
    outcome: {
      state,
      ...(plan === undefined ? {} : { plan }),
      ...(result === undefined ? {} : { result }),
      ...(error === undefined ? {} : { error }),
    },
  };
}

function isAbort(thrown: unknown): boolean {
  return thrown instanceof Stopped || (thrown instanceof Error && thrown.name === "AbortError");
}

/** Several mistakes at once become one error that lists them. */
export function errorOf(thrown: unknown): RunError {
  const [first, ...more] = userErrors(thrown) ?? [];
  if (first === undefined) {
    return {
      code: "INTERNAL",
      message: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
      hint: "This is a bug in Gatewright, or something it stands on failed: look at the run's log and try again.",
    };
  }
  const where = (error: typeof first): string =>
    error.at === undefined ? error.message : `${error.at.file}:${error.at.line}: ${error.message}`;
  return {
    code: first.code,
    message: [first, ...more].map(where).join("\n"),
    ...(first.hint === undefined ? {} : { hint: first.hint }),
    ...(more.length === 0 && first.at === undefined ? {} : { mistakes: [first, ...more].map(mistakeOf) }),
  };
}

function mistakeOf({ code, message, hint, at }: GatewrightError): RunMistake {
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(at === undefined ? {} : { at }),
  };
}
