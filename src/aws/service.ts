/** What the client needs to know of an AWS service; one `service.ts` per folder of src/resources. */

/** `Client` is the SDK's aggregated client: `CloudWatchLogs` of @aws-sdk/client-cloudwatch-logs. */
export interface Service<Client extends { middlewareStack: unknown }> {
  /** The SDK's name, also in messages: `CloudWatch Logs`. */
  readonly name: string;
  /** Where requests are signed for: the stack's region, or the one region of the partition that has the service. */
  readonly region: "regional" | "global";
  /** The IAM action of an operation: `logs:CreateLogGroup`. */
  iamAction(operation: string): string;
  /**
   * Operations that may have happened when their answer is lost, and would then happen twice: the client does not send
   * them again, the engine looks first. Creates with a client token are not among them.
   */
  readonly lookBeforeRepeating: readonly string[];
  /** The client, imported when it is first needed so that a bundle's first line does not wait for it. */
  load(config: object): Promise<Client>;
}

/** Actions of most services: a prefix and the operation's name. */
export function actionsWith(prefix: string): (operation: string) => string {
  return (operation) => `${prefix}:${operation}`;
}

/** The region in which a partition keeps its global services: https://docs.aws.amazon.com/general/latest/gr/rande.html */
export function globalRegion(region: string): string {
  if (region.startsWith("us-gov-")) return "us-gov-west-1";
  return region.startsWith("cn-") ? "cn-north-1" : "us-east-1";
}
