/** Certificates. Facts: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
import type { ACM } from "@aws-sdk/client-acm";
import { ifFound } from "../../aws/errors.ts";
import { sdkInput } from "../../aws/sdk-input.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import type { Entry } from "../../spec/type-rules.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { jsonOf, tagList, tagsOf, textOf, textsOf } from "../live-values.ts";
import { nameFrom } from "../naming.ts";
import { arnText, enumText, properties, tags, textList } from "../schema.ts";
import * as z from "zod";
import { SUPERSEDED_TAG, supersededByTag } from "../superseded.ts";
import type { ReadContext } from "../type.ts";
import { domainText } from "./domain-text.ts";
import { withoutRecord } from "./record.ts";
import { acm } from "./service.ts";
import { issued, mailDomains, withValidation } from "./validation.ts";

const KEY_ALGORITHMS = [
  "RSA_2048",
  "RSA_1024",
  "RSA_3072",
  "RSA_4096",
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
] as const;

/** AWS's list of a certificate's names always begins with its first: so does the spec's. */
function withFirstName(entry: Entry): Entry {
  const named = nameFrom("DomainName", entry);
  const { DomainName, SubjectAlternativeNames: others } = named.properties;
  if (typeof DomainName !== "string" || !Array.isArray(others) || others.includes(DomainName)) return named;
  return {
    ...named,
    properties: { ...named.properties, SubjectAlternativeNames: [DomainName, ...others] },
  };
}

/** A certificate with its tags; asked once per reading, by whichever way it was found. */
function described(
  client: ACM,
  { once }: Pick<ReadContext, "once">,
  CertificateArn: string,
): Promise<object> {
  return once(`DescribeCertificate ${CertificateArn}`, async () => {
    const [{ Certificate }, { Tags }] = await Promise.all([
      client.describeCertificate({ CertificateArn }),
      client.listTagsForCertificate({ CertificateArn }),
    ]);
    return { ...Certificate, Tags };
  });
}

export const certificate = defineType({
  type: "ACM::Certificate",
  summary:
    "A TLS certificate. The apply waits until it is issued, and says which DNS record that takes; a Route53::Record that depends on it makes the record.",
  service: acm,
  properties: properties({
    DomainName: required(domainText(64), "Its first domain name, also its name in the spec.", {
      createOnly: true,
    }),
    SubjectAlternativeNames: optional(textList(domainText(253), 100), "Further domain names.", {
      default: ({ DomainName }) => (DomainName === undefined ? undefined : [DomainName]),
      defaultWords: "DomainName alone",
      createOnly: true,
      unordered: true,
    }),
    ValidationMethod: optional(
      enumText("DNS", "EMAIL", "HTTP"),
      "How ACM finds out that the domain is yours: by a DNS record, or by an e-mail to the domain's owner.",
      { default: "DNS", createOnly: true },
    ),
    DomainValidationOptions: optional(
      z
        .array(
          properties({
            DomainName: required(domainText(253), "Domain name of the certificate."),
            ValidationDomain: required(domainText(253), "The domain above it that gets the e-mail."),
          }),
        )
        .max(100),
      "With EMAIL: which domains get the e-mails.",
      { createOnly: true, unordered: true, spelling: mailDomains },
    ),
    KeyAlgorithm: optional(enumText(...KEY_ALGORITHMS), "Kind of its key.", {
      default: "RSA_2048",
      createOnly: true,
      // Answers write RSA-2048: hashicorp/terraform-provider-aws, internal/service/acm/certificate.go.
      spelling: (value) => textOf(value).replaceAll("-", "_"),
    }),
    CertificateAuthorityArn: optional(
      arnText("acm-pca"),
      "Private certificate authority that issues it, for a certificate that only you trust.",
      { createOnly: true },
    ),
    Options: optional(
      properties({
        Export: optional(enumText("ENABLED", "DISABLED"), "Whether its private key can be exported.", {
          default: "DISABLED",
          createOnly: true,
        }),
        CertificateTransparencyLoggingPreference: optional(
          enumText("ENABLED", "DISABLED"),
          "Without effect since June 2026: AWS logs every public certificate.",
          { ignored: true },
        ),
      }),
      "Further settings.",
      { default: {}, defaultWords: "each setting's own" },
    ),
    Tags: tags(),
  }),
  identity: { by: "tags", property: "DomainName" },
  canonical: withFirstName,
  id: "CertificateArn",
  arn: (_stack, { id }) => id,
  nameOfArn: (arn) => /^arn:[^:]+:acm:[^:]*:\d*:certificate\/([\w-]+)$/.exec(arn)?.[1],
  foundByTagsAs: "acm:certificate",
  tags: {
    style: "list",
    set: (client, CertificateArn, added) =>
      client.addTagsToCertificate({ CertificateArn, Tags: tagList(added) }),
    remove: (client, CertificateArn, keys) =>
      client.removeTagsFromCertificate({ CertificateArn, Tags: keys.map((Key) => ({ Key })) }),
  },
  noteTags: [SUPERSEDED_TAG],
  standing: supersededByTag,
  replaceOrder: "create-first",
  protected: "its key: a new certificate has to be validated before anything can be served with it",
  wait: issued,
  checks: ({ properties: { ValidationMethod, DomainValidationOptions } }) =>
    isEmpty(DomainValidationOptions) || ValidationMethod === "EMAIL"
      ? []
      : [
          {
            path: "DomainValidationOptions",
            message: "is only for ValidationMethod EMAIL",
            hint: "Remove it: with DNS, a Route53::Record that depends on the certificate makes the record.",
          },
        ],
  inspect: withoutRecord,
  quotas: [
    // https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
    {
      name: "domain names per certificate",
      most: 10,
      elementsOf: "SubjectAlternativeNames",
      adjustable: true,
    },
  ],
  attributes: {
    id: "The certificate's ARN.",
    "live.CertificateArn": "The certificate's ARN.",
    "live.Status": "`ISSUED`, or what is missing.",
    "live.ValidationRecord.Name": "Name of the DNS record that proves that the domain is yours.",
    "live.ValidationRecord.Type": "Its type: `CNAME`.",
    "live.ValidationRecord.Value": "Its value.",
  },
  writtenAt: ({ stack: { partition, region, account } }) => [
    `arn:${partition}:acm:${region}:${account}:certificate/*`,
  ],
  permissions: {
    read: ["ListCertificates", "DescribeCertificate", "ListTagsForCertificate"],
    write: ["RequestCertificate", "DeleteCertificate", "AddTagsToCertificate", "RemoveTagsFromCertificate"],
  },
  consequence: ({ name }) =>
    `Whatever is served as ${name} with it needs another certificate, which has to be validated first.`,
  fromAws: withValidation,
  calls: {
    async list(client, { NextToken }) {
      const page = await client.listCertificates({
        MaxItems: 1000,
        // Without the list, certificates with keys of other kinds than the oldest two are left out.
        Includes: { keyTypes: [...KEY_ALGORITHMS] },
        ...(NextToken !== undefined && { NextToken }),
      });
      return { Items: page.CertificateSummaryList, NextToken: page.NextToken };
    },
    async complete({ aws, once }, answer) {
      const client = await aws.client(acm);
      // One that was requested a moment ago may be listed and not found.
      const found = await ifFound(() => described(client, { once }, textOf(answer.CertificateArn)));
      return found === undefined ? answer : jsonOf(found);
    },
    byArn: (client, arn, reading) => described(client, reading, arn),
    async create(client, input, { token }) {
      const { SubjectAlternativeNames, Tags: _map, ...rest } = input;
      const others = textsOf(SubjectAlternativeNames).filter((name) => name !== input.DomainName);
      const request: JsonObject = isEmpty(others) ? rest : { ...rest, SubjectAlternativeNames: others };
      const { CertificateArn = "" } = await client.requestCertificate(
        sdkInput({ ...request, Tags: tagList(tagsOf(input)), IdempotencyToken: token.slice(0, 32) }),
      );
      return { CertificateArn, Status: "PENDING_VALIDATION" };
    },
    delete: (client, live) => client.deleteCertificate({ CertificateArn: live.id }),
  },
  async supersede({ aws, live }) {
    const client = await aws.client(acm);
    await client.addTagsToCertificate({
      CertificateArn: live.id,
      Tags: [{ Key: SUPERSEDED_TAG, Value: live.id }],
    });
  },
});
