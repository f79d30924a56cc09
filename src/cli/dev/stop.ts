/** Waits until the user ends a command that runs until then. */

/** Signals closer together than this are one wish: npx passes a Ctrl-C on that the terminal has sent here too. */
const SAME_MS = 1_000;

interface Signals {
  on(signal: "SIGINT" | "SIGTERM" | "SIGHUP", listener: () => void): unknown;
}

/**
 * Resolves at the first signal, also when the terminal is closed. Whoever asks again does not wait for the end: `leave` is called,
 * by default an exit at which child processes are ended.
 */
export function untilStopped(
  signals: Signals = process,
  leave: () => void = () => process.exit(130),
  now: () => number = Date.now,
): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const onSignal = (): void => {
      first ??= now();
      if (now() - first > SAME_MS) leave();
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) signals.on(signal, onSignal);
  });
}
