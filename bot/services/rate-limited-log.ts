/** Says something at most so often, and how often it would have: an outage must not fill the log. */

/** `say` gets what it is told and how many were left out since it last spoke. */
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
