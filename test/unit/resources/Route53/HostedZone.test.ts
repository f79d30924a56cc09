/** Hosted zones through the engine: made once, never lost unasked, and left alone by others' records. */
import { Route53 } from "@aws-sdk/client-route-53";
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry } from "../../../type-examples/beside.ts";

const zone = (properties: JsonObject) => entry("Route53", "HostedZone", properties);
const spec = (properties: JsonObject) => ({
  "resources.js": specText({ entries: [zone(properties)], files: {} }),
});
const NOTHING = { "resources.js": "exports.createResources = () => [];" };
const SHOP = spec({ Name: "shop.example." });
const VPC = { VPCRegion: "us-east-1", VPCId: "vpc-1" };
const OTHER_VPC = { VPCRegion: "us-east-1", VPCId: "vpc-2" };

it("a zone of GruCloud's examples converges, and tells its name servers", async () => {
  const { engine } = engineOnFake();
  const result = await engine.apply(SHOP);
  expect(failuresOf(result)).toEqual([]);
  expect(result.outputs).toMatchObject([
    { name: "NameServers", value: expect.stringMatching(/^ns-\S+( ns-\S+){3}$/) },
  ]);
  expect(changesOf(await engine.plan(SHOP))).toEqual([]);
});

it("its name is one with and without a dot, in small and capital letters", async () => {
  const { engine } = engineOnFake();
  await engine.apply(spec({ Name: "Shop.Example" }));
  expect(changesOf(await engine.plan(SHOP))).toEqual([]);
});

it("a plan asks for the zones that it names: three calls each, however many others there are", async () => {
  const { engine, fake } = engineOnFake();
  await engine.apply(SHOP);
  for (const name of ["a", "b", "c"])
    await engine.apply(spec({ Name: `${name}.example` }), {}, { projectName: name });
  fake.resetCalls();
  await engine.plan(spec({ Name: "shop.example" }));
  const calls = fake.calls.filter(({ service }) => service === "route53").map(({ operation }) => operation);
  expect([...new Set(calls)].toSorted()).toEqual([
    "GetHostedZone",
    "ListHostedZonesByName",
    "ListTagsForResource",
  ]);
});

it("a create whose answer is lost makes one zone, and so does an apply that stopped before its tags", async () => {
  const { engine, fake, callsOf } = engineOnFake();
  fake.faults.inject({ kind: "cut-after", operation: "CreateHostedZone", times: 1 });
  expect(failuresOf(await engine.apply(SHOP))).toEqual([]);
  expect(fake.keys().filter((key) => key.startsWith("Z")).length).toBe(1);
  expect(callsOf("CreateHostedZone").length).toBe(1);
  expect(changesOf(await engine.plan(SHOP))).toEqual([]);

  const world = engineOnFake();
  world.fake.faults.inject({ kind: "denied", operation: "ChangeTagsForResource", times: 1 });
  expect(failuresOf(await world.engine.apply(SHOP)).join()).toMatch(/ChangeTagsForResource|denies/);
  const again = await world.engine.plan(SHOP);
  expect(again.problems).toEqual([]);
  expect(again.changes.map(({ action }) => action)).toEqual(["update"]);
  expect(failuresOf(await world.engine.apply(SHOP))).toEqual([]);
  expect(changesOf(await world.engine.plan(SHOP))).toEqual([]);
  expect(world.callsOf("CreateHostedZone").length).toBe(1);
});

it("a zone that was deleted can be made again, although its reference is used up", async () => {
  const { engine } = engineOnFake();
  const allowed = { allowDeletion: ["shop.example."] };
  await engine.apply(SHOP);
  expect(failuresOf(await engine.apply(NOTHING, {}, allowed))).toEqual([]);
  expect(failuresOf(await engine.apply(SHOP))).toEqual([]);
  expect(changesOf(await engine.plan(SHOP))).toEqual([]);
});

it("a zone that left the spec is not deleted unless it is allowed by name; records of others hold it, which the plan says", async () => {
  const { engine, fake, callsOf } = engineOnFake();
  await engine.apply(SHOP);
  expect((await engine.plan(NOTHING)).problems.map(({ code }) => code)).toContain("DELETION_PROTECTED");
  expect(callsOf("DeleteHostedZone")).toEqual([]);
  const client = new Route53(fake.clientConfig());
  const { HostedZones = [] } = await client.listHostedZonesByName({});
  await client.changeResourceRecordSets({
    HostedZoneId: HostedZones[0]?.Id,
    ChangeBatch: {
      Changes: [
        {
          Action: "CREATE",
          ResourceRecordSet: {
            Name: "mail.shop.example",
            Type: "A",
            TTL: 60,
            ResourceRecords: [{ Value: "192.0.2.1" }],
          },
        },
      ],
    },
  });
  const allowed = { allowDeletion: ["shop.example."] };
  const { problems } = await engine.plan(NOTHING, allowed);
  expect(problems).toMatchObject([
    { code: "RESOURCE_IN_USE", message: expect.stringContaining("1 record in the zone") },
  ]);
  expect(failuresOf(await engine.apply(NOTHING, {}, allowed)).join()).toMatch(/HostedZoneNotEmpty/);
});

it("another zone of the same name is somebody else's; of a public and a private one the spec means one", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(SHOP, {}, { projectName: "another" });
  expect((await engine.plan(SHOP)).problems.map(({ code }) => code)).toEqual(["FOREIGN_RESOURCE"]);
  const inside = { Name: "shop.example.", VPCs: [VPC] };
  expect(failuresOf(await engine.apply(spec(inside), {}, { projectName: "inside" }))).toEqual([]);
  const shared = (more: string) => ({
    "resources.js": `exports.createResources = () => [{ group: "Route53", type: "HostedZone", name: "shop.example.", readOnly: true${more} }];`,
  });
  expect((await engine.plan(shared(""))).problems).toEqual([]);
  const withVpcs = shared(`, properties: () => (${JSON.stringify(inside)})`);
  expect((await engine.plan(withVpcs)).problems).toEqual([]);
  expect(callsOf("CreateHostedZone").length).toBe(2);
});

it("a private zone's VPCs are added before others are taken away, and without any it is another zone", async () => {
  const { engine, callsOf, fake } = engineOnFake();
  const inside = (...VPCs: JsonObject[]) => spec({ Name: "in.example.", VPCs });
  expect(failuresOf(await engine.apply(inside(VPC)))).toEqual([]);
  fake.resetCalls();
  expect(failuresOf(await engine.apply(inside(OTHER_VPC)))).toEqual([]);
  const writes = fake.calls.filter(({ write }) => write).map(({ operation }) => operation);
  expect(writes).toEqual(["AssociateVPCWithHostedZone", "DisassociateVPCFromHostedZone"]);
  expect(changesOf(await engine.plan(inside(OTHER_VPC)))).toEqual([]);
  expect(callsOf("UpdateHostedZoneComment")).toEqual([]);
  await expect(
    engine.plan(spec({ Name: "in.example.", VPCs: [VPC], DelegationSetId: "N1" })),
  ).rejects.toThrow(/DelegationSetId/);
});

it("more tags than Route 53 takes are refused by the plan", async () => {
  const { engine } = engineOnFake();
  const Tags = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((key) => [key, "x"]));
  await expect(engine.plan(spec({ Name: "shop.example.", Tags }))).rejects.toThrow(/Route 53 takes 10/);
});
