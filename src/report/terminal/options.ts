/** What a terminal can show. */

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns; 100 when it is not a terminal. */
  readonly width?: number | undefined;
  /** For `destroy` the words differ. */
  readonly purpose?: "apply" | "destroy" | undefined;
}
