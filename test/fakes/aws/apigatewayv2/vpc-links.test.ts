import { describe, expect, it } from "vitest";
import { account, httpApi, plain, refusal } from "../testing.ts";
import { vpcLinkTimes } from "./vpc-links.ts";

const LINK = { Name: "l", SubnetIds: ["subnet-1", "subnet-2"], SecurityGroupIds: ["sg-1"] };
const LISTENER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/a/1/2";

/** A VPC link that takes a minute to come and to go, on a clock of the test's. */
async function slow(failure?: string) {
  const clock = { now: 0 };
  const { api, fake } = account({ clock: () => clock.now });
  Object.assign(vpcLinkTimes(fake.region("us-east-1")), { ready: 60_000, gone: 60_000, failure });
  const made = await api.createVpcLink(LINK);
  const { VpcLinkId } = made;
  return { api, clock, made, VpcLinkId, read: () => api.getVpcLink({ VpcLinkId }) };
}

describe("VPC links", () => {
  it("V-01 a VPC link, as it comes back: PENDING, and AVAILABLE some time later", async () => {
    const { made, clock, read, VpcLinkId } = await slow();
    expect(plain(made)).toEqual({
      ...LINK,
      CreatedDate: new Date(0),
      Tags: {},
      VpcLinkId: expect.stringMatching(/^[a-z0-9]{6}$/),
      VpcLinkStatus: "PENDING",
      VpcLinkStatusMessage: "VPC link is provisioning ENIs",
      VpcLinkVersion: "V2",
    });
    clock.now = 59_999;
    expect((await read()).VpcLinkStatus).toBe("PENDING");
    clock.now = 60_000;
    expect(await read()).toMatchObject({ VpcLinkId, VpcLinkStatus: "AVAILABLE" });
  });

  it("V-02 one that cannot be made is FAILED and says why", async () => {
    const { clock, read } = await slow("no free addresses in subnet-1");
    clock.now = 60_000;
    expect(await read()).toMatchObject({
      VpcLinkStatus: "FAILED",
      VpcLinkStatusMessage: "no free addresses in subnet-1",
    });
  });

  it("V-03 a deleted one is DELETING, then it is not found and not listed", async () => {
    const { api, clock, read, VpcLinkId } = await slow();
    await api.deleteVpcLink({ VpcLinkId });
    expect((await read()).VpcLinkStatus).toBe("DELETING");
    expect((await api.getVpcLinks({})).Items?.length).toBe(1);
    clock.now = 60_000;
    expect((await api.getVpcLinks({})).Items).toEqual([]);
    expect(await refusal(read())).toMatch(/^NotFoundException/);
  });

  it("V-04 only the name can change", async () => {
    const { api, VpcLinkId } = await slow();
    expect(await api.updateVpcLink({ VpcLinkId, Name: "m" })).toMatchObject({ ...LINK, Name: "m" });
    expect(await refusal(api.updateVpcLink({ VpcLinkId, Name: "" }))).toMatch(/^BadRequestException/);
  });

  it("V-05 name, subnets and security groups are checked", async () => {
    const { api } = account();
    const create = (more: object) => refusal(api.createVpcLink({ ...LINK, ...more }));
    for (const wrong of [
      { Name: "" },
      { Name: "x".repeat(129) },
      { SubnetIds: [] },
      { SubnetIds: ["vpc-1"] },
      { SecurityGroupIds: ["subnet-1"] },
      { Tags: { "aws:x": "1" } },
    ]) {
      expect(await create(wrong)).toMatch(/^BadRequestException/);
    }
    expect(await create({ SecurityGroupIds: undefined })).toBe("not refused");
  });

  it("V-06 one that an integration goes through cannot be deleted", async () => {
    const { api } = account();
    const { VpcLinkId } = await api.createVpcLink(LINK);
    const { ApiId } = await httpApi(api);
    const { IntegrationId } = await api.createIntegration({
      ApiId,
      ConnectionId: VpcLinkId,
      ConnectionType: "VPC_LINK",
      IntegrationMethod: "ANY",
      IntegrationType: "HTTP_PROXY",
      IntegrationUri: LISTENER,
      PayloadFormatVersion: "1.0",
    });
    expect(await refusal(api.deleteVpcLink({ VpcLinkId }))).toMatch(
      /^BadRequestException: Cannot delete vpc link\. Vpc link '\w+', is referenced in \[ANY:\w+\]/,
    );
    await api.deleteIntegration({ ApiId, IntegrationId });
    expect(await refusal(api.deleteVpcLink({ VpcLinkId }))).toBe("not refused");
  });

  it("V-07 tags are by its ARN, and the tagging API finds it", async () => {
    const { api, tagging } = account();
    const { VpcLinkId } = await api.createVpcLink({ ...LINK, Tags: { a: "1" } });
    const ResourceArn = `arn:aws:apigateway:us-east-1::/vpclinks/${VpcLinkId}`;
    await api.tagResource({ ResourceArn, Tags: { b: "2" } });
    await api.untagResource({ ResourceArn, TagKeys: ["a"] });
    expect((await api.getVpcLink({ VpcLinkId })).Tags).toEqual({ b: "2" });
    const found = await tagging.getResources({ ResourceTypeFilters: ["apigateway:vpclinks"] });
    expect(found.ResourceTagMappingList?.map((each) => each.ResourceARN)).toEqual([ResourceArn]);
  });
});
