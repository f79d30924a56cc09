/** What is written beside the comment: retried while GitHub may yet take it; what GitHub refuses for good is logged. */
import { messageOf, userErrors } from "../../../src/model/errors.ts";
import { retry } from "../../../src/model/retry.ts";
import { isTransient, statusOf } from "../../../src/github/errors.ts";
import type { Services } from "../../services/services.ts";
import type { Run } from "../../../src/model/run.ts";

/**
 * `write` has to find what it wrote before: an answer can get lost after the work was done. Throws what may pass and
 * has not yet, so that the queue comes back to it; a final refusal must not fail what was applied.
 */
export async function retryWrite(
  { clock, log }: Pick<Services, "clock" | "log">,
  run: Run,
  what: string,
  write: () => Promise<void>,
): Promise<void> {
  try {
    await retry(write, {
      clock,
      attempts: 3,
      backoff: { firstMs: 1000, longestMs: 2000, jitter: "none" },
      retryIf: (error) => (isTransient(error) ? "retry" : "stop"),
    });
  } catch (error) {
    if (isTransient(error)) throw error;
    logRefusal(log, run, what, error);
  }
}

/** Tries once and never fails: what is missed here is written when the run has ended. */
export async function writeOnce(
  { log }: Pick<Services, "log">,
  run: Run,
  what: string,
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    logRefusal(log, run, what, error);
  }
}

function logRefusal(log: Services["log"], run: Run, what: string, error: unknown): void {
  const [first] = userErrors(error) ?? [];
  log.warn(
    {
      runId: run.id,
      status: statusOf(error),
      error: messageOf(error),
      ...(first?.hint === undefined ? {} : { hint: first.hint }),
    },
    `GitHub refused ${what}`,
  );
}
