/**
 * What to do about an error of AWS. Pure: what every service says alike is in the table here, and what one service says
 * its own way in its `service.ts`. test/contract/recorded-errors.test.ts holds both to answers recorded from AWS.
 */

/**
 * `retry`: throttled, or AWS's own fault. `wait`: what was made a moment ago has not spread yet. `busy`: another change
 * is under way. `exists`, `gone`: it is there already, it is not there. `quota`: a limit is reached.
 * `refuse`: nothing but another request helps.
 */
export type ErrorClass = "retry" | "wait" | "busy" | "exists" | "gone" | "quota" | "refuse";

/** An error of AWS, as far as it decides about its class. */
export interface Failure {
  /** `CreateStage` */
  readonly operation: string;
  /** The SDK's name of the error, or the code on the wire: `NotFoundException`. */
  readonly code: string;
  readonly message: string;
  readonly status?: number | undefined;
}

/** A quota, for the error that says that it is reached. */
export interface Quota {
  /** `policies attached to a role` */
  readonly name: string;
  /** Its usual value, where AWS's message does not give it. */
  readonly value?: number | string;
  /** What to do: how it is raised, or that it cannot be. */
  readonly raise: string;
}

/** The first rule of a table whose given parts all match decides. */
export interface ErrorRule {
  readonly operation?: RegExp;
  readonly code?: RegExp;
  readonly message?: RegExp;
  readonly status?: number;
  readonly class: ErrorClass;
  /** For `wait` and `busy`: completes "waited 60 s for". */
  readonly awaiting?: string;
  /** For `retry`, `wait` and `busy`: how long it is worth asking again, in milliseconds. */
  readonly deadlineMs?: number;
  readonly quota?: Quota;
  /** The user's next step, where AWS's words do not say it. */
  readonly hint?: string;
}

/** Where most quotas are raised: https://docs.aws.amazon.com/servicequotas/latest/userguide/request-quota-increase.html */
export const RAISE = "Remove what is no longer needed, or ask for more in the Service Quotas console.";

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const TAG_QUOTA: Quota = {
  name: "tags of a resource",
  value: 50,
  raise: "Remove tags; AWS does not raise this quota. Gatewright needs up to five for itself.",
};

/** What all services say alike, in the order in which it is looked through. */
const GENERAL: readonly ErrorRule[] = [
  // A throttled call that another service made for the called one, told as a mistake of the caller.
  { message: /throttled by EC2|EC2 Error Code: RequestLimitExceeded/i, class: "retry" },
  // A role is refused by whatever is to use it until IAM has spread it: seconds as a rule, minutes at times.
  {
    message: /authorized to assume the provided role|role .*cannot be assumed|unable to assume (the )?role/i,
    class: "wait",
    awaiting: "the service to be able to assume the role",
    deadlineMs: 900_000,
  },
  {
    code: /LimitExceeded|QuotaExceeded|StorageExceeded|PolicyLengthExceeded|^TooMany(?!Requests)/,
    message: /^(?!.*(rate exceeded|too many requests|throttl))/i,
    class: "quota",
  },
  {
    code: /^(TooManyRequests|Throttl|RequestThrottl|RequestLimitExceeded|SlowDown|PriorRequestNotComplete)/,
    class: "retry",
  },
  { status: 429, class: "retry" },
  {
    code: /QueueDeletedRecently/,
    class: "wait",
    awaiting: "the deleted queue's name to be free",
    deadlineMs: 120_000,
  },
  { code: /AlreadyExists|NameExists/, class: "exists" },
  {
    code: /^(ResourceInUse|ResourceConflict|Conflict|InvalidChangeBatch)/,
    message: /already exist|but it already/i,
    class: "exists",
  },
  { code: /ConcurrentModification|OperationAborted|ConcurrentUpdate|^ConflictException$/, class: "busy" },
  {
    code: /^(NotFound|ResourceNotFound|NoSuch)|NonExistent|DoesNotExist$|NotFound(Exception|Fault)$/,
    class: "gone",
  },
  {
    code: /^(InternalFailure|InternalServerError|InternalError|ServiceException|ServiceUnavailable|ServiceFailure)/,
    class: "retry",
  },
];

/** The rule that decides, if any: the service's own come first. */
export function ruleOf(failure: Failure, own: readonly ErrorRule[] = []): ErrorRule | undefined {
  return (
    [...own, ...GENERAL].find((rule) => matches(rule, failure)) ??
    ((failure.status ?? 0) >= 500 ? { class: "retry" } : undefined)
  );
}

export function classify(failure: Failure, own: readonly ErrorRule[] = []): ErrorClass {
  return ruleOf(failure, own)?.class ?? "refuse";
}

function matches(rule: ErrorRule, { operation, code, message, status }: Failure): boolean {
  return (
    (rule.status === undefined || rule.status === status) &&
    (rule.operation?.test(operation) ?? true) &&
    (rule.code?.test(code) ?? true) &&
    (rule.message?.test(message) ?? true)
  );
}
