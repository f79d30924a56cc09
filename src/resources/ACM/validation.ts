/** What proves to ACM that a domain is ours, and where a certificate stands on its way to be issued. */
import type { JsonObject, JsonValue } from "../../model/values.ts";
import { own } from "../../model/own.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";
import type { Live, Readiness, Wait } from "../type.ts";

const READINESS: Record<string, Readiness> = {
  PENDING_VALIDATION: "pending",
  ISSUED: "ready",
  INACTIVE: "failed",
  EXPIRED: "failed",
  VALIDATION_TIMED_OUT: "failed",
  REVOKED: "failed",
  FAILED: "failed",
};

const optionsOf = ({ DomainValidationOptions }: JsonObject): readonly JsonObject[] =>
  listOf(DomainValidationOptions).map(objectOf);

/** The DNS records, each once: a name and its wildcard share one. */
function recordsOf(options: readonly JsonObject[]): readonly JsonObject[] {
  const records = options.map(({ ResourceRecord }) => objectOf(ResourceRecord));
  const named = records.filter(({ Name }) => textOf(Name) !== "");
  return [...new Map(named.map((record) => [textOf(record.Name), record])).values()];
}

/** The answer with the method and the records in places of their own, for the state and for Route 53's records. */
export function withValidation(answer: JsonObject): JsonObject {
  const options = optionsOf(answer);
  const ValidationRecords = [...recordsOf(options)];
  const [ValidationRecord] = ValidationRecords;
  const ValidationMethod = options[0]?.ValidationMethod ?? answer.ValidationMethod ?? "DNS";
  const found: JsonObject = { ...answer, ValidationMethod, ValidationRecords };
  return ValidationRecord === undefined ? found : { ...found, ValidationRecord };
}

/** Where e-mails go, where that is not the name itself: all that a request says of it. */
export function mailDomains(value: JsonValue): JsonValue {
  return listOf(value)
    .map(objectOf)
    .filter(
      ({ DomainName, ValidationDomain }) =>
        textOf(ValidationDomain) !== "" && ValidationDomain !== DomainName,
    )
    .map(({ DomainName = "", ValidationDomain = "" }) => ({ DomainName, ValidationDomain }));
}

const isPublic = ({ attributes }: Live): boolean => textOf(attributes.CertificateAuthorityArn) === "";

function awaitedRecords({ attributes }: Live): string {
  const left = optionsOf(attributes).filter(({ ValidationStatus }) => ValidationStatus !== "SUCCESS");
  return recordsOf(left)
    .map(({ Name, Type, Value }) => [Name, Type, Value].map(textOf).join(" "))
    .join("; ");
}

export const issued: Wait = {
  readiness: ({ attributes }) => own(READINESS, textOf(attributes.Status)) ?? "ready",
  awaiting(live) {
    const certificate = `certificate ${live.name} to be issued`;
    if (!isPublic(live)) return certificate;
    if (live.attributes.ValidationMethod === "EMAIL")
      return `${certificate}: somebody has to follow the link in the e-mail that ACM sent`;
    const records = awaitedRecords(live);
    return records === ""
      ? `ACM to name the DNS record that certificate ${live.name} needs`
      : `${certificate}, for which public DNS needs ${records}`;
  },
  // ACM names the records some seconds after the request: without them nobody can make any.
  isMade: ({ attributes }) =>
    attributes.ValidationMethod !== "DNS" ||
    (optionsOf(attributes).length > 0 &&
      optionsOf(attributes).every(({ ResourceRecord }) => textOf(objectOf(ResourceRecord).Name) !== "")),
  why: ({ attributes: { Status, FailureReason } }) => textOf(FailureReason) || textOf(Status),
  // As long as Terraform waits: internal/service/acm/certificate_validation.go. Minutes are usual.
  deadlineMs: 4_500_000,
};
