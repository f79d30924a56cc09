/** One job of the queue: handled, and logged where that fails. */
import { stackOf, userErrors } from "../../../src/model/errors.ts";
import type { Log } from "../../services/services.ts";

/** A job as its handler gets it. `attempt` counts from 1. */
export interface Handed<Data> {
  readonly data: Data;
  readonly attempt: number;
  readonly signal: AbortSignal;
}

/** A failed job is tried again by the queue; here it is only logged, except for a run that was handed back on purpose. */
export async function guarded<Data extends object>(
  name: string,
  job: { readonly data: Data; readonly retryCount: number; readonly signal: AbortSignal },
  handle: (job: Handed<Data>) => Promise<void>,
  log: Log,
): Promise<void> {
  const { data, signal } = job;
  const attempt = job.retryCount + 1;
  try {
    await handle({ data, attempt, signal });
  } catch (error) {
    if (!(error instanceof HandedBack))
      log.error({ ...data, queue: name, attempt, error: causeOf(error) }, "a job failed and is tried again");
    throw error;
  }
}

/** Known errors are logged by their code; only a bug needs its stack. */
function causeOf(error: unknown): string {
  const known = userErrors(error)?.map(({ code, message }) => `${code}: ${message}`);
  return known?.join("; ") ?? stackOf(error);
}

/** Thrown to the queue for a run that goes on elsewhere: not a failure. */
export class HandedBack extends Error {
  constructor(runId: string) {
    super(`run ${runId} goes on in another process`);
    this.name = "HandedBack";
  }
}
