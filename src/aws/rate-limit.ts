/**
 * Request budgets: limit our requests to the rate that a service allows per account, so that a deployment is not
 * throttled and does not throttle other clients of the account more than necessary. Each service says its
 * rates. Budgets are slightly below these rates, because AWS counts requests when they arrive, not when they are sent.
 */
import type { Clock } from "../model/clock.ts";
import type { Rate, Service } from "./service.ts";

const MARGIN = 0.96;

/** A token bucket, implemented as a virtual schedule (GCRA). Callers are served in order. */
function bucket(rate: Rate, clock: Clock): () => number {
  const interval = 1000 / (rate.perSecond * MARGIN);
  const tolerance = interval * (rate.burst - 1);
  let theoretical = Number.NEGATIVE_INFINITY;
  return () => {
    const now = clock.now();
    theoretical = Math.max(theoretical, now);
    const wait = Math.max(0, theoretical - tolerance - now);
    theoretical += interval;
    // Less than a millisecond is a rounding error.
    return wait < 1 ? 0 : wait;
  };
}

/** Waits until a request of the operation may be sent. */
export type Budget = (service: Rated, operation: string) => Promise<void>;

export type Rated = Pick<Service<never>, "name" | "rates">;

export function createBudget(clock: Clock): Budget {
  const buckets = new Map<string, () => number>();
  const waitIn = (name: string, rate: Rate): number => {
    let take = buckets.get(name);
    if (take === undefined) {
      take = bucket(rate, clock);
      buckets.set(name, take);
    }
    return take();
  };
  return async ({ name: service, rates = {} }, operation) => {
    const name = `${service}.${operation}`;
    const own = rates.apart?.[operation];
    const special = rates.also?.[operation];
    const general = rates.all;
    let wait = 0;
    if (own !== undefined) wait = waitIn(name, own);
    else {
      // Wait for the operation's own rate first: a shared token taken earlier would be wasted.
      if (special !== undefined) {
        const first = waitIn(name, special);
        if (first > 0) await clock.sleep(first);
      }
      if (general !== undefined) wait = waitIn(service, general);
    }
    if (wait > 0) await clock.sleep(wait);
  };
}

/** Budgets belong to the account, not to a connection. */
const shared = new Map<string, Budget>();

/** The process-wide budget of a region's endpoint, shared by concurrent runs. */
export function sharedBudget(scope: string, clock: Clock): Budget {
  let budget = shared.get(scope);
  if (budget === undefined) {
    budget = createBudget(clock);
    shared.set(scope, budget);
  }
  return budget;
}
