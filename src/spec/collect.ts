/** Collects errors instead of throwing them, and adds the resource and the place they belong to. */
import { GatewrightError, type SourceLocation } from "../model/errors.ts";

/** Runs it; a user's error is kept and gives `undefined`, a bug is thrown on. */
export function collect<Value>(errors: GatewrightError[], make: () => Value): Value | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof GatewrightError)) throw error;
    errors.push(error);
    return undefined;
  }
}

/** The error with the place and the resource it is about, where it does not say them itself. */
export function located(
  error: GatewrightError,
  at: SourceLocation | undefined,
  resource: string | undefined,
): GatewrightError {
  if (error.at !== undefined && error.resource !== undefined) return error;
  return new GatewrightError(error.code, error.message, {
    hint: error.hint,
    at: error.at ?? at,
    resource: error.resource ?? resource,
    cause: error.cause,
  });
}

/** The error with the resource's label in front, unless the message has it. */
export function labelled(error: GatewrightError, label: string): GatewrightError {
  if (error.message.includes(label)) return error;
  return new GatewrightError(error.code, `${label}: ${error.message}`, error);
}
