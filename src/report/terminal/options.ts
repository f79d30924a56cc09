/** What the terminal supports. */

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns; 100 if the output is not a terminal. */
  readonly width?: number | undefined;
  /** Every property, and full names. */
  readonly verbose?: boolean | undefined;
  /** Selects the wording. */
  readonly purpose?: "apply" | "destroy" | undefined;
}
