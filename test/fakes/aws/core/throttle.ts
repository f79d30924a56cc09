import { AwsError } from "./errors.ts";
import { type Bucket, createBucket } from "./bucket.ts";

/** API Gateway's fixed control-plane rates (account and region); `all` is for all operations together. */
const RATES: Record<string, { rate: number; burst: number }> = {
  all: { rate: 10, burst: 40 },
  CreateDeployment: { rate: 1 / 5, burst: 1 },
};

export type Throttle = (service: string, region: string, operation: string, now: number) => void;

/** The service's own throttling error. */
export function throttled(service: string): AwsError {
  if (service === "apigatewayv2") return new AwsError("TooManyRequestsException", "Too Many Requests", 429);
  if (service === "lambda") {
    return new AwsError("TooManyRequestsException", "Rate exceeded", 429, {
      Type: "User",
      Reason: "CallerRateLimitExceeded",
    });
  }
  if (service === "iam" || service === "sts") return new AwsError("Throttling", "Rate exceeded");
  return new AwsError("ThrottlingException", "Rate exceeded");
}

/** The service's answer while somebody else changes the same thing. */
export function busy(service: string): AwsError {
  if (service === "apigatewayv2") {
    const message = "Unable to complete operation due to concurrent modification. Please try again later.";
    return new AwsError("ConflictException", message, 409);
  }
  if (service === "lambda") {
    const message = "The operation cannot be performed at this time. An update is in progress for resource";
    return new AwsError("ResourceConflictException", message, 409, { Type: "User" });
  }
  if (service === "iam") {
    return new AwsError(
      "ConcurrentModification",
      "The request was rejected because multiple requests to change this object were submitted simultaneously.",
      409,
    );
  }
  return new AwsError(
    "OperationAbortedException",
    "A conflicting operation is currently in progress against this resource. Please try again.",
  );
}

/** Throws the throttling error when a call comes too fast. Only API Gateway's rates are fixed enough to enforce. */
export function createThrottle(): Throttle {
  const buckets = new Map<string, Bucket>();
  return (service, region, operation, now) => {
    if (service !== "apigatewayv2") return;
    for (const name of ["all", operation]) {
      const limit = RATES[name];
      if (limit === undefined) continue;
      const key = `${region} ${name}`;
      const bucket = buckets.get(key) ?? createBucket(limit.rate, limit.burst);
      buckets.set(key, bucket);
      if (!bucket.take(now)) throw throttled(service);
    }
  };
}
