/** Registered domains: named by a spec, read, never written. */
import { expect, it } from "vitest";
import { listStack } from "../../../../src/engine/list-stack.ts";
import { connectAws } from "../../../../src/aws/connect.ts";
import { registeredDomains } from "../../../fakes/aws/route53domains/service.ts";
import { changesOf, engineOnFake, failuresOf, memorySource } from "../../../integration/harness.ts";

function world() {
  const { fake, engine, callsOf } = engineOnFake({ region: "eu-west-2" });
  registeredDomains(fake.region("eu-west-2")).set("example.com", {
    DomainName: "example.com",
    Nameservers: [{ Name: "ns-1.awsdns-01.org" }, { Name: "ns-2.awsdns-02.net" }],
    AutoRenew: true,
    ExpirationDate: new Date("2030-01-01T00:00:00Z"),
    AdminContact: { FirstName: "Ana", PhoneNumber: "+44.5555" },
  });
  return { fake, engine, callsOf };
}

const spec = (name: string, more = "readOnly: true") => ({
  "resources.js": `exports.createResources = () => [
    { type: "Domain", group: "Route53Domains", name: "${name}", ${more} },
    { type: "HostedZone", group: "Route53", properties: () => ({ Name: "${name}." }), dependencies: () => ({ domain: "${name}" }) },
  ];`,
});

it("a hosted zone of a registered domain: the domain stays as it is", async () => {
  const { engine, callsOf } = world();
  expect(failuresOf(await engine.apply(spec("example.com")))).toEqual([]);
  expect(changesOf(await engine.plan(spec("example.com")))).toEqual([]);
  expect(callsOf("GetDomainDetail").length).toBeGreaterThan(0);
  const more = { allowDeletion: ["example.com."] };
  expect(failuresOf(await engine.destroy(spec("example.com"), more))).toEqual([]);
});

it("shows its name servers and its end, and not who owns it", async () => {
  const { fake } = world();
  const { region, ...clientConfig } = fake.clientConfig();
  const source = memorySource(spec("example.com"));
  const stack = { source, directory: ".", stage: "dev", region, projectName: "random" };
  const [found] = await listStack(stack, connectAws({ region, clientConfig }), "Route53Domains::Domain");
  expect(found?.live).toMatchObject({
    id: "example.com",
    attributes: {
      DomainName: "example.com",
      NameServers: "ns-1.awsdns-01.org ns-2.awsdns-02.net",
      ExpirationDate: "2030-01-01T00:00:00.000Z",
    },
  });
  expect(JSON.stringify(found)).not.toMatch(/Ana|5555/);
});

it("one that nobody registered is an error of the plan", async () => {
  const { engine } = world();
  const { problems } = await engine.plan(spec("example.org"));
  expect(problems.filter(({ severity }) => severity === "error").map(({ code }) => code)).toEqual([
    "READ_ONLY_MISSING",
  ]);
});

it("cannot be anything but readOnly", async () => {
  const { engine } = world();
  await expect(engine.plan(spec("example.com", ""))).rejects.toMatchObject({
    hint: expect.stringMatching(/readOnly: true/),
  });
});
