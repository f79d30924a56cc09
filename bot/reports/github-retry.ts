/** What is written beside the comment: tried again while GitHub may yet take it; what GitHub refuses for good is logged. */
import { userErrors } from "../../src/model/errors.ts";
import type { Services } from "../services/services.ts";
import type { Run } from "../../src/model/run.ts";
import { statusOf } from "../../src/github/api.ts";

const TRIES = 3;

/** GitHub's bad moments pass; a missing permission, a vanished commit and our own mistakes do not. */
export function mayPass(error: unknown): boolean {
  const code = userErrors(error)?.[0]?.code;
  if (code !== undefined && !code.startsWith("GITHUB_")) return false;
  if (code === "GITHUB_RATE_LIMITED") return true;
  const status = statusOf(error);
  return status === undefined || status >= 500 || status === 401;
}

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
  for (let tried = 1; ; tried += 1) {
    try {
      await write();
      return;
    } catch (error) {
      if (!mayPass(error)) {
        refused(log, run, what, error);
        return;
      }
      if (tried >= TRIES) throw error;
      await clock.sleep(1000 * tried);
    }
  }
}

/** Once, and never a reason to stop: what is missed here is made up for when the run has ended. */
export async function attempt(
  { log }: Pick<Services, "log">,
  run: Run,
  what: string,
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    refused(log, run, what, error);
  }
}

function refused(log: Services["log"], run: Run, what: string, error: unknown): void {
  const [first] = userErrors(error) ?? [];
  log.warn(
    {
      runId: run.id,
      status: statusOf(error),
      error: error instanceof Error ? error.message : String(error),
      ...(first?.hint === undefined ? {} : { hint: first.hint }),
    },
    `GitHub did not take ${what}`,
  );
}
