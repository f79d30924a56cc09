/**
 * Errors that users see. An error carries a stable code (listed in docs/errors.md), a message with the offending value, a
 * hint with the next step and, where there is one, the place in the user's file.
 */

/** A place in a user's file; `file` is relative to the repository, lines and columns count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

export interface ErrorDetails {
  readonly hint?: string | undefined;
  readonly at?: SourceLocation | undefined;
  readonly cause?: unknown;
  /** The resource concerned, as `Group::Type::name`. */
  readonly resource?: string | undefined;
}

/** An error that the user can act on. Printed without a stack trace. */
export class GatewrightError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly at: SourceLocation | undefined;
  readonly resource: string | undefined;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "GatewrightError";
    this.code = code;
    this.hint = details.hint;
    this.at = details.at;
    this.resource = details.resource;
  }
}

/** Several errors, so that a user can fix all of them at once. Never empty. */
export class GatewrightErrors extends Error {
  readonly errors: readonly GatewrightError[];

  constructor(errors: readonly GatewrightError[]) {
    super(errors.map((error) => error.message).join("\n"));
    this.name = "GatewrightErrors";
    this.errors = errors;
  }
}

/** Throws a {@link GatewrightError}. */
export function fail(code: string, message: string, details: ErrorDetails = {}): never {
  throw new GatewrightError(code, message, details);
}

/** Throws the collected errors: nothing for none, the error itself for one, {@link GatewrightErrors} for several. */
export function failAll(errors: readonly GatewrightError[]): void {
  const [first] = errors;
  if (first === undefined) return;
  throw errors.length === 1 ? first : new GatewrightErrors(errors);
}

/** The user errors in a thrown value; `undefined` for a bug in Gatewright, which keeps its stack trace. */
export function userErrors(thrown: unknown): readonly GatewrightError[] | undefined {
  if (thrown instanceof GatewrightErrors) return thrown.errors;
  if (thrown instanceof GatewrightError) return [thrown];
  return undefined;
}

/** What was thrown, in its own words. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The same with where it was thrown, for what only a bug explains. */
export function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

/**
 * Why something failed, in the words of whatever failed first. What fetch throws says only "fetch failed": its cause says `other side closed`,
 * or why each of a host's addresses did not answer.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.map(reasonOf).join("; ");
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
