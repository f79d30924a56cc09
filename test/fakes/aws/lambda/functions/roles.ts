import type { Ctx } from "../../core/context.ts";
import { assumableBy } from "../../iam/assume.ts";
import { invalid, validation } from "../common.ts";

/** Lambda assumes the role while it creates or updates: it must exist, trust Lambda, and have reached Lambda. */
export function needRoleForLambda(ctx: Ctx, arn: string): void {
  const match = /^arn:[\w-]+:iam::(\d{12}):role\/?([\w+=,.@\-/]+)$/.exec(arn);
  if (match?.[2] === undefined) {
    throw validation(
      `Value '${arn}' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+`,
    );
  }
  if (match[1] !== ctx.accountId) throw invalid("Cross-account pass role is not allowed.");
  if (assumableBy(ctx, arn, "lambda.amazonaws.com")) return;
  throw invalid("The role defined for the function cannot be assumed by Lambda.");
}
