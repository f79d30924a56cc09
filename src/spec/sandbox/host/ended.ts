/** Evaluations that were ended before they had a result. */
import { GatewrightError } from "../../../model/errors.ts";
import { type Limits, memoryError, timeoutError } from "../limits.ts";
import type { Outcome } from "../protocol.ts";

/** The error for an evaluation that did not finish. */
export function endedError(
  { ended, detail, at }: Extract<Outcome, { ended: string }>,
  limits: Limits,
): GatewrightError {
  switch (ended) {
    case "timeout":
      return timeoutError(at, limits);
    case "memory":
      return memoryError(at, limits);
    case "pending":
      return new GatewrightError("SPEC_PENDING", "the spec waits for a promise that never settles", {
        hint: "A spec has no timers and no network, so nothing outside it can settle a promise.",
        at,
      });
    case "crash":
      return new GatewrightError("SPEC_CRASHED", `the sandbox crashed: ${detail.split("\n")[0] ?? ""}`, {
        hint: "Very deep nesting or recursion can cause this. If it is an ordinary spec, please report it.",
        at,
      });
  }
}
