import { describe, expect, it } from "vitest";
import { account, activeFunction, clientsOf, DOCUMENT, lambdaRole, refusal } from "../testing.ts";

type Tagging = ReturnType<typeof account>["tagging"];
const arns = async (tagging: Tagging, input: object = {}) =>
  (await tagging.getResources(input)).ResourceTagMappingList?.map((resource) => resource.ResourceARN);
const log = (name: string) => `arn:aws:logs:us-east-1:123456789012:log-group:${name}`;

describe("the tagging API", () => {
  it("X-01 finds APIs, stages, functions and log groups; not what has no tags", async () => {
    const clients = account();
    const { api, logs, tagging } = clients;
    const { ApiId } = await api.createApi({ Name: "a", ProtocolType: "HTTP", Tags: { t: "1" } });
    await api.createStage({ ApiId, StageName: "s", Tags: { t: "1" } });
    await activeFunction(clients, { Tags: { t: "1" } });
    await logs.createLogGroup({ logGroupName: "/a", tags: { t: "1" } });
    await logs.createLogGroup({ logGroupName: "/untagged" });
    expect(await arns(tagging)).toEqual([
      `arn:aws:apigateway:us-east-1::/apis/${ApiId}`,
      `arn:aws:apigateway:us-east-1::/apis/${ApiId}/stages/s`,
      "arn:aws:lambda:us-east-1:123456789012:function:f",
      log("/a"),
    ]);
  });

  it("X-02 never IAM roles; customer managed policies in us-east-1 only", async () => {
    const { fake, iam, tagging } = account();
    const Tags = [{ Key: "t", Value: "1" }];
    await lambdaRole(iam);
    await iam.tagRole({ RoleName: "r", Tags });
    await iam.createPolicy({ PolicyName: "p", PolicyDocument: DOCUMENT, Tags });
    expect(await arns(tagging)).toEqual(["arn:aws:iam::123456789012:policy/p"]);
    expect(await arns(clientsOf(fake, "eu-west-1").tagging)).toEqual([]);
  });

  it("X-03 tag filters: all of them, any of a filter's values, a key alone", async () => {
    const { logs, tagging } = account();
    await logs.createLogGroup({ logGroupName: "/a", tags: { x: "1", y: "1" } });
    await logs.createLogGroup({ logGroupName: "/b", tags: { x: "2" } });
    const by = (...TagFilters: object[]) => arns(tagging, { TagFilters });
    expect(await by({ Key: "x", Values: ["1", "2"] })).toEqual([log("/a"), log("/b")]);
    expect(await by({ Key: "x", Values: ["1"] }, { Key: "y" })).toEqual([log("/a")]);
    expect(await by({ Key: "x", Values: ["1"] }, { Key: "y", Values: ["2"] })).toEqual([]);
    expect(await by({ Key: "X" })).toEqual([]);
  });

  it("X-04 type filters: service, or service and type", async () => {
    const { api, logs, tagging } = account();
    await logs.createLogGroup({ logGroupName: "/a", tags: { t: "1" } });
    await api.createApi({ Name: "a", ProtocolType: "HTTP", Tags: { t: "1" } });
    expect(await arns(tagging, { ResourceTypeFilters: ["logs"] })).toEqual([log("/a")]);
    expect(await arns(tagging, { ResourceTypeFilters: ["logs:log-group"] })).toEqual([log("/a")]);
    expect((await arns(tagging, { ResourceTypeFilters: ["apigateway"] }))?.length).toBe(1);
    expect(await arns(tagging, { ResourceTypeFilters: ["lambda:function"] })).toEqual([]);
  });

  it("X-05 pages, and says with an empty token that there is no more", async () => {
    const { logs, tagging } = account();
    for (let i = 0; i < 5; i++) await logs.createLogGroup({ logGroupName: `/${i}`, tags: { t: "1" } });
    const first = await tagging.getResources({ ResourcesPerPage: 3 });
    expect(first.ResourceTagMappingList?.length).toBe(3);
    const second = await tagging.getResources({
      ResourcesPerPage: 3,
      PaginationToken: first.PaginationToken,
    });
    expect([second.ResourceTagMappingList?.length, second.PaginationToken]).toEqual([2, ""]);
    expect(await refusal(tagging.getResources({ ResourcesPerPage: 101 }))).toMatch(
      /^InvalidParameterException/,
    );
    const both = tagging.getResources({ ResourceARNList: [log("/0")], TagFilters: [{ Key: "t" }] });
    expect(await refusal(both)).toMatch(/^InvalidParameterException/);
  });

  it("X-06 may lag: new resources are missing, deleted ones linger", async () => {
    const { logs, tagging } = account({ consistency: { taggingVisible: 1, taggingLingers: 1 } });
    await logs.createLogGroup({ logGroupName: "/a", tags: { t: "1" } });
    expect(await arns(tagging)).toEqual([]);
    expect(await arns(tagging)).toEqual([log("/a")]);
    await logs.deleteLogGroup({ logGroupName: "/a" });
    expect(await arns(tagging)).toEqual([log("/a")]);
    expect(await arns(tagging)).toEqual([]);
  });
});
