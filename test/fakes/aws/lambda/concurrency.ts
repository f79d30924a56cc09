import type {
  Concurrency,
  DeleteFunctionConcurrencyRequest,
  GetFunctionConcurrencyRequest,
  GetFunctionConcurrencyResponse,
  PutFunctionConcurrencyRequest,
} from "@aws-sdk/client-lambda";
import type { Ctx } from "../core/context.ts";
import { invalid, needFunction, validation } from "./common.ts";

/** What must stay for functions that reserve nothing. */
const UNRESERVED_MINIMUM = 100;

export function putFunctionConcurrency(ctx: Ctx, input: PutFunctionConcurrencyRequest): Concurrency {
  const record = needFunction(ctx, input.FunctionName);
  const wanted = input.ReservedConcurrentExecutions ?? 0;
  if (wanted < 0)
    throw validation(
      `Value '${wanted}' at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 0`,
    );
  let others = 0;
  for (const other of ctx.region.functions.values())
    if (other !== record) others += other.reservedConcurrency ?? 0;
  if (ctx.quotas.concurrency - others - wanted < UNRESERVED_MINIMUM) {
    throw invalid(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${UNRESERVED_MINIMUM}].`,
    );
  }
  record.reservedConcurrency = wanted;
  return { ReservedConcurrentExecutions: wanted };
}

/** Answers nothing when nothing is reserved. */
export function getFunctionConcurrency(
  ctx: Ctx,
  input: GetFunctionConcurrencyRequest,
): GetFunctionConcurrencyResponse {
  const reserved = needFunction(ctx, input.FunctionName).reservedConcurrency;
  return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
}

export function deleteFunctionConcurrency(ctx: Ctx, input: DeleteFunctionConcurrencyRequest): void {
  needFunction(ctx, input.FunctionName).reservedConcurrency = undefined;
}
