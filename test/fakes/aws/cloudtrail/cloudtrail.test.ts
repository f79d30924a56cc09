import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { expect, it } from "vitest";
import { createFakeAws } from "../fake-aws.ts";
import { anEvent } from "./events.ts";
import { trailEvents } from "./service.ts";

const NOW = new Date("2026-11-29T05:00:00Z");
const HOUR = 3_600_000;
const before = (hours: number): Date => new Date(NOW.getTime() - hours * HOUR);

function world() {
  const fake = createFakeAws({ clock: () => NOW.getTime(), throttle: true });
  const client = new CloudTrail({ ...fake.clientConfig(), maxAttempts: 1 });
  return { events: trailEvents(fake.region("us-east-1")), client };
}
const event = (name: string, hours: number, resources: readonly string[] = []) =>
  anEvent({ name, source: "lambda.amazonaws.com", at: before(hours), resources });

it("H-01 events are found by one attribute and a time range, newest first", async () => {
  const { events, client } = world();
  events.push(event("A", 3, ["f"]), event("A", 1), event("B", 2, ["f"]));
  const named = await client.lookupEvents({
    LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "A" }],
  });
  expect(named.Events?.map(({ EventTime }) => EventTime)).toEqual([before(1), before(3)]);
  const about = await client.lookupEvents({
    LookupAttributes: [{ AttributeKey: "ResourceName", AttributeValue: "f" }],
    StartTime: before(2.5),
  });
  expect(about.Events?.map(({ EventName }) => EventName)).toEqual(["B"]);
});

it("H-02 a page has fifty events at most; the next is asked for with its token", async () => {
  const { events, client } = world();
  events.push(...Array.from({ length: 51 }, (_, index) => event("A", index / 60)));
  const first = await client.lookupEvents({});
  expect(first.Events).toHaveLength(50);
  const { NextToken } = first;
  expect((await client.lookupEvents(NextToken === undefined ? {} : { NextToken })).Events).toHaveLength(1);
});

it("H-03 two attributes, 51 results and a time of more than 90 days ago are refused", async () => {
  const attribute = { AttributeKey: "EventName" as const, AttributeValue: "A" };
  const ask = (input: Parameters<CloudTrail["lookupEvents"]>[0]) => world().client.lookupEvents(input);
  await expect(ask({ LookupAttributes: [attribute, attribute] })).rejects.toThrow(
    expect.objectContaining({ name: "InvalidLookupAttributesException" }),
  );
  await expect(ask({ MaxResults: 51 })).rejects.toThrow(
    expect.objectContaining({ name: "InvalidMaxResultsException" }),
  );
  await expect(ask({ StartTime: before(24 * 91) })).rejects.toThrow(
    expect.objectContaining({ name: "InvalidTimeRangeException" }),
  );
});

it("H-04 a third lookup within a second is throttled", async () => {
  const { client } = world();
  await client.lookupEvents({});
  await client.lookupEvents({});
  await expect(client.lookupEvents({})).rejects.toThrow(
    expect.objectContaining({ name: "ThrottlingException" }),
  );
});
