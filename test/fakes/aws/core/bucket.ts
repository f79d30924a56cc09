/** A token bucket on an injected clock: `rate` a second, at most `burst` at once. */
export interface Bucket {
  take(now: number): boolean;
}

/** Creates a full bucket. */
export function createBucket(rate: number, burst: number): Bucket {
  let tokens = burst;
  let last: number | undefined;
  return {
    take(now) {
      if (last !== undefined) tokens = Math.min(burst, tokens + ((now - last) / 1000) * rate);
      last = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
