/** Domain names and their mappings through the engine: certificates come first, paths belong to one, order matters. */
import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { describe, expect, it } from "vitest";
import type { ApplyEvent } from "../../../../src/model/apply.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { acmDay } from "../../../fakes/aws/acm/service.ts";
import { domainNameTimes } from "../../../fakes/aws/apigatewayv2/domain-names.ts";
import { entry, httpApi } from "../../../type-examples/beside.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { type RandomEntry, specText } from "../../../integration/random-stack.ts";

const MINUTE = 60_000;
const DOMAIN = "api.example.com";
const ALLOWED = { allowDeletion: [DOMAIN] };
const IMPORTED = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";

const spec = (...entries: RandomEntry[]) => ({ "resources.js": specText({ entries, files: {} }) });
const cert = entry("ACM", "Certificate", { DomainName: DOMAIN });
const domain = (more: JsonObject = {}, dependencies: Record<string, string> = { certificates: DOMAIN }) =>
  entry("ApiGatewayV2", "DomainName", { DomainName: DOMAIN, ...more }, dependencies);
const stage = (StageName: string) => entry("ApiGatewayV2", "Stage", { StageName }, { api: "shop" });
const mapping = (stageName: string, more: JsonObject = {}) =>
  entry("ApiGatewayV2", "ApiMapping", more, { domainName: DOMAIN, stage: `shop::${stageName}` });
const ALONE = [httpApi, stage("live"), stage("beta"), domain({}, { certificates: IMPORTED })];

function world() {
  const { callsOf, ...rest } = engineOnFake();
  const region = rest.fake.region("us-east-1");
  const api = new ApiGatewayV2({ ...rest.fake.clientConfig(), maxAttempts: 1 });
  const at = (operation: string): number => callsOf(operation).at(-1)?.at ?? 0;
  return { ...rest, api, at, callsOf, day: acmDay(region), times: domainNameTimes(region) };
}

describe("a domain name", () => {
  it("is made once its certificate is issued, and is waited for up to an hour", async () => {
    const { engine, day, times, at } = world();
    Object.assign(day, { named: 20_000, validated: 10 * MINUTE });
    times.ready = 40 * MINUTE;
    const waits: Extract<ApplyEvent, { kind: "step-waiting" }>[] = [];
    const onEvent = (event: ApplyEvent): void => {
      if (event.kind === "step-waiting") waits.push(event);
    };
    const files = spec(cert, domain(), httpApi, stage("live"), mapping("live"));
    expect(failuresOf(await engine.apply(files, { onEvent }))).toEqual([]);
    expect(at("CreateDomainName")).toBeGreaterThanOrEqual(at("RequestCertificate") + 10 * MINUTE);
    expect(at("CreateApiMapping")).toBeGreaterThanOrEqual(at("CreateDomainName") + 40 * MINUTE);
    const wait = waits.find(({ key }) => key === `ApiGatewayV2::DomainName::${DOMAIN}`);
    expect(wait?.awaiting).toBe(`domain name ${DOMAIN} to be available`);
    expect((wait?.until ?? 0) - (wait?.at ?? 0)).toBe(60 * MINUTE);
    expect(changesOf(await engine.plan(files))).toEqual([]);
    expect(failuresOf(await engine.destroy(files, ALLOWED))).toEqual([]);
    const order = ["DeleteApiMapping", "DeleteDomainName", "DeleteCertificate"].map(at);
    expect(order).toEqual(order.toSorted((left, right) => left - right));
  });

  it("with a certificate that is not issued, by its ARN, waits for that", async () => {
    const { engine, day, fake, at } = world();
    day.hasRecord = () => false;
    const none = { ...fake.clientConfig(), maxAttempts: 1 };
    const { ACM } = await import("@aws-sdk/client-acm");
    const acm = new ACM(none);
    const { CertificateArn = "" } = await acm.requestCertificate({
      DomainName: DOMAIN,
      ValidationMethod: "DNS",
    });
    const onEvent = (event: ApplyEvent): void => {
      if (event.kind === "step-waiting" && /certificate to be issued/.test(event.awaiting))
        day.hasRecord = () => true;
    };
    const files = spec(domain({ DomainNameConfigurations: [{ CertificateArn }] }, {}));
    expect(failuresOf(await engine.apply(files, { onEvent }))).toEqual([]);
    expect(at("CreateDomainName")).toBeGreaterThan(0);
  });

  it("moves to a replaced certificate before the old one goes", async () => {
    const { engine, at } = world();
    await engine.apply(spec(cert, domain()));
    const SubjectAlternativeNames = ["www.example.com"];
    const files = spec(
      entry("ACM", "Certificate", { DomainName: DOMAIN, SubjectAlternativeNames }),
      domain(),
    );
    expect(failuresOf(await engine.apply(files, {}, ALLOWED))).toEqual([]);
    const order = ["RequestCertificate", "UpdateDomainName", "DeleteCertificate"].map(at);
    expect(order).toEqual(order.toSorted((left, right) => left - right));
    expect(changesOf(await engine.plan(files))).toEqual([]);
  });

  it("is found by its tags when it left the spec", async () => {
    const { engine, fake, callsOf } = world();
    await engine.apply(spec(httpApi, domain({}, { certificates: IMPORTED })));
    expect(failuresOf(await engine.apply(spec(httpApi)))).toEqual([]);
    expect(callsOf("DeleteDomainName")).toHaveLength(1);
    fake.resetCalls();
    expect(changesOf(await engine.plan(spec(httpApi)))).toEqual([]);
    expect(callsOf("GetDomainName")).toEqual([]);
  });

  it("needs a certificate, from its configuration or the dependency", async () => {
    const { engine } = world();
    await expect(engine.plan(spec(domain({}, {})))).rejects.toMatchObject({ code: "PROPERTY_INVALID" });
  });
});

describe("an API mapping", () => {
  it("changes its path and its stage in place", async () => {
    const { engine, callsOf } = world();
    await engine.apply(spec(...ALONE, mapping("live", { ApiMappingKey: "" })));
    for (const one of [
      mapping("live", { ApiMappingKey: "orders/v1" }),
      mapping("beta", { ApiMappingKey: "orders/v1" }),
      mapping("beta"),
    ]) {
      expect(failuresOf(await engine.apply(spec(...ALONE, one)))).toEqual([]);
      expect(changesOf(await engine.plan(spec(...ALONE, one)))).toEqual([]);
    }
    expect([callsOf("CreateApiMapping").length, callsOf("UpdateApiMapping").length]).toEqual([1, 3]);
  });

  it("moves to a replaced Api before the old one goes", async () => {
    const { engine, fake } = world();
    const files = (ProtocolType: string, RouteSelectionExpression: string) =>
      spec(
        entry("ApiGatewayV2", "Api", { Name: "shop", ProtocolType, RouteSelectionExpression }),
        ...ALONE.slice(1),
        mapping("live"),
      );
    await engine.apply(files("HTTP", "$request.method $request.path"));
    const other = files("WEBSOCKET", "$request.body.action");
    expect(failuresOf(await engine.apply(other))).toEqual([]);
    const done = fake.calls.map(({ operation }) => operation);
    expect(done.lastIndexOf("UpdateApiMapping")).toBeLessThan(done.lastIndexOf("DeleteApi"));
    expect(changesOf(await engine.plan(other))).toEqual([]);
  });

  it("goes before its stage does", async () => {
    const { engine } = world();
    await engine.apply(spec(...ALONE, mapping("beta")));
    const without = ALONE.filter(({ properties }) => properties.StageName !== "beta");
    expect(failuresOf(await engine.apply(spec(...without)))).toEqual([]);
  });

  it("cannot share a path with another one", async () => {
    const { engine } = world();
    await expect(engine.plan(spec(...ALONE, mapping("live"), mapping("beta")))).rejects.toMatchObject({
      message: expect.stringMatching(
        /the domain's root is mapped by .*apimapping::api\.example\.com::shop::live already/,
      ),
    });
  });

  it("of a domain name that other stacks share leaves their mappings alone", async () => {
    const { engine, api } = world();
    await api.createDomainName({
      DomainName: DOMAIN,
      DomainNameConfigurations: [{ CertificateArn: IMPORTED }],
    });
    const { ApiId = "" } = await api.createApi({ Name: "theirs", ProtocolType: "HTTP" });
    await api.createStage({ ApiId, StageName: "live" });
    await api.createApiMapping({ DomainName: DOMAIN, ApiId, Stage: "live" });
    const files = (more: JsonObject) => {
      const text = specText({
        entries: [httpApi, stage("live"), domain({}, {}), mapping("live", more)],
        files: {},
      });
      return { "resources.js": text.replace('type: "DomainName",', 'type: "DomainName", readOnly: true,') };
    };
    expect(failuresOf(await engine.apply(files({})))[0]).toMatch(/FOREIGN_RESOURCE/);
    expect(failuresOf(await engine.apply(files({ ApiMappingKey: "shop" })))).toEqual([]);
    const { Items = [] } = await api.getApiMappings({ DomainName: DOMAIN });
    expect(Items.map(({ ApiMappingKey, ApiId: of }) => [ApiMappingKey, of === ApiId])).toEqual([
      ["", true],
      ["shop", false],
    ]);
  });
});
