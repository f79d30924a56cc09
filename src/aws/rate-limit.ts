/**
 * Request budgets: what a service lets one account ask per second, kept on our side so that a deployment neither runs
 * into throttling nor starves the account's other users more than it must.
 *
 * API Gateway's rates are fixed for every account: 10 a second with a burst of 40 over all management operations,
 * and less for a few (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html). Lambda: 15 a second
 * for management calls, 100 for GetFunction (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 * A little less than the rate is used, since what counts is when requests arrive, not when they leave.
 */
import type { Clock } from "../model/clock.ts";

interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

const MARGIN = 0.96;

const SERVICE_RATES: Readonly<Record<string, Rate>> = {
  ApiGatewayV2: { perSecond: 10, burst: 38 },
  Lambda: { perSecond: 15, burst: 15 },
};

const OPERATION_RATES: Readonly<Record<string, Rate>> = {
  "ApiGatewayV2.CreateDeployment": { perSecond: 1 / 5, burst: 1 },
  "ApiGatewayV2.CreateDomainName": { perSecond: 1 / 30, burst: 1 },
  "ApiGatewayV2.UpdateDomainName": { perSecond: 1 / 30, burst: 1 },
  "ApiGatewayV2.DeleteDomainName": { perSecond: 1 / 30, burst: 1 },
  "ApiGatewayV2.CreateVpcLink": { perSecond: 1 / 15, burst: 1 },
  "ApiGatewayV2.DeleteVpcLink": { perSecond: 1 / 30, burst: 1 },
};

/** Lambda counts these apart from its other management calls. */
const OWN_BUCKETS: Readonly<Record<string, Rate>> = {
  "Lambda.GetFunction": { perSecond: 100, burst: 100 },
  "Lambda.GetPolicy": { perSecond: 15, burst: 15 },
};

/** A token bucket as its virtual schedule (GCRA): callers are served in the order they came. */
function bucket(rate: Rate, clock: Clock): () => number {
  const interval = 1000 / (rate.perSecond * MARGIN);
  const tolerance = interval * (rate.burst - 1);
  let theoretical = Number.NEGATIVE_INFINITY;
  return () => {
    const now = clock.now();
    theoretical = Math.max(theoretical, now);
    const wait = Math.max(0, theoretical - tolerance - now);
    theoretical += interval;
    // Below a millisecond it is the rounding of large numbers, not a debt.
    return wait < 1 ? 0 : wait;
  };
}

/** Waits until a request of the operation may be sent. */
export type Budget = (service: string, operation: string) => Promise<void>;

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
  return async (service, operation) => {
    const name = `${service}.${operation}`;
    const own = OWN_BUCKETS[name];
    const special = OPERATION_RATES[name];
    const general = SERVICE_RATES[service];
    let wait = 0;
    if (own !== undefined) wait = waitIn(name, own);
    else {
      // A request with a rate of its own waits for that first: taking the shared token earlier would waste it.
      if (special !== undefined) {
        const first = waitIn(name, special);
        if (first > 0) await clock.sleep(first);
      }
      if (general !== undefined) wait = waitIn(service, general);
    }
    if (wait > 0) await clock.sleep(wait);
  };
}

/** Budgets belong to the account, not to a connection: one per account and region in a process. */
const shared = new Map<string, Budget>();

/** The process-wide budget of a region's endpoint, so that runs side by side share one allowance. */
export function sharedBudget(scope: string, clock: Clock): Budget {
  let budget = shared.get(scope);
  if (budget === undefined) {
    budget = createBudget(clock);
    shared.set(scope, budget);
  }
  return budget;
}
