/** The smoke test of a run: after an apply that succeeded, also of one that found nothing to do. */
import type { ApplyResult, SmokeCall } from "../../src/model/apply.ts";
import type { Run } from "../../src/model/run.ts";
import type { SmokeSettings } from "../../src/settings/smoke.ts";
import { duration } from "../../src/text/duration.ts";
import type { Services } from "../services/services.ts";
import type { RunHooks } from "./attempt.ts";
import { Stopped } from "./stops.ts";
import { makeSmokeCalls } from "./smoke/calls.ts";
import { send } from "./smoke/send.ts";

/**
 * The result with the calls. A cancelled run keeps what it applied, and is cancelled; in a process that ends the next one makes the calls,
 * because the attempt is not over.
 */
export async function withSmoke(
  { clock, awsEndpoint }: Pick<Services, "clock" | "awsEndpoint">,
  run: Run,
  smoke: SmokeSettings,
  result: ApplyResult,
  { signal, onLog }: Pick<RunHooks, "signal" | "onLog">,
): Promise<ApplyResult> {
  const wanted = Object.keys(smoke).length > 0 && run.kind === "apply" && run.goneFrom === undefined;
  if (!wanted || !result.succeeded) return result;
  onLog("the smoke test begins");
  const { directory } = run.stack;
  const { outputs } = result;
  try {
    const calls = await makeSmokeCalls({ smoke, directory, outputs, via: awsEndpoint, clock, send, signal });
    for (const call of calls) onLog(`smoke test: ${lineOf(call)}`);
    return calls.length === 0 ? result : { ...result, smoke: calls };
  } catch (error) {
    const why = signal.reason instanceof Stopped ? signal.reason.why : undefined;
    if (!signal.aborted || why === "drain" || why === "taken-over") throw error;
    return {
      ...result,
      cancelled: true,
      smoke: [{ call: "smoke", passed: false, found: "was cancelled", durationMs: 0 }],
    };
  }
}

function lineOf({ call, passed, found, durationMs }: SmokeCall): string {
  return `${call} ${passed ? "" : "failed: "}${found} after ${duration(durationMs)}`;
}
