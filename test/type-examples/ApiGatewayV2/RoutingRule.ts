import { entry, httpApi } from "../beside.ts";
import type { TypeExample } from "../example.ts";

const beside = [
  httpApi,
  entry("ApiGatewayV2", "Stage", { StageName: "live" }, { api: "shop" }),
  entry("ApiGatewayV2", "DomainName", {
    DomainName: "api.example.com",
    RoutingMode: "ROUTING_RULE_ONLY",
    DomainNameConfigurations: [
      {
        CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
      },
    ],
  }),
];

export const example: TypeExample = {
  type: "ApiGatewayV2::RoutingRule",
  cloudFormation: [{ type: "AWS::ApiGatewayV2::RoutingRule" }],
  differences: {
    "Actions: required there only": "the dependency `stage` gives them",
    "Actions[].InvokeApi.ApiId: required there only": "the dependency `stage` or `api` gives it",
    "Actions[].InvokeApi.Stage: required there only": "the dependency `stage` gives it",
    "Conditions: required there only": "none is an empty list, which AWS gets",
    "DomainNameArn: only there": "the dependency `domainName` gives it",
  },
  lives: [
    {
      as: "to a stage by its dependency",
      beside,
      dependencies: { domainName: "api.example.com", stage: "shop::live" },
      full: {
        Priority: 10,
        Conditions: [
          { MatchBasePaths: { AnyOf: ["orders"] } },
          { MatchHeaders: { AnyOf: [{ Header: "x-version", ValueGlob: "2*" }] } },
        ],
        Actions: [{ InvokeApi: { StripBasePath: true } }],
      },
      minimal: { Priority: 10 },
      needed: ["Priority"],
      changed: {
        Priority: 20,
        Conditions: [{ MatchBasePaths: { AnyOf: ["orders", "baskets"] } }],
        Actions: [{ InvokeApi: { StripBasePath: false } }],
      },
    },
  ],
};
