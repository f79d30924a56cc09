import { describe, expect, it } from "vitest";
import { account, httpApi, refusal } from "../testing.ts";

describe("API Gateway tags", () => {
  it("T-01 APIs and stages are tagged by their ARN, which has no account", async () => {
    const { api } = account();
    const { ApiId } = await httpApi(api);
    await api.createStage({ ApiId, StageName: "$default", Tags: { a: "1" } });
    const arn = `arn:aws:apigateway:us-east-1::/apis/${ApiId}`;
    await api.tagResource({ ResourceArn: arn, Tags: { x: "1", y: "2" } });
    await api.tagResource({ ResourceArn: arn, Tags: { x: "3" } });
    await api.untagResource({ ResourceArn: arn, TagKeys: ["y", "unknown"] });
    expect((await api.getTags({ ResourceArn: arn })).Tags).toEqual({ x: "3" });
    expect((await api.getApi({ ApiId })).Tags).toEqual({ x: "3" });
    await api.tagResource({ ResourceArn: `${arn}/stages/$default`, Tags: { b: "2" } });
    expect((await api.getStage({ ApiId, StageName: "$default" })).Tags).toEqual({ a: "1", b: "2" });
    expect(await refusal(api.getTags({ ResourceArn: `${arn}/stages/no` }))).toMatch(/^NotFoundException/);
    expect(await refusal(api.getTags({ ResourceArn: "arn:aws:s3:::b" }))).toMatch(/^BadRequestException/);
  });

  it("T-02 aws: is reserved, fifty is the limit, keys and values have their characters", async () => {
    const { api } = account();
    const make = (Tags: Record<string, string>) =>
      refusal(api.createApi({ Name: "a", ProtocolType: "HTTP", Tags }));
    expect(await make({ "aws:x": "1" })).toMatch(/^BadRequestException/);
    expect(await make(Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ""])))).toMatch(
      /^Bad/,
    );
    expect(await make({ "a{b": "1" })).toMatch(/^BadRequestException/);
    expect(await make({ a: "x".repeat(257) })).toMatch(/^BadRequestException/);
    expect(await make({ "gc-project-name": "@scope/my project: +=.-_/" })).toBe("not refused");
  });
});
