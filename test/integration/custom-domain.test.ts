/** examples/http-lambda-domain: seventeen resources from a registered domain to the function that answers under it. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConnectOptions, connectAws } from "../../src/aws/connect.ts";
import { applyStack, destroyStack } from "../../src/engine/apply-stack.ts";
import { planStack } from "../../src/engine/plan-stack.ts";
import type { ApplyEvent } from "../../src/model/apply.ts";
import { createLocalSource } from "../../src/source/local-source.ts";
import { call } from "../acceptance/call.ts";
import { startMiniStackAndMoto, type MiniStackAndMoto } from "../emulators/ministack-and-moto.ts";
import { acmDay } from "../fakes/aws/acm/service.ts";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { registeredDomains } from "../fakes/aws/route53domains/service.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { changesOf, failuresOf } from "./harness.ts";

const REGION = "eu-west-2";
const HOST = "hello-dev.example.com";
const stack = {
  source: createLocalSource(join(import.meta.dirname, "../../examples")),
  directory: "http-lambda-domain",
  stage: "dev",
  region: REGION,
  allowDeletion: [HOST, "example.com."],
};
const MOST_CALLS = 30;

function onFake() {
  const clock = createFakeClock();
  const fake = createFakeAws({ region: REGION, clock: clock.now });
  registeredDomains(fake.region(REGION)).set("example.com", { DomainName: "example.com" });
  const options: ConnectOptions = {
    region: REGION,
    clientConfig: fake.clientConfig(),
    clock,
    budget: async () => {},
    backoffMs: 1,
  };
  return { fake, connect: () => connectAws(options), day: acmDay(fake.region(REGION)) };
}

describe("on the strict fake", () => {
  it("is planned, applied once its certificate's record is found, costs few calls without changes, and goes", async () => {
    const { fake, connect, day } = onFake();
    Object.assign(day, { named: 20_000, validated: 120_000 });
    const { plan } = await planStack(stack, connect());
    expect(plan.changes).toHaveLength(17);
    const waits: string[] = [];
    const onEvent = (event: ApplyEvent): void => {
      if (event.kind === "step-waiting") waits.push(event.awaiting);
    };
    expect(failuresOf(await applyStack(stack, connect(), { planId: plan.id, onEvent }))).toEqual([]);
    expect(waits.join("\n")).toMatch(/public DNS needs _\w+\.hello-dev\.example\.com\. CNAME/);
    const done = fake.calls.map(({ operation, error }) => (error === undefined ? operation : ""));
    expect(done.indexOf("ChangeResourceRecordSets")).toBeLessThan(done.indexOf("CreateDomainName"));
    fake.resetCalls();
    expect(changesOf((await planStack(stack, connect())).plan)).toEqual([]);
    expect(fake.calls.length).toBeLessThanOrEqual(MOST_CALLS);
    expect(failuresOf(await destroyStack(stack, connect()))).toEqual([]);
    expect(fake.keys().filter((key) => !key.startsWith("arn:aws:iam::aws:"))).toEqual([]);
  });

  it("without its record the certificate is not issued: public DNS is the account's zone", async () => {
    const { fake, connect } = onFake();
    fake.faults.inject({ kind: "denied", operation: "ChangeResourceRecordSets", times: 99 });
    const result = await applyStack(stack, connect());
    expect(failuresOf(result).find((line) => line.includes("ACM::Certificate"))).toMatch(/WAITS_IN_VAIN/);
    fake.faults.clear();
    expect(failuresOf(await applyStack(stack, connect()))).toEqual([]);
    expect(fake.calls.filter(({ operation }) => operation === "RequestCertificate")).toHaveLength(1);
  });
});

describe("on MiniStack, with moto's registrar", () => {
  let emulator: MiniStackAndMoto;
  beforeAll(async () => {
    emulator = await startMiniStackAndMoto(["example.com"]);
  }, 120_000);
  afterAll(() => emulator.stop());

  it("is applied, answers under its own name, has no changes left, and goes", async () => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const connect = () => connectAws({ region: REGION, endpoint: emulator.url, credentials });
    expect(failuresOf(await applyStack(stack, connect()))).toEqual([]);
    const { status, body } = await call(`http://127.0.0.1:${emulator.calledAt}`, "/hello", { host: HOST });
    expect([status, JSON.parse(body)]).toMatchObject([200, { message: "Hello" }]);
    expect(changesOf((await planStack(stack, connect())).plan)).toEqual([]);
    expect(failuresOf(await destroyStack(stack, connect()))).toEqual([]);
  }, 240_000);
});
