import { ACM } from "@aws-sdk/client-acm";
import { expect, it } from "vitest";
import { acmDay } from "../acm/service.ts";
import { account, httpApi, plain, refusal } from "../testing.ts";
import { domainNameTimes } from "./domain-names.ts";

const DOMAIN = "api.example.com";
const IMPORTED = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const with_ = (CertificateArn: string | undefined) => ({
  DomainName: DOMAIN,
  DomainNameConfigurations: [{ CertificateArn }],
});
const ONE = with_(IMPORTED);

/** A domain name that takes a minute, on a clock of the test's. */
function slow() {
  const clock = { now: 0 };
  const { api, fake, tagging } = account({ clock: () => clock.now });
  const acm = new ACM({ ...fake.clientConfig(), maxAttempts: 1 });
  domainNameTimes(fake.region("us-east-1")).ready = 60_000;
  return { acm, api, clock, fake, tagging, read: () => api.getDomainName({ DomainName: DOMAIN }) };
}

/** The same with an API and its stage at the domain's root. */
async function mapped() {
  const { api } = account();
  await api.createDomainName(ONE);
  const { ApiId } = await httpApi(api);
  await api.createStage({ ApiId, StageName: "live" });
  const where = { DomainName: DOMAIN, ApiId, Stage: "live" };
  const { ApiMappingId } = await api.createApiMapping(where);
  return { api, ApiId, ApiMappingId, where };
}

it("E-01 a domain name, as it comes back: UPDATING, and AVAILABLE some time later", async () => {
  const { api, clock, read } = slow();
  expect(plain(await api.createDomainName(ONE))).toMatchObject({
    DomainName: DOMAIN,
    DomainNameArn: `arn:aws:apigateway:us-east-1::/domainnames/${DOMAIN}`,
    ApiMappingSelectionExpression: "$request.basepath",
    RoutingMode: "API_MAPPING_ONLY",
    DomainNameConfigurations: [
      {
        ApiGatewayDomainName: expect.stringMatching(/^d-\w{10}\.execute-api\.us-east-1\.amazonaws\.com$/),
        CertificateArn: IMPORTED,
        DomainNameStatus: "UPDATING",
        EndpointType: "REGIONAL",
        HostedZoneId: expect.stringMatching(/^Z/),
        IpAddressType: "ipv4",
        SecurityPolicy: "TLS_1_2",
      },
    ],
  });
  clock.now = 60_000;
  expect((await read()).DomainNameConfigurations?.[0]?.DomainNameStatus).toBe("AVAILABLE");
});

it("E-02 its certificate must be issued, and be in its region", async () => {
  const { acm, api, fake } = slow();
  const day = acmDay(fake.region("us-east-1"));
  day.hasRecord = () => false;
  const { CertificateArn } = await acm.requestCertificate({ DomainName: DOMAIN, ValidationMethod: "DNS" });
  expect(await refusal(api.createDomainName(with_(CertificateArn)))).toMatch(
    /^BadRequestException: Certificate .* not yet issued .*RequestInProgressException/,
  );
  day.hasRecord = () => true;
  await api.createDomainName(with_(CertificateArn));
  const elsewhere = { ...with_(IMPORTED.replace("us-east-1", "eu-west-1")), DomainName: "b.example.com" };
  expect(await refusal(api.createDomainName(elsewhere))).toMatch(/^BadRequestException/);
});

it("E-03 one that is used by a domain name cannot be deleted", async () => {
  const { acm, api } = slow();
  const { CertificateArn } = await acm.requestCertificate({ DomainName: DOMAIN, ValidationMethod: "DNS" });
  await api.createDomainName(with_(CertificateArn));
  expect(await refusal(acm.deleteCertificate({ CertificateArn }))).toMatch(/^ResourceInUseException/);
  await api.deleteDomainName({ DomainName: DOMAIN });
  expect(await refusal(acm.deleteCertificate({ CertificateArn }))).toBe("not refused");
});

it("E-04 an update merges; an empty truststore turns mutual TLS off", async () => {
  const { api, read } = slow();
  const TruststoreUri = "s3://b/t.pem";
  await api.createDomainName({ ...ONE, MutualTlsAuthentication: { TruststoreUri } });
  await api.updateDomainName({ DomainName: DOMAIN, RoutingMode: "ROUTING_RULE_ONLY" });
  expect(await read()).toMatchObject({
    RoutingMode: "ROUTING_RULE_ONLY",
    MutualTlsAuthentication: { TruststoreUri },
  });
  await api.updateDomainName({ DomainName: DOMAIN, MutualTlsAuthentication: { TruststoreUri: "" } });
  expect((await read()).MutualTlsAuthentication).toBeUndefined();
});

it("E-05 a name is there once; one configuration, a known policy, a truststore in S3", async () => {
  const { api } = slow();
  await api.createDomainName(ONE);
  expect(await refusal(api.createDomainName(ONE))).toMatch(/^ConflictException: .*already exists/);
  const wrong = [
    { DomainNameConfigurations: [] },
    { DomainNameConfigurations: [{ CertificateArn: IMPORTED, SecurityPolicy: "TLS_9" as "TLS_1_2" }] },
    { MutualTlsAuthentication: { TruststoreUri: "https://x" } },
  ];
  for (const more of wrong)
    expect(await refusal(api.createDomainName({ ...ONE, DomainName: "b.example.com", ...more }))).toMatch(
      /^BadRequestException/,
    );
});

it("E-06 a mapping is one per path; its Api and stage can change", async () => {
  const { api, ApiId, ApiMappingId, where } = await mapped();
  expect(await refusal(api.createApiMapping(where))).toMatch(/^ConflictException: .*already exists/);
  await api.createApiMapping({ ...where, ApiMappingKey: "orders/v1" });
  await api.createStage({ ApiId, StageName: "beta" });
  const moved = await api.updateApiMapping({ DomainName: DOMAIN, ApiMappingId, ApiId, Stage: "beta" });
  expect(moved).toMatchObject({ ApiMappingId, Stage: "beta", ApiMappingKey: "" });
  const { Items = [] } = await api.getApiMappings({ DomainName: DOMAIN });
  expect(Items.map(({ ApiMappingKey }) => ApiMappingKey)).toEqual(["", "orders/v1"]);
});

it("E-07 a mapping needs a domain name, an Api and a stage that are there, and a path without outer slashes", async () => {
  const { api, where } = await mapped();
  const wrong = [
    { DomainName: "b.example.com" },
    { ApiId: "none" },
    { Stage: "none" },
    { ApiMappingKey: "/a" },
  ];
  for (const more of wrong)
    expect(await refusal(api.createApiMapping({ ...where, ApiMappingKey: "x", ...more }))).toMatch(
      /^(BadRequest|NotFound)Exception/,
    );
});

it("E-08 an Api, a stage and a domain name that are mapped cannot be deleted", async () => {
  const { api, ApiId, ApiMappingId } = await mapped();
  expect(await refusal(api.deleteApi({ ApiId }))).toMatch(
    /^BadRequestException: Deleting API \w+ failed\. Please remove all API mappings/,
  );
  expect(await refusal(api.deleteStage({ ApiId, StageName: "live" }))).toMatch(
    /^BadRequestException: Deleting stage live failed\. Please remove all base path mappings .*: api\.example\.com/,
  );
  expect(await refusal(api.deleteDomainName({ DomainName: DOMAIN }))).toMatch(/^BadRequestException/);
  await api.deleteApiMapping({ DomainName: DOMAIN, ApiMappingId });
  for (const gone of [
    api.deleteStage({ ApiId, StageName: "live" }),
    api.deleteDomainName({ DomainName: DOMAIN }),
  ])
    expect(await refusal(gone)).toBe("not refused");
});

it("E-09 tags are by its ARN, and the tagging API finds it", async () => {
  const { api, read, tagging } = slow();
  await api.createDomainName({ ...ONE, Tags: { a: "1" } });
  const ResourceArn = `arn:aws:apigateway:us-east-1::/domainnames/${DOMAIN}`;
  await api.tagResource({ ResourceArn, Tags: { b: "2" } });
  expect((await read()).Tags).toEqual({ a: "1", b: "2" });
  const found = await tagging.getResources({ ResourceTypeFilters: ["apigateway"] });
  expect(found.ResourceTagMappingList?.map((one) => one.ResourceARN)).toEqual([ResourceArn]);
});

it("F-21 domain names have rates of their own: one made, changed or deleted per 30 seconds", async () => {
  const clock = { now: 0 };
  const { api } = account({ clock: () => clock.now, throttle: true });
  await api.createDomainName(ONE);
  const two = () => api.createDomainName({ ...ONE, DomainName: "b.example.com" });
  expect(await refusal(two())).toMatch(/^TooManyRequestsException/);
  clock.now = 30_000;
  expect(await refusal(two())).toBe("not refused");
});
