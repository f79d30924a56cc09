import * as client from "@aws-sdk/client-lambda";
import { sdk } from "../../core/sdk.ts";
import { invalid, needFunction, validation } from "../common.ts";

const on = sdk<client.Lambda>(client);

/** What must stay for functions that reserve nothing. */
const UNRESERVED_MINIMUM = 100;

const putFunctionConcurrency = on("putFunctionConcurrency", (ctx, input) => {
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
});

/** Answers nothing when nothing is reserved. */
const getFunctionConcurrency = on("getFunctionConcurrency", (ctx, input) => {
  const reserved = needFunction(ctx, input.FunctionName).reservedConcurrency;
  return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
});

const deleteFunctionConcurrency = on("deleteFunctionConcurrency", (ctx, input) => {
  needFunction(ctx, input.FunctionName).reservedConcurrency = undefined;
});

export const concurrencyOperations = [
  putFunctionConcurrency,
  getFunctionConcurrency,
  deleteFunctionConcurrency,
];
