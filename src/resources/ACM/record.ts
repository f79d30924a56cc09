/** Whether the stack makes the DNS records that its certificates wait for. */
import type { Finding, Linked, LinkedSpec } from "../../spec/type-rules.ts";
import { dependencyOf } from "../findings.ts";
import { textOf, textsOf } from "../live-values.ts";
import { issued } from "./validation.ts";

/** A name and its wildcard are proved by one record. */
const provedAs = (name: string): string => name.toLowerCase().replace(/^\*\./, "").replace(/\.$/, "");

/** Without its records a certificate is waited for until the deadline, unless somebody makes them elsewhere. */
export function withoutRecord(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const { DomainName, SubjectAlternativeNames, ValidationMethod, CertificateAuthorityArn } = one.properties;
  const isProvedByDns = (ValidationMethod ?? "DNS") === "DNS" && CertificateAuthorityArn === undefined;
  if (one.draft.readOnly || !isProvedByDns) return [];
  const { key, name } = one.draft;
  const records = spec.ofType("Route53::Record").filter(({ edges }) => edges.has(key));
  const validated = records.map((record) =>
    dependencyOf(record, "certificate", spec)?.draft.key === key
      ? (record.properties.ValidationDomain ?? DomainName)
      : undefined,
  );
  // Of a record that is made with getId, it is not known which of the names it is for.
  if (validated.some((domain) => typeof domain !== "string")) return [];
  const proved = new Set(validated.map((domain) => provedAs(textOf(domain))));
  const names = [textOf(DomainName), ...textsOf(SubjectAlternativeNames)].filter((one) => one !== "");
  const left = [...new Set(names.map(provedAs))].filter((domain) => !proved.has(domain));
  if (left.length === 0) return [];
  const some = records.length > 0 ? ", and ValidationDomain for each further name" : "";
  return [
    {
      severity: "when-made",
      code: "CERTIFICATE_WITHOUT_RECORD",
      message: `${key}: the stack has no record that proves to ACM whose ${left.join(" and ")} is: the apply waits for up to ${issued.deadlineMs / 60_000} minutes until somebody makes it`,
      hint: `Add a Route53::Record with dependencies {hostedZone, certificate: "${name}"}${some}. Where another stack or somebody else answers for the domain, make the record that the apply names there while it waits.`,
    },
  ];
}
