import { describe, expect, it } from "vitest";
import { idempotencyToken, type TokenFacts } from "../../../../src/engine/apply/idempotency-token.ts";

const facts: TokenFacts = {
  stack: {
    directory: ".",
    projectName: "shop",
    stage: "dev",
    region: "eu-west-2",
    account: "123456789012",
    partition: "aws",
  },
  key: "ApiGatewayV2::VpcLink::link",
  state: { Name: "link", SubnetIds: ["subnet-1"] },
};

describe("the token of a create", () => {
  it("has a form that every service accepts", () => {
    expect(idempotencyToken(facts)).toMatch(/^[0-9a-f]{32}$/);
  });

  it("is the same after a crash, whatever the order of the state's keys", () => {
    const again = { ...facts, state: { SubnetIds: ["subnet-1"], Name: "link" } };
    expect(idempotencyToken(again)).toBe(idempotencyToken(facts));
  });

  it.each<[string, TokenFacts]>([
    ["another stage", { ...facts, stack: { ...facts.stack, stage: "prod" } }],
    ["another account", { ...facts, stack: { ...facts.stack, account: "210987654321" } }],
    ["another region", { ...facts, stack: { ...facts.stack, region: "eu-west-1" } }],
    ["another directory", { ...facts, stack: { ...facts.stack, directory: "apis" } }],
    ["another resource", { ...facts, key: "ApiGatewayV2::VpcLink::other" }],
    ["another state", { ...facts, state: { ...facts.state, SubnetIds: ["subnet-2"] } }],
    ["a replacement", { ...facts, replaces: "abc123" }],
  ])("is another one for %s", (_name, other) => {
    expect(idempotencyToken(other)).not.toBe(idempotencyToken(facts));
  });
});
