import type { TypeExample } from "../example.ts";

const CA =
  "arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/11111111-2222-3333-4444-555555555555";

export const example: TypeExample = {
  type: "ACM::Certificate",
  cloudFormation: [
    {
      type: "AWS::CertificateManager::Certificate",
      renamed: {
        CertificateExport: "Options.Export",
        CertificateTransparencyLoggingPreference: "Options.CertificateTransparencyLoggingPreference",
      },
    },
  ],
  differences: {
    "DomainValidationOptions[].DomainName: required here only":
      "AWS's API asks for it; CloudFormation's own zone id stands alone",
    "DomainValidationOptions[].HostedZoneId: only there":
      "CloudFormation makes the record itself; here a Route53::Record that depends on the certificate does",
    "DomainValidationOptions[].ValidationDomain: required here only": "AWS's API asks for it",
    "Options: only here": "CloudFormation has its members at the top",
  },
  repeatable: {
    RequestCertificate: "its IdempotencyToken: within an hour AWS answers with the same certificate",
    AddTagsToCertificate: "a tag that is set twice is set once",
  },
  lives: [
    {
      as: "validated by DNS",
      beside: [],
      full: {
        DomainName: "shop.example.com",
        SubjectAlternativeNames: ["shop.example.com", "*.shop.example.com"],
        ValidationMethod: "DNS",
        KeyAlgorithm: "EC_prime256v1",
        Options: { Export: "ENABLED", CertificateTransparencyLoggingPreference: "DISABLED" },
        Tags: { team: "a" },
      },
      minimal: { DomainName: "shop.example.com" },
      needed: ["DomainName"],
      changed: {
        DomainName: "store.example.com",
        SubjectAlternativeNames: ["shop.example.com", "www.shop.example.com"],
        ValidationMethod: "EMAIL",
        KeyAlgorithm: "EC_secp384r1",
        "Options.Export": "DISABLED",
        "Options.CertificateTransparencyLoggingPreference": "ENABLED",
        Tags: { team: "b" },
      },
      unseen: {
        "Options.CertificateTransparencyLoggingPreference": "AWS ended the opt-out in June 2026",
      },
    },
    {
      as: "validated by e-mail",
      beside: [],
      full: {
        DomainName: "shop.example.com",
        ValidationMethod: "EMAIL",
        DomainValidationOptions: [{ DomainName: "shop.example.com", ValidationDomain: "example.com" }],
      },
      minimal: { DomainName: "shop.example.com", ValidationMethod: "EMAIL" },
      needed: ["DomainName", "ValidationMethod"],
      changed: {
        DomainValidationOptions: [{ DomainName: "shop.example.com", ValidationDomain: "shop.example.com" }],
      },
    },
    {
      as: "issued by a private authority",
      beside: [],
      full: { DomainName: "shop.internal.example", CertificateAuthorityArn: CA },
      minimal: { DomainName: "shop.internal.example", CertificateAuthorityArn: CA },
      needed: ["DomainName"],
      changed: { CertificateAuthorityArn: CA.replace("1111", "2222") },
    },
  ],
};
