/** Patience with Lambda: roles it cannot assume yet, functions that are being made or changed. */
import type { FunctionConfiguration, Lambda } from "@aws-sdk/client-lambda";
import type { Aws } from "../../../aws/aws.ts";
import { errorName } from "../../../aws/errors.ts";
import { eventually, waitFor } from "../../../aws/retry.ts";
import { fail } from "../../../model/errors.ts";

/** A new role is known to Lambda after some seconds; a minute is long enough to call it a mistake. */
const ROLE_MS = 60_000;
/** Functions in a VPC and from images take minutes. */
const READY_MS = 600_000;

/**
 * What Lambda says while IAM's changes have not reached it: the role itself, its policies, its key grants. The same
 * words come for a role that will never do, hence the deadline.
 */
const NOT_SPREAD =
  /cannot be assumed by Lambda|execution role does not have permissions|KMS key is invalid for CreateGrant/i;

export function roleNotReady(error: unknown): boolean {
  return (
    ["InvalidParameterValueException", "AccessDeniedException"].includes(errorName(error)) &&
    error instanceof Error &&
    NOT_SPREAD.test(error.message)
  );
}

/** "An update is in progress" or "is Pending": the same call passes a moment later. */
export function busy(error: unknown): boolean {
  return (
    errorName(error) === "ResourceConflictException" &&
    error instanceof Error &&
    /in progress|following state|currently being|concurrent|try again/i.test(error.message)
  );
}

/** Makes a call that Lambda refuses while the role is not known or another change is under way. */
export function whenReady<Value>(
  aws: Aws,
  name: string,
  role: string | undefined,
  call: () => Promise<Value>,
): Promise<Value> {
  const unlessBusy = () =>
    eventually(aws.clock, call, {
      retryOn: busy,
      awaiting: `the current change of function ${name} to finish`,
      deadlineMs: READY_MS,
    });
  if (role === undefined) return unlessBusy();
  return eventually(aws.clock, unlessBusy, {
    retryOn: roleNotReady,
    awaiting: `Lambda to be able to assume ${role}`,
    deadlineMs: ROLE_MS,
    firstPauseMs: 1000,
  });
}

/**
 * Waits until a function can be used and changed again; gives its configuration. `answer` is what the last write said,
 * which saves asking when it is ready at once.
 */
export async function settled(
  aws: Aws,
  client: Lambda,
  name: string,
  answer: FunctionConfiguration,
): Promise<FunctionConfiguration> {
  const last = isSettled(answer)
    ? answer
    : await waitFor(aws.clock, () => client.getFunctionConfiguration({ FunctionName: name }), {
        until: isSettled,
        awaiting: `function ${name} to be Active and its last update to be Successful`,
        deadlineMs: READY_MS,
      });
  if (last.State === "Failed") {
    fail(
      "FUNCTION_FAILED",
      `function ${name} failed to start: ${last.StateReason ?? last.StateReasonCode ?? "no reason given"}`,
      {
        hint: "Fix what AWS reports and run the same command again.",
      },
    );
  }
  if (last.LastUpdateStatus === "Failed") {
    const reason = last.LastUpdateStatusReason ?? last.LastUpdateStatusReasonCode ?? "no reason given";
    fail("FUNCTION_FAILED", `the update of function ${name} failed: ${reason}`, {
      hint: "The function still runs as before. Fix what AWS reports and run the same command again.",
    });
  }
  return last;
}

function isSettled({ State, LastUpdateStatus }: FunctionConfiguration): boolean {
  return State !== "Pending" && LastUpdateStatus !== "InProgress";
}
