/** What one evaluation may use, and the errors of a spec that uses more. */
import { GatewrightError, type SourceLocation } from "../../model/errors.ts";

export interface Limits {
  readonly timeoutMs: number;
  readonly memoryBytes: number;
}

export function timeoutError(at: SourceLocation | undefined, { timeoutMs }: Limits): GatewrightError {
  return new GatewrightError("SPEC_TIMEOUT", `the spec was not done after ${timeoutMs / 1000} s`, {
    hint: "Look for a loop that does not end.",
    at,
  });
}

export function memoryError(at: SourceLocation | undefined, { memoryBytes }: Limits): GatewrightError {
  return new GatewrightError(
    "SPEC_MEMORY",
    `the spec needs more memory than ${Math.round(memoryBytes / 1024 / 1024)} MB`,
    { hint: "Look for an array or a string that grows without end.", at },
  );
}
