/** Waiting for functions that are being made or changed. */
import type { FunctionConfiguration, Lambda } from "@aws-sdk/client-lambda";
import type { Aws } from "../../../aws/aws.ts";
import { waitFor } from "../../../aws/retry.ts";
import { fail } from "../../../model/errors.ts";

/** Functions in a VPC and from images take minutes. */
const READY_MS = 600_000;

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
    : await waitFor(aws, () => client.getFunctionConfiguration({ FunctionName: name }), {
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
