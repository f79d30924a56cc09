/**
 * Patience with AWS while a step is carried out: every call is repeated while its error is one that goes away with time
 * (throttled, another change under way, something new that has not spread), whichever call of the step it is.
 */
import { retry } from "../model/retry.ts";
import type { Aws } from "./aws.ts";
import type { ErrorRule } from "./classify.ts";
import { ruleFor } from "./errors.ts";
import { deadlinePassed } from "./retry.ts";

interface Patience {
  /** Ends waiting, with its reason as the error. */
  readonly signal?: AbortSignal | undefined;
  /** The resource concerned, for the error. */
  readonly resource?: string | undefined;
  /** Called before a call is made again; throws to stop. */
  readonly beforeRepeat?: (() => Promise<void>) | undefined;
  /** Called once for each thing that is waited for, when it takes longer than a moment. */
  readonly onWait?: ((wait: Waited) => void) | undefined;
}

/** Since when something is waited for, and until when at most. */
export interface Waited {
  readonly awaiting: string;
  readonly since: number;
  readonly until: number;
}

/** Waits that are shorter are not told: throttling passes within seconds. */
export const MOMENT_MS = 5000;

/** How long an error is worth asking again, where its rule does not say; milliseconds. */
const DEADLINES = { retry: 300_000, wait: 120_000, busy: 300_000 } as const;

const AWAITING = {
  retry: "AWS to stop throttling or failing the call",
  wait: "what was made a moment ago to be known everywhere",
  busy: "another change of the resource to finish",
} as const;

/** Terraform stands 25 conflicts in a row (hashicorp/terraform-provider-aws issue 18018), so the pauses stay short. */
const BACKOFF = { firstMs: 500, longestMs: 10_000, factor: 1.6, jitter: "full" } as const;

/**
 * The same AWS, with clients that repeat what goes away with time.
 * @throws DEADLINE, which says what was awaited and for how long, when it does not; other errors at once
 */
export function patientAws(aws: Aws, patience: Patience): Aws {
  return {
    region: aws.region,
    clock: aws.clock,
    signal: patience.signal,
    async client(service) {
      const client = await aws.client(service);
      return new Proxy(client, {
        get(target, key) {
          const member: unknown = Reflect.get(target, key, target);
          if (typeof member !== "function") return member;
          return (...args: unknown[]) => persist(aws, patience, () => Reflect.apply(member, target, args));
        },
      });
    },
  };
}

function persist(aws: Aws, patience: Patience, call: () => unknown): Promise<unknown> {
  const { signal, resource, beforeRepeat, onWait } = patience;
  const began = aws.clock.now();
  let reason: Passing | undefined;
  let told: string | undefined;
  const attempt = async (tried: number): Promise<unknown> => {
    if (tried > 1) await beforeRepeat?.();
    return await call();
  };
  return retry(attempt, {
    clock: aws.clock,
    signal,
    backoff: BACKOFF,
    retryIf(error) {
      reason = passing(error);
      const waited = aws.clock.now() - began;
      if (reason === undefined || waited >= reason.deadlineMs) return "stop";
      const { awaiting, deadlineMs } = reason;
      if (waited >= MOMENT_MS && awaiting !== told) {
        told = awaiting;
        onWait?.({ awaiting, since: began, until: began + deadlineMs });
      }
      return "retry";
    },
  }).catch((error: unknown) => {
    if (reason === undefined || signal?.aborted === true) throw error;
    throw deadlinePassed({ ...reason, deadlineMs: aws.clock.now() - began, resource }, error);
  });
}

interface Passing {
  readonly awaiting: string;
  readonly deadlineMs: number;
  readonly hint: string | undefined;
}

/** What an error that may go away with time waits for. */
function passing(error: unknown): Passing | undefined {
  const rule = ruleFor(error);
  if (rule === undefined || !isPassing(rule)) return undefined;
  const { class: kind, awaiting = AWAITING[kind], deadlineMs = DEADLINES[kind], hint } = rule;
  return { awaiting, deadlineMs, hint };
}

type PassingRule = ErrorRule & { readonly class: keyof typeof DEADLINES };

function isPassing(rule: ErrorRule): rule is PassingRule {
  return rule.class in DEADLINES;
}
