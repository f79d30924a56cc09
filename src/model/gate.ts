/** The conditions of a command, and how each of them stands. Data only. */

/** In the order in which they are told. */
export const GATE_NAMES = [
  "permission",
  "approved",
  "checks",
  "up-to-date",
  "unlocked",
  "plan-current",
] as const;

export type GateName = (typeof GATE_NAMES)[number];

export interface GateState {
  readonly gate: GateName;
  readonly passed: boolean;
  /** What was found: "approved by @ben for 1a2b3c4", "2 of 3 checks are green". */
  readonly state: string;
  /** What to do about it; only when it did not pass. */
  readonly next?: string | undefined;
}
