/** One version of the tables. */
export interface Migration {
  /** Counted from 1. */
  readonly version: number;
  /** Statements, separated by `;`. */
  readonly sql: string;
}
