import * as client from "@aws-sdk/client-cloudtrail";
import { AwsError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { each } from "../core/table.ts";
import { COMMON } from "../core/throttle.ts";
import type { RegionState } from "../state.ts";

/** What happened in a region, as tests tell it: the fake records nothing itself. */
export const trailEvents = each<RegionState, client.Event[]>(() => []);

const DAY_MS = 86_400_000;

function has(event: client.Event, { AttributeKey, AttributeValue }: client.LookupAttribute): boolean {
  switch (AttributeKey) {
    case "EventId":
      return event.EventId === AttributeValue;
    case "EventName":
      return event.EventName === AttributeValue;
    case "EventSource":
      return event.EventSource === AttributeValue;
    case "ReadOnly":
      return event.ReadOnly === AttributeValue;
    case "Username":
      return event.Username === AttributeValue;
    case "AccessKeyId":
      return event.AccessKeyId === AttributeValue;
    case "ResourceName":
      return (event.Resources ?? []).some(({ ResourceName }) => ResourceName === AttributeValue);
    case "ResourceType":
      return (event.Resources ?? []).some(({ ResourceType }) => ResourceType === AttributeValue);
    default:
      throw new AwsError(
        "InvalidLookupAttributesException",
        "Occurs when a lookup attribute is specified that is not valid.",
      );
  }
}

/** CloudTrail: its event history. */
export const cloudTrail = service(
  {
    id: "cloudtrail",
    protocol: "aws-json",
    key: "CloudTrail_20131101",
    missing: (member) =>
      new AwsError(
        "InvalidLookupAttributesException",
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      ),
    ...COMMON,
    rates: { LookupEvents: { rate: 2, burst: 2 } },
  },
  client,
  [
    sdk<client.CloudTrail>(client)("lookupEvents", (ctx, input) => {
      const { LookupAttributes = [], StartTime, EndTime, MaxResults = 50, NextToken } = input;
      if (LookupAttributes.length > 1)
        throw new AwsError(
          "InvalidLookupAttributesException",
          "You can only specify one lookup attribute per request.",
        );
      if (MaxResults < 1 || MaxResults > 50)
        throw new AwsError(
          "InvalidMaxResultsException",
          "A maximum of 50 results can be returned in one request.",
        );
      const now = ctx.now().getTime();
      const [from, to] = [StartTime?.getTime() ?? now - 90 * DAY_MS, EndTime?.getTime() ?? now];
      if (from > to || from < now - 90 * DAY_MS)
        throw new AwsError("InvalidTimeRangeException", "The specified time range is not valid.");
      const found = trailEvents(ctx.region)
        .filter((event) => {
          const at = event.EventTime?.getTime() ?? 0;
          return at >= from && at <= to && LookupAttributes.every((attribute) => has(event, attribute));
        })
        .sort((one, other) => (other.EventTime?.getTime() ?? 0) - (one.EventTime?.getTime() ?? 0));
      const { items, next } = page(
        found,
        MaxResults,
        NextToken,
        () => new AwsError("InvalidNextTokenException", "The specified token is not valid."),
      );
      return { Events: items, ...(next === undefined ? {} : { NextToken: next }) };
    }),
  ],
);
