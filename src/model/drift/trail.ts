/** What CloudTrail has of who changed what: pure data, for the issue about drift. Names in it are foreign text. */

/** The last change of one resource that CloudTrail has. */
export interface TrailEntry {
  /** Of the plan's change. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** AWS's name of the call, without its version: `UpdateIntegration`. */
  readonly event: string;
  /** `ana`, `Admin/ana@example.com` (a role and its session), `cloudformation.amazonaws.com`; undefined for the account's root user. */
  readonly who?: string | undefined;
  /** It was Gatewright itself. */
  readonly own?: true | undefined;
  /** `the AWS console`, `Terraform`, as far as CloudTrail says it. */
  readonly through?: string | undefined;
  /** How many changes of it there were before, since the last apply. */
  readonly earlier: number;
}

export interface Trail {
  /** From when on CloudTrail was asked, in milliseconds since 1970. */
  readonly since: number;
  /** How many resources it was asked about. */
  readonly asked: number;
  readonly entries: readonly TrailEntry[];
  /** It was not asked about everything: there is too much, AWS allows few lookups, or it did not answer. */
  readonly cut?: true | undefined;
}
