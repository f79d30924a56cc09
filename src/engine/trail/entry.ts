/**
 * The event that changed a resource, among those that CloudTrail found, and who it was. What an event holds:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html and, of its identity,
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html. Pure.
 */
import * as z from "zod";
import type { TrailEntry } from "../../model/drift/trail.ts";
import type { Suspect } from "./suspects.ts";

/** An event as LookupEvents returns it. */
export interface TrailEvent {
  readonly EventId?: string | undefined;
  readonly EventName?: string | undefined;
  readonly EventSource?: string | undefined;
  readonly EventTime?: Date | undefined;
  /** `"true"` or `"false"` */
  readonly ReadOnly?: string | undefined;
  readonly Resources?: readonly { readonly ResourceName?: string | undefined }[] | undefined;
  readonly Username?: string | undefined;
  /** The whole record as JSON. */
  readonly CloudTrailEvent?: string | undefined;
}

/** Who Gatewright itself is: ARNs of roles and users, with or without a session. */
export type OwnIdentities = readonly string[];

const text = z.string().optional().catch(undefined);
const RECORD = z
  .object({
    errorCode: text,
    userAgent: text,
    sessionCredentialFromConsole: text,
    requestParameters: z.unknown(),
    responseElements: z.unknown(),
    userIdentity: z
      .object({
        type: text,
        arn: text,
        userName: text,
        principalId: text,
        invokedBy: text,
        sessionContext: z
          .object({ sessionIssuer: z.object({ arn: text, userName: text }).optional().catch(undefined) })
          .optional()
          .catch(undefined),
      })
      .optional()
      .catch(undefined),
  })
  .catch({ requestParameters: undefined, responseElements: undefined });
type TrailRecord = z.infer<typeof RECORD>;

/** The newest change that was not Gatewright's, or else the newest; undefined where none of the events is about it. */
export function entryOf(
  suspect: Suspect,
  events: readonly TrailEvent[],
  own: OwnIdentities,
): TrailEntry | undefined {
  const found = events
    .map((event) => ({ event, record: recordOf(event), at: event.EventTime?.getTime() ?? 0 }))
    .filter(({ event, record }) => changes(event, record) && isAbout(suspect, event, record))
    .toSorted((one, other) => other.at - one.at);
  const chosen = found.find(({ record }) => !isOwn(record, own)) ?? found[0];
  if (chosen === undefined) return undefined;
  const { event, record, at } = chosen;
  const who = whoOf(event, record);
  const through = throughOf(record);
  return {
    key: suspect.key,
    at,
    event: (event.EventName ?? "").replace(/\d{8}(?:v\d+)?$/, ""),
    ...(who === undefined ? {} : { who }),
    ...(isOwn(record, own) ? { own: true } : {}),
    ...(through === undefined ? {} : { through }),
    earlier: found.filter((other) => other.at < at).length,
  };
}

function recordOf({ CloudTrailEvent = "" }: TrailEvent): TrailRecord {
  try {
    return RECORD.parse(JSON.parse(CloudTrailEvent));
  } catch {
    return RECORD.parse({});
  }
}

/** A call that was refused changed nothing. */
function changes({ ReadOnly }: TrailEvent, { errorCode }: TrailRecord): boolean {
  return ReadOnly !== "true" && errorCode === undefined;
}

function isAbout({ source, names, within }: Suspect, event: TrailEvent, record: TrailRecord): boolean {
  if (!(event.EventSource ?? "").startsWith(source)) return false;
  const said = new Set(
    [
      ...(event.Resources ?? []).map(({ ResourceName = "" }) => ResourceName),
      ...textsIn(record.requestParameters),
      ...textsIn(record.responseElements),
    ].flatMap((one) => [one, ...partsOf(one)]),
  );
  return names.some((name) => said.has(name)) && (within.length === 0 || within.some((id) => said.has(id)));
}

/** The parts of an ARN or address, in which an id stands. */
function partsOf(value: string): readonly string[] {
  return /^(?:arn:|https?:)/.test(value) ? value.split(/[/:]/) : [];
}

const DEEPEST = 6;

function textsIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || depth > DEEPEST) return [];
  return Object.values(value).flatMap((one) => textsIn(one, depth + 1));
}

/** By role or user alone: what a session is called, whoever opens it chooses. */
function isOwn({ userIdentity }: TrailRecord, own: OwnIdentities): boolean {
  const arns = [userIdentity?.arn, userIdentity?.sessionContext?.sessionIssuer?.arn].flatMap((arn) =>
    arn === undefined ? [] : roleOf(arn),
  );
  return own.some((one) => arns.includes(roleOf(one)));
}

/** A role and its sessions are one: `arn:aws:sts::1:assumed-role/deploy/x` is of `arn:aws:iam::1:role/deploy`, whatever its path. */
function roleOf(arn: string): string {
  const [, partition, account, name] =
    /^arn:([^:]+):(?:sts|iam)::(\d*):(?:assumed-role\/([^/]+)\/.*|role\/(?:.*\/)?([^/]+))$/s
      .exec(arn)
      ?.filter((part) => part !== undefined) ?? [];
  return name === undefined ? arn : `${partition}:${account}:role/${name}`;
}

function sessionOf(principalId = ""): string | undefined {
  return /:(.+)$/s.exec(principalId)?.[1];
}

/** Sessions of IAM Identity Center are called as people's e-mail addresses are, and anybody may read an issue of a public repository. */
function withoutDomain(who: string): string {
  return who.replace(/(?<=[^/\s])@[^@/\s]+$/, "");
}

/** Undefined for the account's root user. */
function whoOf(event: TrailEvent, record: TrailRecord): string | undefined {
  const who = namedBy(event, record);
  return who === undefined ? undefined : withoutDomain(who);
}

function namedBy({ Username }: TrailEvent, { userIdentity = {} }: TrailRecord): string | undefined {
  const { type, userName, principalId, invokedBy, arn, sessionContext } = userIdentity;
  const role = sessionContext?.sessionIssuer?.userName;
  const session = sessionOf(principalId);
  switch (type) {
    case "Root":
      return undefined;
    case "AssumedRole":
      if (role !== undefined) return session === undefined ? role : `${role}/${session}`;
      break;
    case "AWSService":
      if (invokedBy !== undefined) return invokedBy;
      break;
  }
  return userName ?? Username ?? arn ?? "somebody whom CloudTrail does not name";
}

/** What people change AWS with, by how it calls itself. */
const AGENTS: readonly (readonly [RegExp, string])[] = [
  [/^cloudformation\.amazonaws\.com/, "CloudFormation"],
  [/console\.amazonaws\.com|signin\.amazonaws\.com|^AWS Internal/, "the AWS console"],
  [/Terraform\//, "Terraform"],
  [/OpenTofu\//, "OpenTofu"],
  [/Pulumi\//i, "Pulumi"],
  [/aws-cli\//, "the AWS CLI"],
  [/Boto3\//, "Boto3"],
];

function throughOf({
  userAgent = "",
  userIdentity,
  sessionCredentialFromConsole,
}: TrailRecord): string | undefined {
  const said = userIdentity?.invokedBy ?? userAgent;
  const known = AGENTS.find(([pattern]) => pattern.test(said))?.[1];
  return known ?? (sessionCredentialFromConsole === "true" ? "the AWS console" : undefined);
}
