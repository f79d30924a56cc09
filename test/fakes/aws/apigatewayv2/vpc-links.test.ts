import { expect, it } from "vitest";
import { account, httpApi, plain, refusal } from "../testing.ts";
import { vpcLinkTimes } from "./vpc-links.ts";

const LINK = { Name: "l", SubnetIds: ["subnet-1", "subnet-2"], SecurityGroupIds: ["sg-1"], Tags: {} };

/** A VPC link that takes a minute to come and to go, on a clock of the test's. */
async function slow(failure?: string) {
  const clock = { now: 0 };
  const { api, fake, tagging } = account({ clock: () => clock.now });
  Object.assign(vpcLinkTimes(fake.region("us-east-1")), { ready: 60_000, gone: 60_000, failure });
  const made = await api.createVpcLink(LINK);
  const { VpcLinkId } = made;
  return { api, clock, made, tagging, VpcLinkId, read: () => api.getVpcLink({ VpcLinkId }) };
}

it("V-01 a VPC link, as it comes back: PENDING, and AVAILABLE some time later", async () => {
  const { made, clock, read } = await slow();
  expect(plain(made)).toEqual({
    ...LINK,
    CreatedDate: new Date(0),
    VpcLinkId: expect.stringMatching(/^[a-z0-9]{6}$/),
    VpcLinkStatus: "PENDING",
    VpcLinkStatusMessage: "VPC link is provisioning ENIs",
    VpcLinkVersion: "V2",
  });
  clock.now = 60_000;
  expect((await read()).VpcLinkStatus).toBe("AVAILABLE");
});

it("V-02 one that cannot be made is FAILED and says why", async () => {
  const { clock, read } = await slow("no addresses");
  clock.now = 60_000;
  expect(await read()).toMatchObject({ VpcLinkStatus: "FAILED", VpcLinkStatusMessage: "no addresses" });
});

it("V-03 a deleted one is DELETING, then it is not found and not listed", async () => {
  const { api, clock, read, VpcLinkId } = await slow();
  await api.deleteVpcLink({ VpcLinkId });
  expect((await read()).VpcLinkStatus).toBe("DELETING");
  clock.now = 60_000;
  expect((await api.getVpcLinks({})).Items).toEqual([]);
  expect(await refusal(read())).toMatch(/^NotFoundException/);
});

it("V-04 only the name can change", async () => {
  const { api, VpcLinkId } = await slow();
  expect(await api.updateVpcLink({ VpcLinkId, Name: "m" })).toMatchObject({ ...LINK, Name: "m" });
});

it("V-05 name, subnets and security groups are checked", async () => {
  const { api } = await slow();
  const wrong = [{ Name: "" }, { SubnetIds: [] }, { SubnetIds: ["vpc-1"] }, { SecurityGroupIds: ["x"] }];
  for (const more of wrong)
    expect(await refusal(api.createVpcLink({ ...LINK, ...more }))).toMatch(/^BadRequestException/);
});

it("V-06 one that an integration goes through cannot be deleted", async () => {
  const { api, VpcLinkId } = await slow();
  const { ApiId } = await httpApi(api);
  const { IntegrationId } = await api.createIntegration({
    ApiId,
    ConnectionId: VpcLinkId,
    ConnectionType: "VPC_LINK",
    IntegrationMethod: "ANY",
    IntegrationType: "HTTP_PROXY",
    IntegrationUri: "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/a/1/2",
  });
  expect(await refusal(api.deleteVpcLink({ VpcLinkId }))).toMatch(
    /^BadRequest.*is referenced in \[ANY:\w+\]/,
  );
  await api.deleteIntegration({ ApiId, IntegrationId });
  expect(await refusal(api.deleteVpcLink({ VpcLinkId }))).toBe("not refused");
});

it("V-07 tags are by its ARN, and the tagging API finds it", async () => {
  const { api, tagging, read, VpcLinkId } = await slow();
  const ResourceArn = `arn:aws:apigateway:us-east-1::/vpclinks/${VpcLinkId}`;
  await api.tagResource({ ResourceArn, Tags: { a: "1" } });
  expect((await read()).Tags).toEqual({ a: "1" });
  const found = await tagging.getResources({ ResourceTypeFilters: ["apigateway:vpclinks"] });
  expect(found.ResourceTagMappingList?.map((each) => each.ResourceARN)).toEqual([ResourceArn]);
});
