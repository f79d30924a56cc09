import { entry, httpApi } from "../beside.ts";
import type { TypeExample } from "../example.ts";

const beside = [
  httpApi,
  entry("ApiGatewayV2", "Stage", { StageName: "live" }, { api: "shop" }),
  entry("ApiGatewayV2", "Stage", { StageName: "beta" }, { api: "shop" }),
  entry("ApiGatewayV2", "DomainName", {
    DomainName: "api.example.com",
    DomainNameConfigurations: [
      {
        CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
      },
    ],
  }),
];

export const example: TypeExample = {
  type: "ApiGatewayV2::ApiMapping",
  cloudFormation: [{ type: "AWS::ApiGatewayV2::ApiMapping" }],
  differences: {
    "ApiId: required there only": "the dependency `stage` or `api` gives it",
    "DomainName: only there": "the dependency `domainName` gives it",
    "Stage: required there only": "the dependency `stage` gives it",
  },
  lives: [
    {
      as: "a stage by its dependency",
      beside,
      dependencies: { domainName: "api.example.com", stage: "shop::live" },
      full: { ApiMappingKey: "orders/v1" },
      minimal: {},
      changed: { ApiMappingKey: "orders" },
    },
    {
      as: "a stage by its name",
      beside,
      dependencies: { domainName: "api.example.com", api: "shop" },
      full: { Stage: "live" },
      minimal: { Stage: "live" },
      needed: ["Stage"],
      changed: { Stage: "beta" },
    },
  ],
  notLived: { ApiId: "an id that no spec of an example knows; test/unit has one of another stack" },
};
