import { type Bucket, createBucket } from "./bucket.ts";
import { AwsError } from "./errors.ts";
import type { Service } from "./service.ts";

export type Throttle = (
  service: Pick<Service, "id" | "throttled"> & Partial<Pick<Service, "rates">>,
  region: string,
  operation: string,
  now: number,
) => void;

/** The throttling and conflict answers that most of AWS's services have in common. */
export const COMMON = {
  throttled: () => new AwsError("ThrottlingException", "Rate exceeded"),
  busy: () =>
    new AwsError(
      "OperationAbortedException",
      "A conflicting operation is currently in progress against this resource. Please try again.",
    ),
} as const;

/** Throws the service's throttling error when a call comes faster than the service's rates allow. */
export function createThrottle(): Throttle {
  const buckets = new Map<string, Bucket>();
  return (service, region, operation, now) => {
    for (const name of ["all", operation]) {
      const limit = service.rates?.[name];
      if (limit === undefined) continue;
      const key = `${service.id} ${region} ${name}`;
      const bucket = buckets.get(key) ?? createBucket(limit.rate, limit.burst);
      buckets.set(key, bucket);
      if (!bucket.take(now)) throw service.throttled();
    }
  };
}
