import { entry } from "../beside.ts";
import type { TypeExample } from "../example.ts";

const certificate = (n: number): string =>
  `arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-55555555555${n}`;
const beside = [entry("CognitoIdentityServiceProvider", "UserPool", { PoolName: "users" })];

export const example: TypeExample = {
  type: "CognitoIdentityServiceProvider::UserPoolDomain",
  cloudFormation: [{ type: "AWS::Cognito::UserPoolDomain" }],
  differences: {
    "UserPoolId: only there": "the dependency `userPool` gives it",
    "Routing: only there": "failover to another region; not supported yet",
  },
  lives: [
    {
      as: "prefix",
      beside,
      dependencies: { userPool: "users" },
      full: { Domain: "shop", ManagedLoginVersion: 2 },
      minimal: { Domain: "shop" },
      needed: ["Domain"],
      changed: { Domain: "shop-2", ManagedLoginVersion: 1 },
    },
    {
      as: "domain name",
      beside,
      dependencies: { userPool: "users" },
      full: {
        Domain: "auth.shop.example",
        CustomDomainConfig: { CertificateArn: certificate(1), SecurityPolicy: "TLS_V1_2_2021" },
      },
      minimal: { Domain: "auth.shop.example", CustomDomainConfig: { CertificateArn: certificate(1) } },
      needed: ["Domain", "CustomDomainConfig", "CustomDomainConfig.CertificateArn"],
      changed: {
        "CustomDomainConfig.CertificateArn": certificate(2),
        "CustomDomainConfig.SecurityPolicy": "TLS_V1_3_2025",
      },
    },
  ],
};
