import { createHash } from "node:crypto";
import * as client from "@aws-sdk/client-acm";
import type { Ctx } from "../core/context.ts";
import { pageLimit } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { each, table } from "../core/table.ts";
import { tagAdder } from "../core/tags.ts";
import { COMMON } from "../core/throttle.ts";
import { need, type RegionState } from "../state.ts";
import { publicValues } from "../route53/zones.ts";
import { certificateUses } from "./uses.ts";

interface Row {
  it: client.CertificateDetail & { CertificateArn: string; DomainName: string };
  readonly requested: number;
  readonly tags: Map<string, string>;
}

/** The certificates of a region, by ARN. */
const certificates = table<RegionState, Row>();
/** Idempotency tokens: the request and when it was, and what it made. */
const tokens = each<RegionState, Map<string, { at: number; request: string; arn: string }>>(() => new Map());

/** What a test can say of a region's certificates. */
interface Day {
  /** Milliseconds until the records that are needed show. */
  named: number;
  /** Milliseconds from then until a certificate is issued whose records are there. */
  validated: number;
  /**
   * Whether public DNS has the record. Default: a zone of this account has it, or there is none for the name and whoever runs
   * the domain elsewhere makes what is needed.
   */
  hasRecord?: (name: string, value: string) => boolean;
  /** Why new ones fail. */
  failure?: client.FailureReason;
  /** What uses them: ARN to the users' ARNs. */
  readonly usedBy: Map<string, string[]>;
}

export const acmDay = each<RegionState, Day>(() => ({
  named: 0,
  validated: 0,
  usedBy: new Map(),
}));

const HOUR = 3_600_000;
const TIMES_OUT = 72 * HOUR;
const OLDEST_KINDS = ["RSA_1024", "RSA_2048"];

const notFound = (arn: string): AwsError =>
  new AwsError("ResourceNotFoundException", `Could not find certificate ${arn}.`);
const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

/** The record for a name and for its wildcard: the same one. */
function recordOf(name: string): client.ResourceRecord {
  const bare = name.replace(/^\*\./, "");
  return {
    Name: `_${digest(bare)}.${bare}.`,
    Type: "CNAME",
    Value: `_${digest(`${bare} value`)}.acm-validations.aws.`,
  };
}

/** The certificate as time and DNS have made it. */
function seen(ctx: Ctx, row: Row): Row["it"] {
  const { it, requested } = row;
  if (it.Status !== "PENDING_VALIDATION") return it;
  const day = acmDay(ctx.region);
  const age = ctx.now().getTime() - requested;
  if (day.failure !== undefined) row.it = { ...it, Status: "FAILED", FailureReason: day.failure };
  else if (it.CertificateAuthorityArn !== undefined) row.it = { ...it, Status: "ISSUED" };
  else if (age >= TIMES_OUT) row.it = { ...it, Status: "VALIDATION_TIMED_OUT" };
  else if (age >= day.named) {
    const options = (it.DomainValidationOptions ?? []).map((option) => {
      if (option.ValidationMethod !== "DNS") return { ...option, ValidationStatus: "SUCCESS" as const };
      const ResourceRecord = recordOf(option.DomainName ?? "");
      const { Name = "", Value = "" } = ResourceRecord;
      const there = day.hasRecord?.(Name, Value) ?? publicValues(ctx, Name, "CNAME")?.includes(Value) ?? true;
      const ValidationStatus = there ? ("SUCCESS" as const) : ("PENDING_VALIDATION" as const);
      return { ...option, ResourceRecord, ValidationStatus };
    });
    const valid = options.every(({ ValidationStatus }) => ValidationStatus === "SUCCESS");
    const Status = valid && age >= day.named + day.validated ? "ISSUED" : "PENDING_VALIDATION";
    row.it = { ...it, DomainValidationOptions: options, Status };
  }
  return row.it;
}

/** A certificate's status; undefined for one that ACM did not issue here. */
export function statusOfCertificate(ctx: Ctx, arn: string): string | undefined {
  const row = certificates(ctx.region).get(arn);
  return row === undefined ? undefined : seen(ctx, row).Status;
}

function usersOf(ctx: Ctx, arn: string): string[] {
  const users = [...certificateUses(ctx.region)].filter(([, used]) => used.includes(arn));
  return [...users.map(([user]) => user), ...(acmDay(ctx.region).usedBy.get(arn) ?? [])];
}

function certificate(ctx: Ctx, arn = ""): Row {
  if (!/^arn:[\w-]+:acm:[\w-]*:\d*:certificate\/[\w-]+$/.test(arn))
    throw new AwsError("InvalidArnException", `The ARN ${arn} is not valid.`);
  return need(certificates(ctx.region).get(arn), () => notFound(arn));
}

const addTags = tagAdder(
  ({ kind, message }) =>
    new AwsError(kind === "too-many" ? "TooManyTagsException" : "InvalidTagException", message),
);

function request(ctx: Ctx, input: client.RequestCertificateRequest): string {
  const { IdempotencyToken, Tags, DomainName = "", SubjectAlternativeNames: others = [] } = input;
  if (DomainName.length > 64) throw invalid("The first domain name can be no longer than 64 characters.");
  if (IdempotencyToken !== undefined && !/^\w{1,32}$/.test(IdempotencyToken))
    throw invalid(`Invalid idempotency token: ${IdempotencyToken}`);
  const names = [...new Set([DomainName, ...others])];
  if (names.length > 10)
    throw new AwsError(
      "LimitExceededException",
      "The number of domain names in the request exceeds the limit of 10.",
    );
  const { ValidationMethod = "EMAIL", CertificateAuthorityArn, KeyAlgorithm = "RSA_2048" } = input;
  for (const { DomainName: name = "", ValidationDomain = "" } of input.DomainValidationOptions ?? [])
    if (!names.includes(name) || !(name === ValidationDomain || name.endsWith(`.${ValidationDomain}`)))
      throw new AwsError(
        "InvalidDomainValidationOptionsException",
        `The domain ${ValidationDomain} is not ${name} or a domain above it.`,
      );
  const at = ctx.now().getTime();
  const asked = JSON.stringify({ ...input, IdempotencyToken: undefined });
  const known = tokens(ctx.region).get(IdempotencyToken ?? "");
  if (
    known !== undefined &&
    known.request === asked &&
    at - known.at < HOUR &&
    certificates(ctx.region).has(known.arn)
  )
    return known.arn;
  const tags = new Map<string, string>();
  addTags(ctx, tags, Tags);
  const arn = `arn:${ctx.partition}:acm:${ctx.regionName}:${ctx.accountId}:certificate/${ctx.ids.uuid()}`;
  const mail = (name: string): string =>
    input.DomainValidationOptions?.find((option) => option.DomainName === name)?.ValidationDomain ?? name;
  certificates(ctx.region).set(arn, {
    requested: at,
    tags,
    it: {
      CertificateArn: arn,
      DomainName,
      SubjectAlternativeNames: names,
      CreatedAt: new Date(at),
      Status: "PENDING_VALIDATION",
      Type: CertificateAuthorityArn === undefined ? "AMAZON_ISSUED" : "PRIVATE",
      ...(CertificateAuthorityArn === undefined
        ? {
            DomainValidationOptions: names.map((name) => ({
              DomainName: name,
              ValidationMethod,
              ValidationStatus: "PENDING_VALIDATION" as const,
              ...(ValidationMethod === "EMAIL" ? { ValidationDomain: mail(name) } : {}),
            })),
          }
        : { CertificateAuthorityArn }),
      // As AWS answers it: with a hyphen.
      KeyAlgorithm: KeyAlgorithm.replace("RSA_", "RSA-") as client.KeyAlgorithm,
      Options: {
        CertificateTransparencyLoggingPreference: "ENABLED",
        Export: input.Options?.Export ?? "DISABLED",
      },
    },
  });
  if (IdempotencyToken !== undefined) tokens(ctx.region).set(IdempotencyToken, { at, request: asked, arn });
  return arn;
}

const on = sdk<client.ACM>(client);

/** Certificate Manager: certificates that wait for their validation. */
export const acm = service(
  {
    id: "acm",
    protocol: "aws-json",
    key: "CertificateManager",
    missing: (member) => new AwsError("ValidationException", `${member} must not be null`),
    ...COMMON,
    tagged: (ctx) => [...certificates(ctx.region)].map(([arn, { tags }]) => ({ arn, tags })),
  },
  client,
  [
    on("requestCertificate", (ctx, input) => ({ CertificateArn: request(ctx, input) })),
    on("describeCertificate", (ctx, { CertificateArn = "" }) => {
      const it = seen(ctx, certificate(ctx, CertificateArn));
      return { Certificate: { ...it, InUseBy: usersOf(ctx, CertificateArn) } };
    }),
    on("listCertificates", (ctx, { Includes, MaxItems, NextToken }) => {
      const kinds = Includes?.keyTypes ?? OLDEST_KINDS;
      const all = [...certificates(ctx.region).values()].filter(({ it }) =>
        kinds.some((kind) => kind === it.KeyAlgorithm?.replace("-", "_")),
      );
      const cut = page(all, pageLimit(ctx, MaxItems, 1000), NextToken, () => invalid("Invalid NextToken"));
      const CertificateSummaryList = cut.items.map((row) => {
        const { CertificateArn, DomainName, Status } = seen(ctx, row);
        return { CertificateArn, DomainName, Status };
      });
      return { CertificateSummaryList, NextToken: cut.next };
    }),
    on("deleteCertificate", (ctx, { CertificateArn = "" }) => {
      certificate(ctx, CertificateArn);
      if (usersOf(ctx, CertificateArn).length > 0)
        throw new AwsError(
          "ResourceInUseException",
          `Certificate ${CertificateArn} in account ${ctx.accountId} is in use.`,
        );
      certificates(ctx.region).delete(CertificateArn);
    }),
    on("addTagsToCertificate", (ctx, { CertificateArn, Tags }) =>
      addTags(ctx, certificate(ctx, CertificateArn).tags, Tags),
    ),
    on("removeTagsFromCertificate", (ctx, { CertificateArn, Tags = [] }) => {
      const { tags } = certificate(ctx, CertificateArn);
      for (const { Key = "" } of Tags) tags.delete(Key);
    }),
    on("listTagsForCertificate", (ctx, { CertificateArn }) => ({
      Tags: [...certificate(ctx, CertificateArn).tags].map(([Key, Value]) => ({ Key, Value })),
    })),
  ],
);
