/** Events as CloudTrail's event history has them: the forms of https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html. */
import { randomUUID } from "node:crypto";
import type { Event } from "@aws-sdk/client-cloudtrail";

export interface Told {
  /** `UpdateRoute` */
  readonly name: string;
  /** `apigateway.amazonaws.com` */
  readonly source: string;
  readonly at: Date;
  readonly request?: object;
  readonly response?: object | null;
  readonly identity?: object;
  readonly resources?: readonly string[];
  readonly username?: string;
  readonly readOnly?: boolean;
  readonly more?: object;
}

export const ACCOUNT = "123456789012";

/** Who is signed in to the console with a role, as IAM Identity Center does it. */
export function assumedRole(role: string, session: string): object {
  return {
    type: "AssumedRole",
    principalId: `AROAEXAMPLEROLEID1234:${session}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`,
    accountId: ACCOUNT,
    accessKeyId: "ASIAEXAMPLEKEY123456",
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: "AROAEXAMPLEROLEID1234",
        arn: `arn:aws:iam::${ACCOUNT}:role/aws-reserved/${role}`,
        accountId: ACCOUNT,
        userName: role,
      },
      attributes: { creationDate: "2026-11-29T04:50:00Z", mfaAuthenticated: "false" },
    },
  };
}

export function iamUser(userName: string): object {
  return {
    type: "IAMUser",
    principalId: "AIDAEXAMPLEUSERID1234",
    arn: `arn:aws:iam::${ACCOUNT}:user/${userName}`,
    accountId: ACCOUNT,
    accessKeyId: "AKIAEXAMPLEKEY123456",
    userName,
  };
}

export function anEvent({
  name,
  source,
  at,
  request = {},
  response = null,
  identity = iamUser("ana"),
  resources = [],
  username = "ana",
  readOnly = false,
  more = {},
}: Told): Event {
  return {
    EventId: randomUUID(),
    EventName: name,
    ReadOnly: String(readOnly),
    EventTime: at,
    EventSource: source,
    Username: username,
    Resources: resources.map((ResourceName) => ({ ResourceName })),
    CloudTrailEvent: JSON.stringify({
      eventVersion: "1.09",
      userIdentity: identity,
      eventTime: at.toISOString(),
      eventSource: source,
      eventName: name,
      awsRegion: "eu-west-2",
      sourceIPAddress: "198.51.100.7",
      userAgent: "Mozilla/5.0",
      requestParameters: request,
      responseElements: response,
      readOnly,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: ACCOUNT,
      eventCategory: "Management",
      ...more,
    }),
  };
}
