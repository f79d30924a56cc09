import { AwsError } from "./errors.ts";
import type { ArmedFault } from "./faults.ts";
import type { Service } from "./service.ts";

/** The part of a service that words its refusals. */
export type Speaker = Pick<Service, "id" | "protocol" | "throttled" | "busy"> &
  Partial<Pick<Service, "iamPrefix" | "rates">>;

/** AWS's own failure: retried by every client. */
export const internal = (): AwsError => new AwsError("InternalFailure", "Internal server error", 500);

/** Throws what a fault answers in place of the operation; faults that strike later pass. */
export function beforeFault(service: Speaker, operation: string, fault: ArmedFault): void {
  if (fault.kind === "throttle") throw service.throttled();
  if (fault.kind === "error") throw internal();
  if (fault.kind === "busy") throw service.busy();
  if (fault.kind === "custom") {
    throw new AwsError(fault.code ?? "InternalFailure", fault.message ?? "", fault.status ?? 400);
  }
  if (fault.kind !== "denied") return;
  const code = service.protocol === "query" ? "AccessDenied" : "AccessDeniedException";
  // JSON services answer every client error with 400.
  const status = service.protocol === "aws-json" ? 400 : 403;
  throw new AwsError(code, fault.message ?? denial(service, operation), status);
}

const denial = (service: Speaker, operation: string): string => {
  const prefix = service.iamPrefix ?? service.id;
  return `User: arn:aws:sts::123456789012:assumed-role/deployer/session is not authorized to perform: ${prefix}:${operation} because no identity-based policy allows the ${prefix}:${operation} action`;
};
