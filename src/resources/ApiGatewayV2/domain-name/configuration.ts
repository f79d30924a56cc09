/** The endpoint of a domain name: of the list that AWS has, there is one. */
import { isEmpty, type JsonObject, type JsonValue } from "../../../model/values.ts";
import { listOf, objectOf } from "../../live-values.ts";
import type { Desired } from "../../type.ts";

/** What AWS has where nothing is said; computed by it, so that states say it too. */
const DEFAULTS: JsonObject = { EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2", IpAddressType: "ipv4" };
const MEMBERS = [
  "CertificateArn",
  "CertificateName",
  "EndpointType",
  "SecurityPolicy",
  "IpAddressType",
  "OwnershipVerificationCertificateArn",
];

/** Configurations as states have them: without what AWS only answers (its address, its status). */
export function configurations(value: JsonValue): JsonValue {
  return listOf(value).map((one) => {
    const given = objectOf(one);
    const kept = MEMBERS.filter((key) => !isEmpty(given[key])).map(
      (key) => [key, given[key] ?? null] as const,
    );
    return { ...DEFAULTS, ...Object.fromEntries(kept) };
  });
}

/** The spec's configurations; the dependency's certificate stands where they name none. */
export function withCertificate(wanted: JsonObject, desired: Desired): JsonObject {
  const given = listOf(wanted.DomainNameConfigurations).map(objectOf);
  const certificate = desired.dependency("certificates")?.id;
  const [first = {}, ...others] = given;
  if (certificate === undefined || !isEmpty(first.CertificateArn)) return wanted;
  return { ...wanted, DomainNameConfigurations: [{ ...first, CertificateArn: certificate }, ...others] };
}

/** AWS's first configuration, whose address and status are the domain name's. */
export function endpointOf({ DomainNameConfigurations }: JsonObject): JsonObject {
  return objectOf(listOf(DomainNameConfigurations)[0] ?? {});
}

/** AWS names a certificate that proves the ownership although nobody gave one. */
export function withoutComputed(answer: JsonObject, wanted: JsonObject): JsonObject {
  if (!isEmpty(endpointOf(wanted).OwnershipVerificationCertificateArn)) return answer;
  const DomainNameConfigurations = listOf(answer.DomainNameConfigurations).map((one) => {
    const { OwnershipVerificationCertificateArn: _computed, ...rest } = objectOf(one);
    return rest;
  });
  return { ...answer, DomainNameConfigurations };
}
