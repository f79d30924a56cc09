import * as client from "@aws-sdk/client-lambda";
import type { Ctx } from "../core/context.ts";
import { pageLimit } from "../core/context.ts";
import { page } from "../core/paging.ts";
import { sdk } from "../core/sdk.ts";
import { functionArn, invalid, nameOf, needFunction, notFound, observe, show, validation } from "./common.ts";

const on = sdk<client.Lambda>(client);

/** Configuration, code location, tags and reserved concurrency of one function. */
const getFunction = on("getFunction", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  checkQualifier(ctx, input.FunctionName, input.Qualifier);
  observe(record);
  return {
    Configuration: show(record),
    Code: record.code,
    ...(record.tags.size === 0 ? {} : { Tags: Object.fromEntries(record.tags) }),
    ...(record.reservedConcurrency === undefined
      ? {}
      : { Concurrency: { ReservedConcurrentExecutions: record.reservedConcurrency } }),
  };
});

const getFunctionConfiguration = on("getFunctionConfiguration", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  checkQualifier(ctx, input.FunctionName, input.Qualifier);
  observe(record);
  return show(record);
});

/** Only $LATEST exists here: versions and aliases are types of their own. */
function checkQualifier(ctx: Ctx, reference: string | undefined, qualifier: string | undefined): void {
  if (qualifier === undefined || qualifier === "$LATEST") return;
  throw notFound(`Function not found: ${functionArn(ctx, nameOf(reference))}:${qualifier}`);
}

/** All functions, 50 a page; a listed configuration says nothing about its state. */
const listFunctions = on("listFunctions", (ctx, input) => {
  const asked = input.MaxItems;
  if (asked !== undefined && (asked < 1 || asked > 10_000)) {
    throw validation(
      `Value '${asked}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 10000`,
    );
  }
  const all = [...ctx.region.functions.values()].map((record) => {
    const { State, StateReason, StateReasonCode, ...rest } = show(record);
    const { LastUpdateStatus, LastUpdateStatusReason, LastUpdateStatusReasonCode, ...listed } = rest;
    return listed;
  });
  // More than 50 are never returned at once, whatever is asked.
  const cut = page(all, pageLimit(ctx, Math.min(asked ?? 50, 50), 50), input.Marker, () =>
    invalid("Invalid Marker"),
  );
  return { Functions: cut.items, ...(cut.next === undefined ? {} : { NextMarker: cut.next }) };
});

/** Deletes the function with its policy, URL and tags. */
const deleteFunction = on("deleteFunction", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  if (input.Qualifier !== undefined) checkQualifier(ctx, input.FunctionName, input.Qualifier);
  ctx.region.functions.delete(record.config.FunctionName ?? "");
  return { StatusCode: 204 };
});

export const readOperations = [getFunction, getFunctionConfiguration, listFunctions, deleteFunction];
