/** Facts about a stack: one spec directory in one stage. */
export interface StackFacts {
  /** The stack's directory in the repository, `.` for the root. */
  readonly directory: string;
  readonly projectName: string;
  /** The value of `gc-source`: repository and directory. Undefined in a terminal, which goes by project and stage. */
  readonly source?: string | undefined;
  readonly stage: string;
  readonly region: string;
  readonly account: string;
  /** `aws`, `aws-cn`, `aws-us-gov` */
  readonly partition: string;
  /** What the stage's names in AWS are made of, `{name}-dev`; missing where they are the spec's. */
  readonly names?: string | undefined;
}
