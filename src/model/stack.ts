/** Facts about a stack: one spec directory in one stage. */
export interface StackFacts {
  /** The stack's directory in the repository, `.` for the root. */
  readonly directory: string;
  readonly projectName: string;
  readonly stage: string;
  readonly region: string;
  readonly account: string;
  /** `aws`, `aws-cn`, `aws-us-gov` */
  readonly partition: string;
}
