import * as client from "@aws-sdk/client-lambda";
import type { Ctx } from "../core/context.ts";
import { pageLimit } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { sdk } from "../core/sdk.ts";
import { table } from "../core/table.ts";
import { type RegionState, need } from "../state.ts";
import { conflict, functionArn, invalid, nameOf, needFunction, notFound } from "./common.ts";
import { checkTags } from "./tag-rules.ts";

interface Mapping {
  it: client.EventSourceMappingConfiguration;
  readonly tags: Map<string, string>;
  /** Reads left in which the last change is under way. */
  unsettled: number;
}

export const mappings = table<RegionState, Mapping>();

const USER = { Type: "User" };
const ofStreams = {
  ParallelizationFactor: 1,
  MaximumRecordAgeInSeconds: -1,
  BisectBatchOnFunctionError: false,
  MaximumRetryAttempts: -1,
  TumblingWindowInSeconds: 0,
};

function find(ctx: Ctx, id: string | undefined): Mapping {
  return need(mappings(ctx.region).get(id ?? ""), () =>
    notFound("The resource you requested does not exist."),
  );
}

/** A mapping as it is seen now: what is asked of it takes a read or two. */
function seen(mapping: Mapping): client.EventSourceMappingConfiguration {
  const { State = "" } = mapping.it;
  if (mapping.unsettled > 0) mapping.unsettled--;
  else if (/ing$/.test(State)) mapping.it = { ...mapping.it, State: settled(State) };
  return { ...mapping.it };
}

const settled = (state: string): string => (/^Disabl/.test(state) ? "Disabled" : "Enabled");

/** Empty objects and lists take away; what is not sent stays. */
function given(input: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, isNothing(value) ? undefined : value]),
  );
}

function isNothing(value: unknown): boolean {
  return (
    value === "" ||
    (typeof value === "object" &&
      value !== null &&
      !(value instanceof Date) &&
      Object.keys(value).length === 0)
  );
}

function needReady({ it: { State = "", UUID } }: Mapping): void {
  if (!/ing$/.test(State)) return;
  throw new AwsError(
    "ResourceInUseException",
    `Cannot update the event source mapping because it is in use: ${UUID}`,
    400,
    USER,
  );
}

const on = sdk<client.Lambda>(client);

/** Event source mappings: one for each function and source. */
export const eventSourceOperations = [
  on("createEventSourceMapping", (ctx, { FunctionName, Enabled = true, Tags = {}, ...input }) => {
    needFunction(ctx, FunctionName);
    const arn = input.EventSourceArn ?? "";
    const stream = /:(kinesis|dynamodb):/.test(arn);
    if (arn === "" && input.SelfManagedEventSource === undefined)
      throw invalid("Unrecognized event source, must be kinesis, dynamodb stream or sqs.");
    if (stream && input.StartingPosition === undefined)
      throw invalid(
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
      );
    if (!stream && input.ParallelizationFactor !== undefined)
      throw invalid("ParallelizationFactor is only available for streams.");
    const FunctionArn = functionArn(ctx, nameOf(FunctionName));
    for (const { it } of mappings(ctx.region).values())
      if (it.FunctionArn === FunctionArn && it.EventSourceArn === arn)
        throw conflict(
          `The event source arn (" ${arn} ") and function (" ${nameOf(FunctionName)} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${it.UUID}`,
        );
    const tags = new Map<string, string>();
    checkTags(ctx, tags, Tags);
    for (const [key, value] of Object.entries(Tags)) tags.set(key, value);
    const UUID = ctx.ids.uuid();
    const it: client.EventSourceMappingConfiguration = {
      UUID,
      EventSourceMappingArn: `arn:${ctx.partition}:lambda:${ctx.regionName}:${ctx.accountId}:event-source-mapping:${UUID}`,
      FunctionArn,
      LastModified: ctx.now(),
      BatchSize: arn.includes(":sqs:") ? 10 : 100,
      MaximumBatchingWindowInSeconds: 0,
      ...(stream ? ofStreams : {}),
      ...given(input),
      State: Enabled ? "Creating" : "Disabling",
      StateTransitionReason: "USER_INITIATED",
    };
    const mapping: Mapping = { it, tags, unsettled: 1 };
    mappings(ctx.region).set(UUID, mapping);
    return { ...it };
  }),
  on("getEventSourceMapping", (ctx, { UUID }) => seen(find(ctx, UUID))),
  on("listEventSourceMappings", (ctx, { FunctionName, EventSourceArn, MaxItems, Marker }) => {
    const all = [...mappings(ctx.region).values()]
      .filter(
        ({ it }) => FunctionName === undefined || it.FunctionArn === functionArn(ctx, nameOf(FunctionName)),
      )
      .filter(({ it }) => EventSourceArn === undefined || it.EventSourceArn === EventSourceArn);
    const cut = page(all, pageLimit(ctx, MaxItems, 100), Marker, () => invalid("Invalid Marker."));
    return {
      EventSourceMappings: cut.items.map(seen),
      ...(cut.next === undefined ? {} : { NextMarker: cut.next }),
    };
  }),
  on("updateEventSourceMapping", (ctx, { UUID, FunctionName, Enabled, ...changes }) => {
    const mapping = find(ctx, UUID);
    seen(mapping);
    needReady(mapping);
    const enabled = Enabled ?? mapping.it.State !== "Disabled";
    mapping.it = {
      ...mapping.it,
      ...given(changes),
      ...(FunctionName === undefined ? {} : { FunctionArn: functionArn(ctx, nameOf(FunctionName)) }),
      State: enabled ? "Updating" : "Disabling",
    };
    mapping.unsettled = 1;
    return { ...mapping.it };
  }),
  on("deleteEventSourceMapping", (ctx, { UUID }) => {
    const mapping = find(ctx, UUID);
    seen(mapping);
    needReady(mapping);
    mappings(ctx.region).delete(UUID ?? "");
    return { ...mapping.it, State: "Deleting" };
  }),
];
