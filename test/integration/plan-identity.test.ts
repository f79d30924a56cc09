/** Which plan an apply accepts: the one whose digest it was given, whatever twelve digits look like. */
import { describe, expect, it } from "vitest";
import { engineOnFake } from "./harness.ts";

const FILES = {
  "resources.js": `exports.createResources = () => [
    { type: "Api", group: "ApiGatewayV2", name: "shop", properties: () => ({ ProtocolType: "HTTP" }) },
  ];`,
};

describe("an apply", () => {
  it.each([
    ["its digest", (digest: string) => digest],
    ["its id, as a person types it", (digest: string) => digest.slice(0, 12)],
  ])("takes the plan that is named by %s", async (_what, name) => {
    const { engine, fake } = engineOnFake();
    const { digest } = await engine.plan(FILES);
    expect((await engine.apply(FILES, { planId: name(digest) })).succeeded).toBe(true);
    expect(fake.state.apis.size).toBe(1);
  });

  it.each([
    ["has the same id and another digest", (digest: string) => `${digest.slice(0, 12)}${"0".repeat(52)}`],
    ["has another id", (digest: string) => `${digest.startsWith("0") ? "1" : "0"}${digest.slice(1)}`],
    ["is named by too little", (digest: string) => digest.slice(0, 11)],
    ["is named by part of a digest", (digest: string) => digest.slice(0, 40)],
    ["is named by nothing", () => ""],
  ])("refuses when the reviewed plan %s", async (_what, name) => {
    const { engine, fake } = engineOnFake();
    const { digest } = await engine.plan(FILES);
    await expect(engine.apply(FILES, { planId: name(digest) })).rejects.toMatchObject({ code: "PLAN_STALE" });
    expect(fake.state.apis.size).toBe(0);
  });
});
