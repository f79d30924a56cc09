/** Translates the SDK's errors into errors a user can act on. The rest of the engine sees only their names. */
import { type ErrorDetails, GatewrightError } from "../model/errors.ts";
import {
  classify,
  type ErrorClass,
  type ErrorRule,
  type Failure,
  type Quota,
  RAISE,
  ruleOf,
} from "./classify.ts";
import type { Service } from "./service.ts";

export interface Operation {
  /** `ApiGatewayV2`, `IAM` */
  readonly service: string;
  /** `GetIntegrations` */
  readonly operation: string;
  /** The IAM action it needs: `apigateway:GET`. */
  readonly iamAction: string;
  /** The service's own table of errors. */
  readonly errors?: readonly ErrorRule[] | undefined;
}

/** The name of the error for a create whose outcome is unknown. */
export const WRITE_OUTCOME_UNKNOWN = "WriteOutcomeUnknown";

const operations = new WeakMap<object, Operation>();

/** Records which call caused an error. */
export function noteOperation(error: unknown, operation: Operation): void {
  if (typeof error === "object" && error !== null && !operations.has(error)) operations.set(error, operation);
}

function operationOf(error: unknown): Operation | undefined {
  return typeof error === "object" && error !== null ? operations.get(error) : undefined;
}

export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

function metadata(error: unknown): { httpStatusCode?: number; requestId?: string; attempts?: number } {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return {};
  return typeof error.$metadata === "object" && error.$metadata !== null ? error.$metadata : {};
}

export function statusOf(error: unknown): number | undefined {
  return metadata(error).httpStatusCode;
}

export function requestIdOf(error: unknown): string | undefined {
  return metadata(error).requestId;
}

/** What to do about an error; `undefined` for what no service answered: a bug, a lost connection, an unknown outcome. */
export function classOf(error: unknown): ErrorClass | undefined {
  const failure = failureOf(error);
  return failure === undefined ? undefined : classify(failure, operationOf(error)?.errors);
}

/** The rule that gives an error its class. */
export function ruleFor(error: unknown): ErrorRule | undefined {
  const failure = failureOf(error);
  return failure === undefined ? undefined : ruleOf(failure, operationOf(error)?.errors);
}

function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || error instanceof GatewrightError) return undefined;
  if (error.name === WRITE_OUTCOME_UNKNOWN) return undefined;
  const operation = operationOf(error)?.operation ?? "";
  return { operation, code: error.name, message: error.message, status: statusOf(error) };
}

/** True when AWS says that what was asked for is not there. */
export function isNotFound(error: unknown): boolean {
  return classOf(error) === "gone";
}

/** The attempt's result, or undefined when AWS says that what it is about is not there: for a deletion, done. */
export async function ifFound<Value>(attempt: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await attempt();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** What a service refuses in an answer that says 200, as the error it would have been. */
export function refusalIn(
  { name: service, iamAction, errors }: Pick<Service<never>, "name" | "iamAction" | "errors">,
  operation: string,
  code: string,
  message: string,
): Error {
  const error = new Error(message);
  error.name = code;
  noteOperation(error, { service, operation, iamAction: iamAction(operation), errors });
  return error;
}

/** True for "already exists": for a create, after a race or a retry. */
export function isAlreadyExists(error: unknown): boolean {
  return classOf(error) === "exists";
}

const DENIED = /^(AccessDenied|UnauthorizedOperation|NotAuthorized|AuthorizationError)/;
const EXPIRED = /^(ExpiredToken|RequestExpired|TokenRefreshRequired)/;
const REFUSED =
  /^(InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|InvalidAccessKeyId)/;
const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|TimeoutError|NetworkingError|NoAnswer)/;

function causeCode(error: unknown): string {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string")
    return error.code;
  return error instanceof Error && error.cause !== undefined ? causeCode(error.cause) : "";
}

/**
 * The error to show. Returns a `GatewrightError`, or an error that is not from AWS (a bug), unchanged.
 * `resource` is the key of the resource concerned.
 */
export function translate(error: unknown, resource?: string): unknown {
  if (error instanceof GatewrightError || !(error instanceof Error)) return error;
  const call = operationOf(error);
  const name = error.name;
  const at = call === undefined ? "AWS" : `${call.service} ${call.operation}`;
  const details = { cause: error, resource };
  if (
    /CredentialsProviderError|CredentialsError/.test(name) ||
    /Could not load credentials|Unable to locate credentials/i.test(error.message)
  ) {
    return new GatewrightError("AWS_NO_CREDENTIALS", `no AWS credentials were found: ${error.message}`, {
      ...details,
      hint: "In a workflow, add aws-actions/configure-aws-credentials before this step; in a terminal, set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    });
  }
  if (EXPIRED.test(name)) {
    return new GatewrightError(
      "AWS_CREDENTIALS_EXPIRED",
      `the AWS credentials have expired (${at}: ${error.message})`,
      {
        ...details,
        hint: "Sign in again, or let the workflow assume its role again; then run the same command.",
      },
    );
  }
  if (REFUSED.test(name)) {
    return new GatewrightError(
      "AWS_CREDENTIALS_REFUSED",
      `AWS refuses the credentials (${at}: ${name}: ${error.message})`,
      {
        ...details,
        hint: "Check the access key, the session token and that they belong to this region's partition.",
      },
    );
  }
  if (DENIED.test(name) || statusOf(error) === 403) {
    const action = call?.iamAction ?? "the action in the message";
    return new GatewrightError("AWS_ACCESS_DENIED", `AWS denies ${action} (${at}: ${error.message})`, {
      ...details,
      hint: `Allow ${action} to the role in use; docs/permissions.md lists what planning and applying need.`,
    });
  }
  const rule = ruleFor(error);
  if (rule?.class === "quota") return quotaReached(error, at, rule.quota, details);
  if (rule?.class === "retry" && (statusOf(error) ?? 0) < 500) {
    return new GatewrightError(
      "AWS_THROTTLED",
      `AWS still throttles ${at} after ${metadata(error).attempts ?? "several"} attempts (${error.message})`,
      {
        ...details,
        hint: "Something else is using up the account's request rate. Wait a minute and run the same command; completed changes are kept.",
      },
    );
  }
  const code = causeCode(error);
  if (NETWORK.test(name) || NETWORK.test(code)) {
    return new GatewrightError("AWS_UNREACHABLE", `${at} could not be reached: ${error.message || code}`, {
      ...details,
      hint: "Check the network, the region and AWS_ENDPOINT_URL; then run the same command.",
    });
  }
  if (call === undefined) return error;
  return new GatewrightError("AWS_ERROR", `${at}: ${name}: ${error.message}`, {
    ...details,
    hint:
      rule?.hint ??
      "AWS refused the call for the given reason. Fix the spec or the account, then run the same command.",
  });
}

function quotaReached(
  error: Error,
  at: string,
  quota: Quota | undefined,
  details: ErrorDetails,
): GatewrightError {
  const { name = "a quota", value, raise = RAISE } = quota ?? {};
  const known = value === undefined || error.message.includes(String(value)) ? "" : ` (${value} by default)`;
  return new GatewrightError(
    "AWS_QUOTA",
    `AWS's quota is reached: ${name}${known} (${at}: ${error.message})`,
    {
      ...details,
      hint: raise,
    },
  );
}
