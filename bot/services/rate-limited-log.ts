/** Limits how often a message is logged and counts the suppressed ones, so that an outage does not fill the log. */

/** `say` receives the newest message and the number of messages suppressed since the last call. */
export function rateLimitedLog<T>(
  say: (what: T, leftOut: number) => void,
  everyMs = 10_000,
  now: () => number = Date.now,
): (what: T) => void {
  let spoke = Number.NEGATIVE_INFINITY;
  let leftOut = 0;
  return (what) => {
    if (now() - spoke < everyMs) {
      leftOut += 1;
      return;
    }
    say(what, leftOut);
    spoke = now();
    leftOut = 0;
  };
}
