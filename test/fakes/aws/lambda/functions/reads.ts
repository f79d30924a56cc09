import * as client from "@aws-sdk/client-lambda";
import { pageLimit } from "../../core/context.ts";
import { page } from "../../core/paging.ts";
import { sdk } from "../../core/sdk.ts";
import { invalid, needFunction, observe, show, validation } from "../common.ts";
import { configurationAt } from "../versions.ts";

const on = sdk<client.Lambda>(client);

/** Configuration, code location, tags and reserved concurrency of one function. */
const getFunction = on("getFunction", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  const version = configurationAt(ctx, input.FunctionName, input.Qualifier);
  observe(record);
  return {
    Configuration: version ?? show(record),
    Code: record.code,
    ...(record.tags.size === 0 ? {} : { Tags: Object.fromEntries(record.tags) }),
    ...(record.reservedConcurrency === undefined
      ? {}
      : { Concurrency: { ReservedConcurrentExecutions: record.reservedConcurrency } }),
  };
});

const getFunctionConfiguration = on("getFunctionConfiguration", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  const version = configurationAt(ctx, input.FunctionName, input.Qualifier);
  if (version !== undefined) return version;
  observe(record);
  return show(record);
});

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
  configurationAt(ctx, input.FunctionName, input.Qualifier);
  ctx.region.functions.delete(record.config.FunctionName ?? "");
  return { StatusCode: 204 };
});

export const readOperations = [getFunction, getFunctionConfiguration, listFunctions, deleteFunction];
