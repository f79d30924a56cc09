import type { TypeExample } from "../example.ts";

/** Imported, so that its status is nobody's concern. */
const certificate = (n: number): string =>
  `arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-55555555555${n}`;

export const example: TypeExample = {
  type: "ApiGatewayV2::DomainName",
  cloudFormation: [{ type: "AWS::ApiGatewayV2::DomainName" }],
  differences: {},
  lives: [
    {
      as: "its certificate in its properties",
      beside: [],
      full: {
        DomainName: "api.example.com",
        DomainNameConfigurations: [
          {
            CertificateArn: certificate(1),
            CertificateName: "mine",
            EndpointType: "REGIONAL",
            SecurityPolicy: "TLS_1_2",
            IpAddressType: "dualstack",
            OwnershipVerificationCertificateArn: certificate(2),
          },
        ],
        MutualTlsAuthentication: { TruststoreUri: "s3://trust/clients.pem", TruststoreVersion: "1" },
        RoutingMode: "ROUTING_RULE_THEN_API_MAPPING",
        Tags: { team: "a" },
      },
      minimal: {
        DomainName: "api.example.com",
        DomainNameConfigurations: [{ CertificateArn: certificate(1) }],
      },
      needed: ["DomainName", "DomainNameConfigurations", "MutualTlsAuthentication.TruststoreUri"],
      changed: {
        DomainName: "*.example.com",
        DomainNameConfigurations: [{ CertificateArn: certificate(3), SecurityPolicy: "TLS_1_0" }],
        "MutualTlsAuthentication.TruststoreUri": "s3://trust/others.pem",
        "MutualTlsAuthentication.TruststoreVersion": "2",
        RoutingMode: "ROUTING_RULE_ONLY",
        Tags: { team: "b" },
      },
    },
  ],
};
