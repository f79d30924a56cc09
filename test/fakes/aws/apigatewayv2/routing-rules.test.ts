import { expect, it } from "vitest";
import { account, httpApi, refusal } from "../testing.ts";

const DOMAIN = "api.example.com";

async function world(RoutingMode: "ROUTING_RULE_ONLY" | "API_MAPPING_ONLY" = "ROUTING_RULE_ONLY") {
  const { api } = account();
  const CertificateArn =
    "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
  await api.createDomainName({
    DomainName: DOMAIN,
    RoutingMode,
    DomainNameConfigurations: [{ CertificateArn }],
  });
  const { ApiId } = await httpApi(api);
  await api.createStage({ ApiId, StageName: "live" });
  const rule = {
    DomainName: DOMAIN,
    Priority: 10,
    Conditions: [{ MatchBasePaths: { AnyOf: ["orders"] } }],
    Actions: [{ InvokeApi: { ApiId, Stage: "live" } }],
  };
  return { api, rule };
}

it("E-10 a routing rule, as it comes back, and as it is changed as a whole", async () => {
  const { api, rule } = await world();
  const { RoutingRuleId, RoutingRuleArn } = await api.createRoutingRule(rule);
  expect(RoutingRuleArn).toMatch(/\/domainnames\/api\.example\.com\/routingrules\/\w+$/);
  await api.putRoutingRule({ ...rule, RoutingRuleId, Priority: 20, Conditions: [] });
  const { RoutingRules = [] } = await api.listRoutingRules({ DomainName: DOMAIN });
  expect(RoutingRules.map(({ Priority, Conditions }) => [Priority, Conditions])).toEqual([[20, []]]);
  await api.deleteRoutingRule({ DomainName: DOMAIN, RoutingRuleId });
  expect((await api.listRoutingRules({ DomainName: DOMAIN })).RoutingRules).toEqual([]);
});

it("E-11 a priority is there once; a domain name that only maps has no rules", async () => {
  const { api, rule } = await world();
  await api.createRoutingRule(rule);
  expect(await refusal(api.createRoutingRule(rule))).toMatch(/^ConflictException: .*already exists/);
  const other = await world("API_MAPPING_ONLY");
  expect(await refusal(other.api.createRoutingRule(other.rule))).toMatch(/^BadRequestException/);
});
