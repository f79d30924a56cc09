/** Custom domain names. Facts: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html */
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import { own } from "../../../model/own.ts";
import { defineType } from "../../define.ts";
import { domainText } from "../../ACM/domain-text.ts";
import { certificateElsewhere, spreadFrom } from "../../ACM/region.ts";
import { optional, required } from "../../facts.ts";
import { objectOf, textOf } from "../../live-values.ts";
import { arnText, enumText, limitedText, patternText, properties, tags } from "../../schema.ts";
import type { Live, Readiness } from "../../type.ts";
import { DOMAIN_NAME } from "../common.ts";
import { gatewayTags } from "../permissions.ts";
import { apiGateway } from "../service.ts";
import { gatewayTagCalls } from "../tagging.ts";
import { configurations, endpointOf, withCertificate, withoutComputed } from "./configuration.ts";

const READINESS: Record<string, Readiness> = {
  UPDATING: "pending",
  PENDING_CERTIFICATE_REIMPORT: "pending",
  PENDING_OWNERSHIP_VERIFICATION: "pending",
};
const MISSING: Record<string, string> = {
  PENDING_CERTIFICATE_REIMPORT: ": its certificate has to be imported again",
  PENDING_OWNERSHIP_VERIFICATION:
    ": OwnershipVerificationCertificateArn has to prove that the domain is yours",
};

const statusOf = ({ attributes }: Live): string => textOf(attributes.DomainNameStatus);

/** `TruststoreUri: ""` is what turns mutual TLS off. */
function truststore(state: JsonObject): JsonObject {
  const { TruststoreUri = "", TruststoreVersion = "" } = objectOf(state.MutualTlsAuthentication);
  return TruststoreUri === "" ? { TruststoreUri } : { TruststoreUri, TruststoreVersion };
}

export const domainName = defineType({
  type: DOMAIN_NAME,
  summary: "A domain name of your own at which APIs are reached; ApiMappings say which.",
  service: apiGateway,
  properties: properties({
    DomainName: required(domainText(253), "The domain name, also its name in the spec.", {
      createOnly: true,
    }),
    DomainNameConfigurations: optional(
      properties({
        CertificateArn: optional(arnText("acm"), "Certificate in the API's region.", {
          defaultWords: "from the dependency certificates",
        }),
        CertificateName: optional(limitedText(128, 1), "Name of the certificate, for edge endpoints."),
        EndpointType: optional(
          enumText("REGIONAL", "EDGE"),
          "Kind of endpoint; HTTP and WEBSOCKET APIs have REGIONAL ones. Default: `REGIONAL`.",
        ),
        SecurityPolicy: optional(
          enumText("TLS_1_0", "TLS_1_2"),
          "The oldest TLS that it takes. Default: `TLS_1_2`.",
        ),
        IpAddressType: optional(
          enumText("ipv4", "dualstack"),
          "Which addresses it is reached at. Default: `ipv4`.",
        ),
        OwnershipVerificationCertificateArn: optional(
          arnText("acm"),
          "Public certificate that proves that the domain is yours, where mutual TLS has one that is imported or private.",
        ),
      })
        .array()
        .max(1),
      "Its endpoint: a list of one.",
      { spelling: configurations, defaultWords: "the dependency's certificate" },
    ),
    MutualTlsAuthentication: optional(
      properties({
        TruststoreUri: optional(
          patternText(/^(s3:\/\/[\s\S]{1,2043})?$/, 'an address in S3 such as "s3://bucket/truststore.pem"'),
          "Certificates of the clients that may connect.",
        ),
        TruststoreVersion: optional(limitedText(64, 1), "Version of that object."),
      }),
      "For clients that have to show a certificate of their own.",
      { clear: "own call" },
    ),
    RoutingMode: optional(
      enumText("API_MAPPING_ONLY", "ROUTING_RULE_ONLY", "ROUTING_RULE_THEN_API_MAPPING"),
      "What chooses the API: mappings, rules, or rules before mappings.",
      { default: "API_MAPPING_ONLY" },
    ),
    Tags: tags(),
  }),
  dependencies: { certificates: { type: "ACM::Certificate", list: true, acceptsArn: true } },
  identity: { by: "name", property: "DomainName" },
  onlyOnce: ({ DomainName }) => [DomainName],
  id: "DomainName",
  arn: ({ partition, region }, { name }) => `arn:${partition}:apigateway:${region}::/domainnames/${name}`,
  nameOfArn: (arn) => /:apigateway:[\w-]*::\/domainnames\/([^/]+)$/.exec(arn)?.[1],
  foundByTagsAs: "apigateway",
  tags: gatewayTagCalls,
  wait: {
    readiness: (live) => own(READINESS, statusOf(live)) ?? "ready",
    awaiting: (live) => `domain name ${live.name} to be available${own(MISSING, statusOf(live)) ?? ""}`,
    // As long as Terraform waits for a change: internal/service/apigatewayv2/domain_name.go.
    deadlineMs: 3_600_000,
  },
  checks: ({ properties: given, dependencies }) =>
    isEmpty(endpointOf(given).CertificateArn) && (dependencies.certificates ?? []).length === 0
      ? [
          {
            path: "DomainNameConfigurations",
            message: "needs a CertificateArn",
            hint: "Or name dependencies.certificates.",
          },
        ]
      : [],
  inspect(one, spec) {
    const { CertificateArn, EndpointType } = endpointOf(one.properties);
    return certificateElsewhere(one, spec, {
      path: ["DomainNameConfigurations", 0, "CertificateArn"],
      given: CertificateArn,
      dependency: "certificates",
      taker: EndpointType === "EDGE" ? "an EDGE endpoint" : "API Gateway",
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains-prerequisites.html
      region: EndpointType === "EDGE" ? spreadFrom(spec) : spec.region,
    });
  },
  attributes: {
    id: "The domain name.",
    "live.Arn": "Its ARN, for tags and policies.",
    "live.ApiGatewayDomainName": "The name that DNS has to point to: the target of an alias record.",
    "live.HostedZoneId": "The hosted zone of that name, for an alias record.",
  },
  outputs: { DomainName: "DomainName" },
  permissions: {
    read: ["GetDomainName"],
    write: ["CreateDomainName", "UpdateDomainName", "DeleteDomainName", "TagResource", "UntagResource"],
    besides: gatewayTags,
  },
  consequence: ({ name }) =>
    `Callers of https://${name.replace("*.", "….")} will fail, and a new domain name has another target for DNS.`,
  fromSpec: withCertificate,
  fromAws(answer, { wanted = {} }) {
    const { ApiGatewayDomainName = "", HostedZoneId = "", DomainNameStatus = "" } = endpointOf(answer);
    const endpoint = { ApiGatewayDomainName, HostedZoneId, DomainNameStatus };
    return { ...withoutComputed(answer, wanted), ...endpoint };
  },
  calls: {
    get: (client, DomainName) => client.getDomainName({ DomainName }),
    create: (client, input) => client.createDomainName(sdkInput(input)),
    update(client, input, { live, state, changed }) {
      // AWS takes the list as a whole, and asks for it.
      const sent: JsonObject = { ...input, DomainNameConfigurations: state.DomainNameConfigurations ?? [] };
      const mutual: JsonObject = changed("MutualTlsAuthentication")
        ? { MutualTlsAuthentication: truststore(state) }
        : {};
      return client.updateDomainName(sdkInput({ ...sent, ...mutual, DomainName: live.id }));
    },
    delete: (client, live) => client.deleteDomainName({ DomainName: live.id }),
  },
});
