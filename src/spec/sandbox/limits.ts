/** What one evaluation may use, and the errors of a spec that uses more. */
import { GatewrightError, type SourceLocation } from "../../model/errors.ts";

export interface Limits {
  readonly timeoutMs: number;
  readonly memoryBytes: number;
}

export const DEFAULTS: Limits = { timeoutMs: 10_000, memoryBytes: 64 * 1024 * 1024 };

/** What an evaluation may give. Far above real stacks (the largest measured has 460 resources), low enough to be checked in seconds. */
export const RESULT = { entries: 2_000, characters: 4 * 1024 * 1024, depth: 100 };

export function timeoutError(at: SourceLocation | undefined, { timeoutMs }: Limits): GatewrightError {
  return new GatewrightError("SPEC_TIMEOUT", `the spec did not finish within ${timeoutMs / 1000} s`, {
    hint: "Look for an endless loop.",
    at,
  });
}

export function memoryError(at: SourceLocation | undefined, { memoryBytes }: Limits): GatewrightError {
  return new GatewrightError(
    "SPEC_MEMORY",
    `the spec uses more than ${Math.round(memoryBytes / 1024 / 1024)} MB of memory`,
    { hint: "Look for an array or a string that grows without end.", at },
  );
}
