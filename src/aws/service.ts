/** Describes an AWS service to the client; one `service.ts` per folder of src/resources. */

import type { ErrorRule } from "./classify.ts";

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** `Client` is the SDK's aggregated client: `CloudWatchLogs` of @aws-sdk/client-cloudwatch-logs. */
export interface Service<Client extends { middlewareStack: unknown }> {
  /** The SDK's name, also used in messages: `CloudWatch Logs`. */
  readonly name: string;
  /** Requests go to the stack's region, or to the only region of the partition that has the service. */
  readonly region: "regional" | "global";
  /** The IAM action of an operation: `logs:CreateLogGroup`. */
  iamAction(operation: string): string;
  /**
   * Operations that are not idempotent. If a response is lost, the client does not retry them; the engine first checks
   * whether they succeeded. Does not include creates with a client token.
   */
  readonly lookBeforeRepeating: readonly string[];
  /** Rates of calls per account and region that AWS keeps to, of services where they are low. */
  readonly rates?: {
    /** Of all operations together. */
    readonly all?: Rate;
    /** Of single operations, which count among all too. */
    readonly also?: Readonly<Record<string, Rate>>;
    /** Of single operations that do not count among all. */
    readonly apart?: Readonly<Record<string, Rate>>;
  };
  /** What its errors mean where it has words of its own; see classify.ts. */
  readonly errors?: readonly ErrorRule[];
  /** Imports the client on first use, so that the program starts without it. */
  load(config: object): Promise<Client>;
}

/** The IAM actions of most services: a prefix and the operation's name. */
export function actionsWith(prefix: string): (operation: string) => string {
  return (operation) => `${prefix}:${operation}`;
}

/** The region of a partition's global services: https://docs.aws.amazon.com/general/latest/gr/rande.html */
export function globalRegion(region: string): string {
  if (region.startsWith("us-gov-")) return "us-gov-west-1";
  return region.startsWith("cn-") ? "cn-north-1" : "us-east-1";
}
