import { AwsError } from "./errors.ts";
import type { ArmedFault } from "./faults.ts";
import type { Service } from "./service.ts";
import { busy, throttled } from "./throttle.ts";

/** AWS's own failure: retried by every client. */
export const internal = (): AwsError => new AwsError("InternalFailure", "Internal server error", 500);

/** Throws what a fault answers in place of the operation; faults that strike later pass. */
export function beforeFault(
  service: Service | undefined,
  name: string,
  operation: string,
  fault: ArmedFault,
): void {
  if (fault.kind === "throttle") throw throttled(name);
  if (fault.kind === "error") throw internal();
  if (fault.kind === "busy") throw busy(name);
  if (fault.kind === "custom") {
    throw new AwsError(fault.code ?? "InternalFailure", fault.message ?? "", fault.status ?? 400);
  }
  if (fault.kind !== "denied") return;
  const code = service?.protocol === "query" ? "AccessDenied" : "AccessDeniedException";
  throw new AwsError(code, fault.message ?? denial(name, operation), name === "logs" ? 400 : 403);
}

const denial = (service: string, operation: string): string => {
  const prefix = service === "apigatewayv2" ? "apigateway" : service === "tagging" ? "tag" : service;
  return `User: arn:aws:sts::123456789012:assumed-role/deployer/session is not authorized to perform: ${prefix}:${operation} because no identity-based policy allows the ${prefix}:${operation} action`;
};
