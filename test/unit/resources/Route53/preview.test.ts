/** Records in a zone that a stage and its preview share: the preview keeps to its own. */
import { Route53 } from "@aws-sdk/client-route-53";
import { expect, it } from "vitest";
import { engineOnFake, failuresOf, memorySource } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry } from "../../../type-examples/beside.ts";

const zone = entry("Route53", "HostedZone", { Name: "shop.example." });
const SHARED = "{ group: 'Route53', type: 'HostedZone', name: 'shop.example.', readOnly: true },";
const at = (Name: string) =>
  entry(
    "Route53",
    "Record",
    { Name, Type: "A", ResourceRecords: [{ Value: "192.0.2.1" }] },
    { hostedZone: "shop.example." },
  );
const spec = (...names: readonly string[]) => {
  const text = specText({ entries: names.map(at), files: {} });
  return { "resources.js": text.replace("[", `[\n  ${SHARED}`) };
};
const CERTIFICATE = `arn:aws:acm:${engineOnFake().fake.clientConfig().region}:123456789012:certificate/12345678-1234-1234-1234-123456789012`;
const PREVIEW = { stage: "pr-12", projectName: "shop" };

async function recordsOf(world: ReturnType<typeof engineOnFake>): Promise<readonly string[]> {
  const client = new Route53(world.fake.clientConfig());
  const { HostedZones = [] } = await client.listHostedZonesByName({});
  const { ResourceRecordSets = [] } = await client.listResourceRecordSets({
    HostedZoneId: HostedZones[0]?.Id,
  });
  return ResourceRecordSets.filter(({ Type }) => Type === "A").map(({ Name = "" }) => Name);
}

async function sharedZone() {
  const world = engineOnFake();
  await world.engine.apply(
    { "resources.js": specText({ entries: [zone], files: {} }) },
    {},
    { stage: "base", projectName: "zones" },
  );
  const made = await world.engine.apply(spec("api.shop.example."), {}, { stage: "dev", projectName: "shop" });
  expect(failuresOf(made)).toEqual([]);
  return world;
}

it("a record without the preview's stage in it is refused, and that of the stage stays", async () => {
  const world = await sharedZone();
  const same = spec("api.shop.example.");
  const { problems } = await world.engine.plan(same, PREVIEW);
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual([["PREVIEW_SHARED", "error"]]);
  await world.engine.destroy(same, PREVIEW);
  // It left the spec, and the commit before had it.
  await world.engine.apply(spec(), {}, { ...PREVIEW, base: memorySource(same) });
  expect(await recordsOf(world)).toEqual(["api.shop.example."]);
});

it("its own record comes and goes with it, beside that of a pull request whose number begins alike", async () => {
  const world = await sharedZone();
  const own = spec("pr-12.shop.example.");
  const other = spec("pr-123.shop.example.");
  for (const [files, stage] of [
    [own, "pr-12"],
    [other, "pr-123"],
  ] as const)
    expect(failuresOf(await world.engine.apply(files, {}, { ...PREVIEW, stage }))).toEqual([]);
  expect(failuresOf(await world.engine.destroy(own, PREVIEW))).toEqual([]);
  expect([...(await recordsOf(world))].sort()).toEqual(["api.shop.example.", "pr-123.shop.example."]);
});

it.each([
  [
    "a domain name",
    "ApiGatewayV2",
    "DomainName",
    (name: string) => ({
      DomainName: `${name}.shop.example`,
      DomainNameConfigurations: [{ CertificateArn: CERTIFICATE }],
    }),
  ],
  [
    "an OIDC provider",
    "IAM",
    "OpenIDConnectProvider",
    (name: string) => ({ Url: `https://${name}.shop.example`, ClientIDList: ["a"] }),
  ],
] as const)(
  "%s that exists only once is refused without the preview's stage in its name",
  async (_what, group, type, properties) => {
    const world = engineOnFake();
    const planned = async (name: string, stage: string) => {
      const files = {
        "resources.js": specText({ entries: [entry(group, type, properties(name))], files: {} }),
      };
      const { problems } = await world.engine.plan(files, { ...PREVIEW, stage, names: "{name}-{stage}" });
      return problems.flatMap(({ code, severity }) => (severity === "error" ? [code] : []));
    };
    expect(await planned("api", "pr-12")).toEqual(["PREVIEW_SHARED"]);
    expect(await planned("pr-12", "pr-12")).toEqual([]);
    expect(await planned("pr-123", "pr-12")).toEqual(["PREVIEW_SHARED"]);
    expect(await planned("api", "dev")).toEqual([]);
  },
);
