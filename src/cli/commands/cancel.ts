/** Ctrl-C: the first one cancels between steps, the second one quits at once. */
import type { Io } from "../io.ts";

export const CANCELLED_EXIT = 130;

/** Listens until `stop` is called. */
export function cancelOnInterrupt(io: Io): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(CANCELLED_EXIT);
    io.note("Cancelling: running steps finish, no new ones start. Press Ctrl-C again to quit at once.");
    controller.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return {
    signal: controller.signal,
    stop: () => {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
    },
  };
}
