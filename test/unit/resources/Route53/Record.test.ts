/** Records through the engine and against the fake: whose they are, what they are made of, and that none is lost. */
import { Route53, type ChangeAction, type ResourceRecordSet } from "@aws-sdk/client-route-53";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { record } from "../../../../src/resources/Route53/record/record.ts";
import type { Live, ResolvedDependency } from "../../../../src/resources/type.ts";
import { acmDay } from "../../../fakes/aws/acm/service.ts";
import { changesOf, engineOnFake, failuresOf, memorySource } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry } from "../../../type-examples/beside.ts";
import { createWorld, desiredOf, entryOf } from "../harness.ts";

const zone = entry("Route53", "HostedZone", { Name: "shop.example." });
const SHARED = "{ group: 'Route53', type: 'HostedZone', name: 'shop.example.', readOnly: true },";
const at = (Name: string, Value: string, more: JsonObject = {}) =>
  entry(
    "Route53",
    "Record",
    { Name, Type: "A", ResourceRecords: [{ Value }], ...more },
    { hostedZone: "shop.example." },
  );
type Entries = readonly ReturnType<typeof entry>[];
const spec = (...entries: Entries) => ({ "resources.js": specText({ entries, files: {} }) });
/** With the zone of another stack. */
const shared = (...entries: Entries) => {
  const { "resources.js": text } = spec(...entries);
  return { "resources.js": text.replace("[", `[\n  ${SHARED}`) };
};
const base = (files: Record<string, string>) => ({ base: memorySource(files) });

function dns(world: ReturnType<typeof engineOnFake>) {
  const client = new Route53(world.fake.clientConfig());
  const zoneId = async () => (await client.listHostedZonesByName({})).HostedZones?.[0]?.Id;
  return {
    async change(Action: ChangeAction, Name: string, Value: string, more: Partial<ResourceRecordSet> = {}) {
      const ResourceRecordSet: ResourceRecordSet = {
        Name,
        Type: "A",
        TTL: 300,
        ResourceRecords: [{ Value }],
        ...more,
      };
      await client.changeResourceRecordSets({
        HostedZoneId: await zoneId(),
        ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
      });
    },
    async records() {
      const { ResourceRecordSets = [] } = await client.listResourceRecordSets({
        HostedZoneId: await zoneId(),
      });
      return ResourceRecordSets.filter(({ Type }) => Type !== "NS" && Type !== "SOA").map(
        ({ Name, ResourceRecords = [] }) => `${Name} ${ResourceRecords.map(({ Value }) => Value).join()}`,
      );
    },
  };
}

describe("records in a zone of the stack", () => {
  it("others' stay, whatever the spec has, and hold the zone when it goes", async () => {
    const world = engineOnFake();
    const { change, records } = dns(world);
    const files = spec(zone, at("www.shop.example", "192.0.2.1"));
    expect(failuresOf(await world.engine.apply(files))).toEqual([]);
    await change("CREATE", "mail.shop.example", "192.0.2.9");
    expect(changesOf(await world.engine.plan(files))).toEqual([]);
    expect(changesOf(await world.engine.plan(files, base(files)))).toEqual([]);
    expect(failuresOf(await world.engine.apply(spec(zone), {}, base(files)))).toEqual([]);
    expect(await records()).toEqual(["mail.shop.example. 192.0.2.9"]);
    const allowed = { allowDeletion: ["shop.example."] };
    expect(failuresOf(await world.engine.destroy(files, allowed)).join()).toMatch(/HostedZoneNotEmpty/);
    await change("DELETE", "mail.shop.example", "192.0.2.9");
    expect(failuresOf(await world.engine.destroy(files, allowed))).toEqual([]);
  });

  it("go before the zone does, with the stack", async () => {
    const { engine, callsOf, fake } = engineOnFake();
    const files = spec(zone, at("www.shop.example", "192.0.2.1"), at("*.shop.example", "192.0.2.2"));
    await engine.apply(files);
    expect(changesOf(await engine.plan(files))).toEqual([]);
    fake.resetCalls();
    expect(failuresOf(await engine.destroy(files, { allowDeletion: ["shop.example."] }))).toEqual([]);
    expect(callsOf("DeleteHostedZone").length).toBe(1);
    expect(fake.keys().filter((key) => key.startsWith("Z"))).toEqual([]);
  });

  it("a change takes the old record's place in one batch, unless somebody changed it since the plan", async () => {
    const world = engineOnFake();
    const { change, records } = dns(world);
    const before = spec(zone, at("www.shop.example", "192.0.2.1"));
    const after = spec(zone, at("www.shop.example", "192.0.2.2", { TTL: 60 }));
    await world.engine.apply(before);
    world.fake.resetCalls();
    expect(failuresOf(await world.engine.apply(after))).toEqual([]);
    const [batch, ...more] = world.callsOf("ChangeResourceRecordSets").map(({ input }) => input);
    expect(more).toEqual([]);
    expect(batch).toMatchObject({ ChangeBatch: { Changes: [{ Action: "DELETE" }, { Action: "CREATE" }] } });
    const meanwhile = () => change("UPSERT", "www.shop.example", "192.0.2.7");
    const result = await world.engine.apply(before, { beforeWrite: meanwhile });
    expect(failuresOf(result).join()).toMatch(/values provided do not match/);
    expect(await records()).toEqual(["www.shop.example. 192.0.2.7"]);
  });

  it("one that somebody else makes while the stack is applied is not overwritten, and one that is as wanted is taken", async () => {
    for (const [value, failed] of [
      ["192.0.2.7", 1],
      ["192.0.2.1", 0],
    ] as const) {
      const world = engineOnFake();
      const { change, records } = dns(world);
      await world.engine.apply(spec(zone));
      const files = spec(zone, at("www.shop.example", "192.0.2.1"));
      let made: Promise<void> | undefined;
      const result = await world.engine.apply(files, {
        beforeWrite: () => (made ??= change("CREATE", "www.shop.example", value)),
      });
      expect(failuresOf(result).length).toBe(failed);
      if (failed === 1) expect(failuresOf(result).join()).toMatch(/FOREIGN_RESOURCE/);
      expect(await records()).toEqual([`www.shop.example. ${value}`]);
    }
  });

  it("writes whose answers are lost are done once", async () => {
    const world = engineOnFake();
    const { records } = dns(world);
    const lose = () =>
      world.fake.faults.inject({ kind: "cut-after", operation: "ChangeResourceRecordSets", times: 1 });
    await world.engine.apply(spec(zone));
    lose();
    const files = spec(zone, at("www.shop.example", "192.0.2.1"));
    expect(failuresOf(await world.engine.apply(files))).toEqual([]);
    lose();
    const changed = spec(zone, at("www.shop.example", "192.0.2.2"));
    expect(failuresOf(await world.engine.apply(changed))).toEqual([]);
    expect(await records()).toEqual(["www.shop.example. 192.0.2.2"]);
    lose();
    expect(failuresOf(await world.engine.apply(spec(zone), {}, base(changed)))).toEqual([]);
    expect(await records()).toEqual([]);
  });

  it("a zone of many pages is asked for the names of the spec, not read through", async () => {
    const world = engineOnFake({ pageSize: 2 });
    const { change } = dns(world);
    const files = spec(zone, at("www.shop.example", "192.0.2.1"), at("zzz.shop.example", "192.0.2.1"));
    await world.engine.apply(files);
    for (let n = 0; n < 12; n += 1) await change("CREATE", `h${n}.shop.example`, "192.0.2.9");
    world.fake.resetCalls();
    expect(changesOf(await world.engine.plan(files))).toEqual([]);
    expect(world.callsOf("ListResourceRecordSets").length).toBe(3);
  });
});

describe("records in a zone of somebody else", () => {
  it("are made, left alone when they are as wanted, changed and deleted only as the base branch's spec says", async () => {
    const world = engineOnFake();
    const { change, records } = dns(world);
    await world.engine.apply(spec(zone), {}, { projectName: "theirs" });
    await change("CREATE", "mail.shop.example", "192.0.2.9");
    const ours = shared(at("www.shop.example", "192.0.2.1"));
    expect(failuresOf(await world.engine.apply(ours))).toEqual([]);
    expect(changesOf(await world.engine.plan(ours))).toEqual([]);
    const changed = shared(at("www.shop.example", "192.0.2.2"));
    expect((await world.engine.plan(changed)).problems.map(({ code }) => code)).toEqual(["FOREIGN_RESOURCE"]);
    expect(failuresOf(await world.engine.apply(changed, {}, base(ours)))).toEqual([]);
    expect(await records()).toEqual(["mail.shop.example. 192.0.2.9", "www.shop.example. 192.0.2.2"]);
    const theirs = shared(at("mail.shop.example", "192.0.2.1"));
    expect((await world.engine.plan(theirs, base(changed))).problems.map(({ code }) => code)).toEqual([
      "FOREIGN_RESOURCE",
    ]);
    expect(failuresOf(await world.engine.apply(shared(), {}, base(changed)))).toEqual([]);
    expect(await records()).toEqual(["mail.shop.example. 192.0.2.9"]);
  });
});

const ZONE: Live = {
  type: "Route53::HostedZone",
  name: "shop.example.",
  id: "",
  state: {},
  attributes: {},
};

const known = (type: string, name: string, attributes: JsonObject): ResolvedDependency => ({
  type,
  name,
  id: name,
  attributes,
  attribute(path) {
    const value = path
      .split(".")
      .reduce<unknown>((inner, step) => (Object(inner) as Record<string, unknown>)[step], attributes);
    return typeof value === "string" ? value : { $unknown: `${name} ${path}` };
  },
  properties: {},
});
const validationOf = (DomainName: string, key: string) => ({
  DomainName,
  ResourceRecord: { Name: `_${key}.${DomainName}.`, Type: "CNAME", Value: `_x${key}.acm-validations.aws.` },
});
const certificate = known("ACM::Certificate", "shop.example", {
  DomainName: "shop.example",
  DomainValidationOptions: [validationOf("www.shop.example", "b"), validationOf("shop.example", "a")],
});
const domain = known("ApiGatewayV2::DomainName", "api.shop.example", {
  DomainNameConfigurations: [
    { HostedZoneId: "Z1UJRXOUMOOFQ8", ApiGatewayDomainName: "d-1.execute-api.us-east-1.amazonaws.com" },
  ],
});
const hostedZone = [known("Route53::HostedZone", ZONE.name, {})];

describe("records without properties, as in GruCloud's examples", () => {
  it("validate a certificate by its first name, or by another one that is named", () => {
    const { stack } = createWorld();
    const wanted = { dependencies: { hostedZone, certificate: [certificate] } };
    expect(record.desiredState(desiredOf(record, wanted, stack))).toEqual({
      Name: "_a.shop.example.",
      Type: "CNAME",
      TTL: 300,
      ResourceRecords: [{ Value: "_xa.acm-validations.aws." }],
    });
    expect(record.name(entryOf(record, wanted))).toBe("record::ACM::Certificate::CNAME::shop.example");
    const second = { ...wanted, properties: { ValidationDomain: "www.shop.example" } };
    const made = record.desiredState(desiredOf(record, second, stack));
    expect(made).toMatchObject({ Name: "_b.www.shop.example.", TTL: 300 });
    expect(record.name(entryOf(record, second))).toBe(
      "record::ACM::Certificate::CNAME::shop.example::www.shop.example",
    );
  });

  it("are aliases of a custom domain", () => {
    const { stack } = createWorld();
    const wanted = { dependencies: { hostedZone, apiGatewayV2DomainName: [domain] } };
    expect(record.desiredState(desiredOf(record, wanted, stack))).toEqual({
      Name: "api.shop.example.",
      Type: "A",
      AliasTarget: {
        HostedZoneId: "Z1UJRXOUMOOFQ8",
        DNSName: "d-1.execute-api.us-east-1.amazonaws.com.",
        EvaluateTargetHealth: false,
      },
    });
    expect(record.name(entryOf(record, wanted))).toBe(
      "record::ApiGatewayV2::DomainName::A::api.shop.example",
    );
  });

  it("are made as soon as their certificate names them, which is then issued; both names of a second record too", async () => {
    const { engine, callsOf, fake } = engineOnFake();
    acmDay(fake.region("us-east-1")).hasRecord = (name) =>
      callsOf("ChangeResourceRecordSets").some(({ input }) => JSON.stringify(input).includes(name));
    const dependencies = { hostedZone: "shop.example.", certificate: "shop.example" };
    const files = spec(
      zone,
      entry("ACM", "Certificate", {
        DomainName: "shop.example",
        SubjectAlternativeNames: ["*.shop.example", "www.shop.example"],
      }),
      entry("Route53", "Record", {}, dependencies),
      entry("Route53", "Record", { ValidationDomain: "www.shop.example" }, dependencies),
    );
    const result = await engine.apply(files);
    expect(failuresOf(result)).toEqual([]);
    expect(changesOf(await engine.plan(files))).toEqual([]);
    expect(changesOf(await engine.plan(files, base(files)))).toEqual([]);
    expect(callsOf("ChangeResourceRecordSets").length).toBe(2);
    const without = spec(zone);
    const allowed = { allowDeletion: ["shop.example", "shop.example."], ...base(files) };
    expect(failuresOf(await engine.apply(without, {}, allowed))).toEqual([]);
    expect(callsOf("ChangeResourceRecordSets").length).toBe(4);
    expect(failuresOf(await engine.destroy(without, { allowDeletion: ["shop.example."] }))).toEqual([]);
  });

  it("keep their place when their certificate is made again", async () => {
    const { engine } = engineOnFake();
    const dependencies = { hostedZone: "shop.example.", certificate: "shop.example" };
    const withNames = (...SubjectAlternativeNames: string[]) =>
      spec(
        zone,
        entry("ACM", "Certificate", { DomainName: "shop.example", SubjectAlternativeNames }),
        entry("Route53", "Record", {}, dependencies),
      );
    const [one, two] = [withNames("shop.example"), withNames("*.shop.example")];
    expect(failuresOf(await engine.apply(one))).toEqual([]);
    const allowed = { allowDeletion: ["shop.example"], ...base(one) };
    const plan = await engine.plan(two, allowed);
    expect(plan.changes.filter(({ type }) => type === record.type).map(({ action }) => action)).toEqual([
      "update",
    ]);
    expect(failuresOf(await engine.apply(two, {}, allowed))).toEqual([]);
    expect(changesOf(await engine.plan(two, base(two)))).toEqual([]);
  });

  it("have a name that is known later while their certificate is to be made, and are then created", () => {
    const { stack } = createWorld();
    const toBeMade = {
      ...certificate,
      attributes: undefined,
      attribute: (path: string) => ({ $unknown: path }),
    };
    const wanted = { dependencies: { hostedZone, certificate: [toBeMade] } };
    const state = record.desiredState(desiredOf(record, wanted, stack));
    expect(state).toMatchObject({ Name: { $unknown: expect.any(String) }, Type: "CNAME", TTL: 300 });
    const live = { ...ZONE, type: record.type, id: "r", state: { Name: "_a.shop.example.", Type: "CNAME" } };
    const candidate = { name: "record::ACM::Certificate::CNAME::shop.example", state };
    expect(record.pair?.([candidate], [{ ...live, name: "record::CNAME::_a.shop.example." }])).toEqual(
      new Map(),
    );
    const identified = { ...live, name: candidate.name };
    expect(record.pair?.([candidate], [identified])).toEqual(new Map([[candidate, identified]]));
  });
});

describe("a plan of records", () => {
  const { engine } = engineOnFake();
  const refused = async (...entries: Entries) => {
    const error: unknown = await engine.plan(spec(zone, ...entries)).then(
      () => "accepted",
      (thrown: unknown) => thrown,
    );
    return error instanceof Error ? error.message : String(error);
  };
  const inZone = (properties: JsonObject) =>
    entry("Route53", "Record", properties, { hostedZone: "shop.example" });
  const values = (...texts: string[]) => texts.map((Value) => ({ Value }));
  const cases: readonly (readonly [string, JsonObject, RegExp])[] = [
    [
      "a record outside its zone",
      { Name: "www.other.example", Type: "A", ResourceRecords: values("192.0.2.1") },
      /is not in the zone shop\.example/,
    ],
    [
      "a CNAME with the zone's name",
      { Name: "shop.example", Type: "CNAME", ResourceRecords: values("a.example") },
      /cannot have the zone's own name/,
    ],
    [
      "the zone's own NS record",
      { Name: "shop.example", Type: "NS", ResourceRecords: values("ns.example") },
      /is AWS's/,
    ],
    [
      "a text without quotation marks",
      { Name: "t.shop.example", Type: "TXT", ResourceRecords: values("a") },
      /in quotation marks/,
    ],
    [
      "an address that is none",
      { Name: "t.shop.example", Type: "A", ResourceRecords: values("a.example") },
      /IPv4 address/,
    ],
    [
      "two values of a CNAME",
      { Name: "t.shop.example", Type: "CNAME", ResourceRecords: values("a.example", "b.example") },
      /a CNAME has one/,
    ],
    ["no values", { Name: "t.shop.example", Type: "A" }, /ResourceRecords is required/],
    [
      "a policy without its identifier",
      { Name: "t.shop.example", Type: "A", ResourceRecords: values("192.0.2.1"), Weight: 1 },
      /SetIdentifier is required/,
    ],
    [
      "a TTL of an alias",
      {
        Name: "t.shop.example",
        Type: "A",
        TTL: 60,
        AliasTarget: { HostedZoneId: "Z1", DNSName: "a.example" },
      },
      /not for an alias/,
    ],
  ];

  it.each(cases)("refuses %s", async (_what, properties, message) => {
    expect(await refused(inZone(properties))).toMatch(message);
  });

  it("warns of an alias of a domain that is not in the stack, and takes values as texts", async () => {
    const AliasTarget = {
      HostedZoneId: "Z1UJRXOUMOOFQ8",
      DNSName: "d-1.execute-api.us-east-1.amazonaws.com",
    };
    const { problems } = await engine.plan(
      spec(zone, inZone({ Name: "api.shop.example", Type: "A", AliasTarget })),
    );
    expect(problems.map(({ code }) => code)).toEqual(["ALIAS_OUTSIDE_STACK"]);
    const texts = inZone({ Name: "t.shop.example", Type: "A", ResourceRecords: ["192.0.2.1"] });
    expect((await engine.plan(spec(zone, texts))).problems).toEqual([]);
  });

  it("warns of a name that leads to a domain of another name", async () => {
    const GROUP = "CognitoIdentityServiceProvider";
    const CustomDomainConfig = {
      CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
    };
    const files = spec(
      zone,
      entry(GROUP, "UserPool", { PoolName: "users" }),
      entry(
        GROUP,
        "UserPoolDomain",
        { Domain: "auth.shop.example", CustomDomainConfig },
        { userPool: "users" },
      ),
      entry(
        "Route53",
        "Record",
        { Name: "login.shop.example" },
        { hostedZone: "shop.example", userPoolDomain: "auth.shop.example" },
      ),
    );
    expect((await engine.plan(files)).problems.map(({ code }) => code)).toEqual(["ALIAS_NAME_DIFFERS"]);
  });
});
