import { describe, expect, it } from "vitest";
import { account, httpApi, plain, refusal, webSocketApi } from "../testing.ts";

const MODEL = { Name: "Order", ContentType: "application/json", Schema: '{"type":"object"}' };

async function socket() {
  const { api } = account();
  const ApiId = await webSocketApi(api);
  return { api, ApiId, create: (more: object = {}) => api.createModel({ ApiId, ...MODEL, ...more }) };
}

describe("models", () => {
  it("N-01 a model, as it comes back", async () => {
    const { create } = await socket();
    expect(plain(await create({ Description: "" }))).toEqual({
      ...MODEL,
      ModelId: expect.stringMatching(/^[a-z0-9]{6}$/),
    });
  });

  it("N-02 WEBSOCKET APIs only", async () => {
    const { api } = account();
    const { ApiId } = await httpApi(api);
    expect(await refusal(api.createModel({ ApiId, ...MODEL }))).toMatch(/^BadRequestException/);
  });

  it("N-03 the name is alphanumeric and taken once, the schema is JSON", async () => {
    const { create } = await socket();
    for (const wrong of [{ Name: "a-b" }, { Name: "" }, { Schema: "{" }, { Schema: "" }]) {
      expect(await refusal(create(wrong))).toMatch(/^BadRequestException/);
    }
    await create();
    expect(await refusal(create())).toMatch(/^ConflictException/);
  });

  it("N-04 an update merges and an empty text clears", async () => {
    const { api, ApiId, create } = await socket();
    const { ModelId } = await create({ Description: "d" });
    const next = await api.updateModel({ ApiId, ModelId, Name: "Sale", Description: "" });
    expect(plain(next)).toEqual({ ...MODEL, ModelId, Name: "Sale" });
    expect((await api.getModels({ ApiId })).Items).toEqual([plain(next)]);
  });

  it("N-05 one that a route names cannot be deleted", async () => {
    const { api, ApiId, create } = await socket();
    const { ModelId } = await create();
    const { RouteId } = await api.createRoute({ ApiId, RouteKey: "r", RequestModels: { order: "Order" } });
    expect(await refusal(api.deleteModel({ ApiId, ModelId }))).toMatch(/^ConflictException/);
    await api.updateRoute({ ApiId, RouteId, RequestModels: { order: "" } });
    expect(await refusal(api.deleteModel({ ApiId, ModelId }))).toBe("not refused");
    expect(await refusal(api.getModel({ ApiId, ModelId }))).toMatch(/^NotFoundException/);
  });
});
