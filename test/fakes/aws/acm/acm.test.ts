import { ACM } from "@aws-sdk/client-acm";
import { expect, it } from "vitest";
import { account, refusal } from "../testing.ts";
import { acmDay } from "./service.ts";

const MINUTE = 60_000;

/** An account on a clock of the test's, in which ACM takes a minute to name records and nobody makes any. */
function slow() {
  const clock = { now: 0 };
  const { fake, tagging } = account({ clock: () => clock.now });
  const day = acmDay(fake.region("us-east-1"));
  Object.assign(day, { named: MINUTE, hasRecord: () => false });
  const acm = new ACM({ ...fake.clientConfig(), maxAttempts: 1 });
  const ask = (more: object = {}) =>
    acm.requestCertificate({ DomainName: "a.example.com", ValidationMethod: "DNS", ...more });
  const read = async (CertificateArn: string | undefined) =>
    (await acm.describeCertificate({ CertificateArn })).Certificate;
  return { acm, ask, clock, day, read, tagging };
}

it("C-01 a requested certificate waits for its validation; its record shows some time later", async () => {
  const { ask, clock, read } = slow();
  const { CertificateArn } = await ask();
  const [before] = (await read(CertificateArn))?.DomainValidationOptions ?? [];
  expect([before?.ValidationMethod, before?.ResourceRecord]).toEqual(["DNS", undefined]);
  clock.now = MINUTE;
  const later = await read(CertificateArn);
  expect(later).toMatchObject({ Status: "PENDING_VALIDATION", KeyAlgorithm: "RSA-2048", InUseBy: [] });
  expect(later?.DomainValidationOptions?.[0]?.ResourceRecord).toEqual({
    Name: expect.stringMatching(/^_[0-9a-f]{32}\.a\.example\.com\.$/),
    Type: "CNAME",
    Value: expect.stringMatching(/^_[0-9a-f]{32}\.acm-validations\.aws\.$/),
  });
});

it("C-02 it is issued once public DNS has the record of every name", async () => {
  const { ask, clock, day, read } = slow();
  const { CertificateArn } = await ask({ SubjectAlternativeNames: ["b.example.com"] });
  clock.now = MINUTE;
  day.hasRecord = (name) => name.includes(".a.example.com");
  expect((await read(CertificateArn))?.Status).toBe("PENDING_VALIDATION");
  day.hasRecord = () => true;
  expect((await read(CertificateArn))?.Status).toBe("ISSUED");
});

it("C-03 a name and its wildcard share a record", async () => {
  const { ask, clock, read } = slow();
  const { CertificateArn } = await ask({ SubjectAlternativeNames: ["*.a.example.com"] });
  clock.now = MINUTE;
  const options = (await read(CertificateArn))?.DomainValidationOptions ?? [];
  expect(new Set(options.map(({ ResourceRecord }) => ResourceRecord?.Name)).size).toBe(1);
  expect(options).toHaveLength(2);
});

it("C-04 the same token and request give the same certificate for an hour", async () => {
  const { ask, clock } = slow();
  const token = { IdempotencyToken: "t" };
  const first = (await ask(token)).CertificateArn;
  expect((await ask(token)).CertificateArn).toBe(first);
  clock.now = 60 * MINUTE;
  expect((await ask(token)).CertificateArn).not.toBe(first);
});

it("C-05 after 72 hours without its record it is VALIDATION_TIMED_OUT; one that fails says why", async () => {
  const { ask, clock, day, read } = slow();
  const { CertificateArn } = await ask();
  clock.now = 72 * 60 * MINUTE;
  expect((await read(CertificateArn))?.Status).toBe("VALIDATION_TIMED_OUT");
  day.failure = "CAA_ERROR";
  expect(await read((await ask()).CertificateArn)).toMatchObject({
    Status: "FAILED",
    FailureReason: "CAA_ERROR",
  });
});

it("C-06 a list has keys of the oldest kinds only, unless it asks for others", async () => {
  const { acm, ask } = slow();
  const { CertificateArn } = await ask({ KeyAlgorithm: "EC_prime256v1" });
  expect((await acm.listCertificates({})).CertificateSummaryList).toEqual([]);
  const { CertificateSummaryList } = await acm.listCertificates({
    Includes: { keyTypes: ["EC_prime256v1"] },
  });
  expect(CertificateSummaryList?.map((one) => one.CertificateArn)).toEqual([CertificateArn]);
});

it("C-07 one in use cannot be deleted; then it is not found", async () => {
  const { acm, ask, day, read } = slow();
  const { CertificateArn = "" } = await ask();
  day.usedBy.set(CertificateArn, ["arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/a/1"]);
  expect(await refusal(acm.deleteCertificate({ CertificateArn }))).toMatch(/^ResourceInUseException/);
  day.usedBy.clear();
  await acm.deleteCertificate({ CertificateArn });
  expect(await refusal(read(CertificateArn))).toMatch(/^ResourceNotFoundException/);
});

it("C-08 ten names at most, the first of at most 64 characters, e-mails to the name or above it", async () => {
  const { ask } = slow();
  const many = Array.from({ length: 10 }, (_, n) => `n${n}.example.com`);
  expect(await refusal(ask({ SubjectAlternativeNames: many }))).toMatch(/^LimitExceededException/);
  expect(await refusal(ask({ DomainName: `${"a".repeat(60)}.example.com` }))).toMatch(/^InvalidParameter/);
  const elsewhere = [{ DomainName: "a.example.com", ValidationDomain: "example.org" }];
  expect(await refusal(ask({ DomainValidationOptions: elsewhere }))).toMatch(/^InvalidDomainValidation/);
});

it("C-09 has tags from its request on, and the tagging API finds it", async () => {
  const { acm, ask, tagging } = slow();
  const { CertificateArn } = await ask({ Tags: [{ Key: "a", Value: "1" }] });
  await acm.addTagsToCertificate({ CertificateArn, Tags: [{ Key: "b", Value: "2" }] });
  await acm.removeTagsFromCertificate({ CertificateArn, Tags: [{ Key: "a" }] });
  expect((await acm.listTagsForCertificate({ CertificateArn })).Tags).toEqual([{ Key: "b", Value: "2" }]);
  const found = await tagging.getResources({ ResourceTypeFilters: ["acm:certificate"] });
  expect(found.ResourceTagMappingList?.map((one) => one.ResourceARN)).toEqual([CertificateArn]);
});
