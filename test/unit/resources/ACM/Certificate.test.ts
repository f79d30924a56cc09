/** Certificates through the engine: what is particular to them is that somebody has to prove something first. */
import { describe, expect, it } from "vitest";
import type { ApplyEvent } from "../../../../src/model/apply.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { acmDay } from "../../../fakes/aws/acm/service.ts";
import { entry } from "../../../type-examples/beside.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { type RandomEntry, specText } from "../../../integration/random-stack.ts";

const MINUTE = 60_000;
const DOMAIN = "shop.example.com";
const ALLOWED = { allowDeletion: [DOMAIN] };

/** An account in which the record is named after a moment, and nobody makes it by himself. */
function world() {
  const { callsOf, ...rest } = engineOnFake();
  const day = acmDay(rest.fake.region("us-east-1"));
  Object.assign(day, { named: 20_000, hasRecord: () => false });
  return { ...rest, day, requests: () => callsOf("RequestCertificate").length, callsOf };
}

const spec = (...entries: RandomEntry[]) => ({ "resources.js": specText({ entries, files: {} }) });
const cert = (more: JsonObject = {}) => entry("ACM", "Certificate", { DomainName: DOMAIN, ...more });
const ONE = spec(cert());
const NOTHING = spec();

it("an apply says which record a certificate waits for, since when and until when, and ends when it is issued", async () => {
  const { engine, day, requests } = world();
  const waits: Extract<ApplyEvent, { kind: "step-waiting" }>[] = [];
  const onEvent = (event: ApplyEvent): void => {
    if (event.kind !== "step-waiting") return;
    waits.push(event);
    if (event.awaiting.includes("CNAME")) day.hasRecord = () => true;
  };
  expect(failuresOf(await engine.apply(ONE, { onEvent }))).toEqual([]);
  const [unnamed, named] = waits;
  expect(unnamed?.awaiting).toBe(`ACM to name the DNS record that certificate ${DOMAIN} needs`);
  expect(named?.awaiting).toMatch(
    /certificate shop\.example\.com to be issued, for which public DNS needs _\w+\.shop\.example\.com\. CNAME _\w+\.acm-validations\.aws\./,
  );
  expect((named?.until ?? 0) - (named?.at ?? 0)).toBe(75 * MINUTE);
  expect(requests()).toBe(1);
  expect(changesOf(await engine.plan(ONE))).toEqual([]);
});

it("without its record the apply ends with what it waited for, and the next one goes on with the same certificate", async () => {
  const { engine, day, requests } = world();
  const [failure] = failuresOf(await engine.apply(ONE));
  expect(failure).toMatch(/DEADLINE waited 4500 s for certificate .* public DNS needs _\w+/);
  expect(changesOf(await engine.plan(ONE))).toEqual([`update ACM::Certificate::${DOMAIN} `]);
  day.hasRecord = () => true;
  expect(failuresOf(await engine.apply(ONE))).toEqual([]);
  expect(requests()).toBe(1);
});

it("can be cancelled while it waits, and keeps what was requested", async () => {
  const { engine, requests, day } = world();
  const cancel = new AbortController();
  const onEvent = (event: ApplyEvent): void => {
    if (event.kind === "step-waiting") cancel.abort(new Error("cancelled"));
  };
  const result = await engine.apply(ONE, { onEvent, signal: cancel.signal });
  expect([result.cancelled, failuresOf(result)]).toEqual([
    true,
    [`cancelled create ACM::Certificate::${DOMAIN}: `],
  ]);
  day.hasRecord = () => true;
  expect(failuresOf(await engine.apply(ONE))).toEqual([]);
  expect(requests()).toBe(1);
});

it("a request whose answer was lost is sent again with the same token: one certificate", async () => {
  const { engine, fake, day } = world();
  day.hasRecord = () => true;
  fake.faults.inject({ kind: "cut-after", operation: "RequestCertificate", times: 1 });
  await engine.apply(ONE);
  expect(failuresOf(await engine.apply(ONE))).toEqual([]);
  expect(fake.keys().filter((key) => key.includes(":certificate/"))).toHaveLength(1);
});

it("one that AWS could not issue is replaced without being allowed: it protected nothing", async () => {
  const { engine, day } = world();
  day.failure = "CAA_ERROR";
  expect(failuresOf(await engine.apply(ONE))[0]).toMatch(/RESOURCE_FAILED .*CAA_ERROR/);
  delete day.failure;
  day.hasRecord = () => true;
  expect(failuresOf(await engine.apply(ONE))).toEqual([]);
});

it("an issued one is replaced or deleted only when that is allowed by its name; the new one is issued first", async () => {
  const { engine, day, callsOf } = world();
  day.hasRecord = () => true;
  await engine.apply(ONE);
  const other = spec(cert({ SubjectAlternativeNames: ["www.shop.example.com"] }));
  const { problems } = await engine.plan(other);
  expect(problems.map(({ code }) => code)).toEqual(["DELETION_PROTECTED", "CERTIFICATE_WITHOUT_RECORD"]);
  expect(failuresOf(await engine.apply(other, {}, ALLOWED))).toEqual([]);
  const order = ["RequestCertificate", "DeleteCertificate"].map((name) => callsOf(name).at(-1)?.at ?? 0);
  expect(order).toEqual(order.toSorted());
  expect(changesOf(await engine.plan(other))).toEqual([]);
  expect(failuresOf(await engine.apply(NOTHING, {}, ALLOWED))).toEqual([]);
});

it("a replacement that stopped before the old one went leaves it to be deleted, not a second one of the name", async () => {
  const { engine, fake, day } = world();
  day.hasRecord = () => true;
  await engine.apply(ONE);
  const other = spec(cert({ SubjectAlternativeNames: ["www.shop.example.com"] }));
  fake.faults.inject({ kind: "cut", operation: "DeleteCertificate", times: 9 });
  expect(failuresOf(await engine.apply(other, {}, ALLOWED))).not.toEqual([]);
  fake.faults.clear();
  const left = (await engine.plan(other)).changes.filter(({ action }) => action !== "no-op");
  expect(left.map(({ action, key }) => [action, key.split("#")[0]])).toEqual([
    ["delete", `ACM::Certificate::${DOMAIN}`],
  ]);
  expect(failuresOf(await engine.apply(other, {}, ALLOWED))).toEqual([]);
  expect(fake.keys().filter((key) => key.includes(":certificate/"))).toHaveLength(1);
  expect(changesOf(await engine.plan(other))).toEqual([]);
});

it("a deletion waits for what uses it to let go", async () => {
  const { engine, fake, day } = world();
  day.hasRecord = () => true;
  await engine.apply(ONE);
  const [arn = ""] = fake.keys().filter((key) => key.includes(":certificate/"));
  day.usedBy.set(arn, ["arn:aws:cloudfront::123456789012:distribution/E1"]);
  const onEvent = (event: ApplyEvent): void => {
    if (event.kind === "step-waiting") day.usedBy.clear();
  };
  expect(failuresOf(await engine.apply(NOTHING, { onEvent }, ALLOWED))).toEqual([]);
});

it("a plan without changes costs three calls for it, however it was found", async () => {
  const { engine, fake, day } = world();
  day.hasRecord = () => true;
  await engine.apply(ONE);
  fake.resetCalls();
  expect(changesOf(await engine.plan(ONE))).toEqual([]);
  expect(
    fake.calls
      .filter(({ service }) => service === "acm")
      .map(({ operation }) => operation)
      .toSorted(),
  ).toEqual(["DescribeCertificate", "ListCertificates", "ListTagsForCertificate"]);
});

it("the first name counts among its names: ten are all right, eleven a warning", async () => {
  const { engine } = world();
  const names = (count: number) =>
    spec(cert({ SubjectAlternativeNames: Array.from({ length: count }, (_, n) => `n${n}.example.com`) }));
  const warned = async (count: number) =>
    (await engine.plan(names(count))).problems
      .map(({ code }) => code)
      .filter((code) => code !== "CERTIFICATE_WITHOUT_RECORD");
  expect(await warned(9)).toEqual([]);
  expect(await warned(10)).toEqual(["QUOTA_EXCEEDED"]);
});

describe("the record that proves whose the domain is", () => {
  const zone = entry("Route53", "HostedZone", { Name: "example.com." });
  const proof = (properties: JsonObject = {}, certificate = DOMAIN) =>
    entry("Route53", "Record", properties, { hostedZone: "example.com.", certificate });
  const WILD = { SubjectAlternativeNames: [`*.${DOMAIN}`] };
  const TWO = { SubjectAlternativeNames: ["www.example.com"] };
  const warned = async (...entries: RandomEntry[]): Promise<readonly string[]> =>
    (await world().engine.plan(spec(...entries))).problems
      .filter(({ code }) => code === "CERTIFICATE_WITHOUT_RECORD")
      .map(({ message }) => / whose (.*) is: /.exec(message)?.[1] ?? "");

  it.each<[string, RandomEntry[], readonly string[]]>([
    ["is missed", [cert()], [DOMAIN]],
    ["is there", [cert(), zone, proof()], []],
    ["is one for a name and its wildcard", [cert(WILD), zone, proof()], []],
    ["is missed for a second name", [cert(TWO), zone, proof()], ["www.example.com"]],
    [
      "is there for each of two names",
      [cert(TWO), zone, proof(), proof({ ValidationDomain: "www.example.com" })],
      [],
    ],
    [
      "of another certificate is none",
      [
        cert(),
        entry("ACM", "Certificate", { DomainName: "b.example.com" }),
        zone,
        proof({}, "b.example.com"),
      ],
      [DOMAIN],
    ],
    ["is nothing that an e-mail waits for", [cert({ ValidationMethod: "EMAIL" })], []],
  ])("%s", async (_what, entries, missed) => {
    expect(await warned(...entries)).toEqual(missed);
  });

  it("is not missed any more once the certificate is issued, and is as long as it waits", async () => {
    const { engine, day } = world();
    await engine.apply(ONE);
    expect((await engine.plan(ONE)).problems.map(({ code }) => code)).toEqual(["CERTIFICATE_WITHOUT_RECORD"]);
    day.hasRecord = () => true;
    await engine.apply(ONE);
    expect((await engine.plan(ONE)).problems).toEqual([]);
  });
});
