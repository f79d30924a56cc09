/** Routing rules through the engine: they need a mode, and a priority that changes is no other rule. */
import { expect, it } from "vitest";
import { apiGateway } from "../../../../src/resources/ApiGatewayV2/service.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { entry, httpApi } from "../../../type-examples/beside.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { type RandomEntry, specText } from "../../../integration/random-stack.ts";

const DOMAIN = "api.example.com";
const CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const stage = entry("ApiGatewayV2", "Stage", { StageName: "live" }, { api: "shop" });
const rule = (properties: JsonObject) =>
  entry("ApiGatewayV2", "RoutingRule", properties, { domainName: DOMAIN, stage: "shop::live" });
const spec = (RoutingMode: string, ...rules: RandomEntry[]) => {
  const given = { DomainName: DOMAIN, RoutingMode, DomainNameConfigurations: [{ CertificateArn }] };
  const entries = [httpApi, stage, entry("ApiGatewayV2", "DomainName", given), ...rules];
  return { "resources.js": specText({ entries, files: {} }) };
};
const orders = { MatchBasePaths: { AnyOf: ["orders"] } };

it("changes its priority and its conditions in place, and goes before its domain name", async () => {
  const { engine, callsOf } = engineOnFake();
  const states = [
    { Priority: 10, Conditions: [orders] },
    { Priority: 20, Conditions: [orders] },
    { Priority: 20 },
  ];
  for (const state of states) {
    const files = spec("ROUTING_RULE_ONLY", rule(state));
    expect(failuresOf(await engine.apply(files))).toEqual([]);
    expect(changesOf(await engine.plan(files))).toEqual([]);
  }
  expect([callsOf("CreateRoutingRule").length, callsOf("PutRoutingRule").length]).toEqual([1, 2]);
  expect(failuresOf(await engine.destroy(spec("ROUTING_RULE_ONLY", rule({ Priority: 20 }))))).toEqual([]);
});

it("is refused where the domain name only maps, whose plan asks for no rules", async () => {
  const { engine, callsOf } = engineOnFake();
  await expect(engine.plan(spec("API_MAPPING_ONLY", rule({ Priority: 1 })))).rejects.toMatchObject({
    code: "PROPERTY_INVALID",
  });
  await engine.apply(spec("API_MAPPING_ONLY"));
  await engine.plan(spec("API_MAPPING_ONLY"));
  expect(callsOf("ListRoutingRules")).toEqual([]);
});

it("has actions of its own in IAM", () => {
  const actions = ["CreateRoutingRule", "PutRoutingRule", "ListRoutingRules"].map(apiGateway.iamAction);
  expect(actions).toEqual([
    "apigateway:CreateRoutingRule",
    "apigateway:UpdateRoutingRule",
    "apigateway:ListRoutingRules",
  ]);
});
