import { describe, expect, it } from "vitest";
import { connectAws } from "../../../../src/aws/connect.ts";
import { createBudget } from "../../../../src/aws/rate-limit.ts";
import { readTrail, type TrailOptions } from "../../../../src/engine/trail/read.ts";
import type { Change } from "../../../../src/model/plan.ts";
import { anEvent, type Told } from "../../../fakes/aws/cloudtrail/events.ts";
import { trailEvents } from "../../../fakes/aws/cloudtrail/service.ts";
import { createFakeAws } from "../../../fakes/aws/fake-aws.ts";
import { aChange, aPlan, aProperty } from "../../../fixtures/plans.ts";

const REGION = "eu-west-2";
const START = Date.UTC(2026, 10, 29, 5);
const HOUR = 3_600_000;

/** A strict fake of AWS on a clock that only waiting moves. */
function world() {
  let now = START;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const fake = createFakeAws({ region: REGION, clock: clock.now, throttle: true });
  const { requestHandler, credentials } = fake.clientConfig();
  const aws = connectAws({
    region: REGION,
    credentials,
    requestHandler,
    clock,
    budget: createBudget(clock),
    backoffMs: 1,
  });
  const failures: string[] = [];
  const read = (changes: readonly Change[], more: Partial<TrailOptions> = {}) =>
    readTrail(aws, aPlan(changes), {
      since: START - 24 * HOUR,
      known: new Map(),
      own: [],
      onFailure: (reason) => failures.push(reason),
      ...more,
    });
  const happened = (told: Partial<Told> & Pick<Told, "name" | "source">, region = REGION) =>
    trailEvents(fake.region(region)).push(anEvent({ at: new Date(START - HOUR), ...told }));
  const asked = () => fake.calls.filter(({ service }) => service === "cloudtrail").length;
  return { fake, failures, read, happened, asked, passed: () => now - START };
}

const properties = [aProperty("Description", "a", "b")];
const API = aChange("no-op", "ApiGatewayV2::Api", "my-api", { id: "7a38wlw431" });
const route = (id: string) =>
  aChange("update", "ApiGatewayV2::Route", `route::my-api::GET /${id}`, { id, properties });
const queue = (name: string) =>
  aChange("update", "SQS::Queue", name, { id: `https://sqs.test/1/${name}`, properties });

describe("who changed what differs", () => {
  it("is asked once for all routes of an API, and told of each", async () => {
    const { read, happened, asked } = world();
    for (const routeId of ["r1", "r2"])
      happened({
        name: "UpdateRoute",
        source: "apigateway.amazonaws.com",
        request: { apiId: "7a38wlw431", routeId },
      });
    const trail = await read([API, route("r1"), route("r2"), route("r3")]);
    expect(trail?.entries.map(({ key }) => key)).toEqual([route("r1").key, route("r2").key]);
    expect(trail).toMatchObject({ asked: 3, since: START - 24 * HOUR });
    expect(trail?.cut).toBeUndefined();
    expect(asked()).toBe(2);
  });

  it("is the newest of several kinds of calls", async () => {
    const { read, happened } = world();
    const request = { apiId: "7a38wlw431" };
    const source = "apigateway.amazonaws.com";
    happened({ name: "UpdateApi", source, request, at: new Date(START - 3 * HOUR) });
    happened({ name: "DeleteCorsConfiguration", source, request });
    const trail = await read([
      aChange("update", "ApiGatewayV2::Api", "my-api", { ...API, action: "update", properties }),
    ]);
    expect(trail?.entries).toMatchObject([{ event: "DeleteCorsConfiguration", earlier: 1 }]);
  });

  it("of IAM is in the region of global services, by the name or else by the ARN", async () => {
    const { read, happened } = world();
    const id = "arn:aws:iam::123456789012:policy/p";
    happened({ name: "CreatePolicyVersion", source: "iam.amazonaws.com", resources: [id] }, "us-east-1");
    const trail = await read([aChange("update", "IAM::Policy", "p", { id, properties })]);
    expect(trail?.entries).toMatchObject([{ event: "CreatePolicyVersion", who: "ana" }]);
  });

  it("is found behind a page of reads, not behind two; nothing from before the last apply counts", async () => {
    const { read, happened } = world();
    const about = (name: string, hours: number, readOnly = false) =>
      happened({
        name,
        source: "sqs.amazonaws.com",
        resources: ["q"],
        readOnly,
        at: new Date(START - hours * HOUR),
      });
    for (let index = 0; index < 60; index += 1) about("GetQueueAttributes", index / 10, true);
    about("SetQueueAttributes", 10);
    expect((await read([queue("q")]))?.entries).toHaveLength(1);
    expect((await read([queue("q")], { since: START - 9 * HOUR }))?.entries).toEqual([]);
    for (let index = 0; index < 60; index += 1) about("GetQueueAttributes", index / 10, true);
    expect((await read([queue("q")]))?.entries).toEqual([]);
  });

  it("is not asked for more than AWS keeps, where nobody knows the last apply", async () => {
    const { read } = world();
    const trail = await read([queue("q")], { since: undefined });
    expect(trail?.since).toBeGreaterThan(START - 90 * 24 * HOUR);
    expect(trail?.entries).toEqual([]);
  });

  it("takes at most twenty lookups, two a second, and says that it was cut", async () => {
    const { read, asked, passed, failures } = world();
    const many = Array.from({ length: 30 }, (_, index) => queue(`q${index}`));
    const trail = await read(many);
    expect(trail).toMatchObject({ asked: 10, entries: [], cut: true });
    expect(asked()).toBeLessThanOrEqual(20);
    expect(passed()).toBeGreaterThan(8_000);
    expect(failures).toEqual([]);
  });

  it("is not waited for longer than its caller wants, and the reason is logged", async () => {
    const { read, asked, failures } = world();
    const signal = AbortSignal.abort(new Error("30 s are over"));
    expect(await read([queue("q")], { signal })).toMatchObject({ asked: 0, entries: [], cut: true });
    expect(asked()).toBe(0);
    expect(failures).toEqual(["30 s are over"]);
  });

  it("of CloudWatch is told by its old name, monitoring", async () => {
    const { read, happened } = world();
    const id = "arn:aws:cloudwatch:eu-west-2:123456789012:alarm:errors";
    happened({ name: "PutMetricAlarm", source: "monitoring.amazonaws.com", resources: ["errors"] });
    const trail = await read([aChange("update", "CloudWatch::MetricAlarm", "errors", { id, properties })]);
    expect(trail?.entries).toMatchObject([{ event: "PutMetricAlarm", who: "ana" }]);
  });

  it("is left out in silence without the permission, and where nothing differs", async () => {
    const { fake, read, failures, asked } = world();
    expect(await read([API])).toBeUndefined();
    expect(asked()).toBe(0);
    fake.faults.inject({ kind: "denied", operation: "LookupEvents" });
    expect(await read([queue("q")])).toBeUndefined();
    expect(failures).toEqual([]);
  });

  it("is what was found before AWS refused to say more; the reason is logged", async () => {
    const { fake, read, happened, failures } = world();
    happened({ name: "SetQueueAttributes", source: "sqs.amazonaws.com", resources: ["q1"] });
    fake.faults.inject({ kind: "throttle", operation: "LookupEvents", skip: 1, times: 100 });
    const trail = await read([queue("q1"), queue("q2")]);
    expect(trail).toMatchObject({ asked: 1, cut: true, entries: [{ key: queue("q1").key }] });
    expect(failures).toHaveLength(1);
  });
});
