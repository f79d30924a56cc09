/** The conditions of a command, and their results. Data only. */

/** In display order. */
export const GATE_NAMES = [
  "permission",
  "approved",
  "checks",
  "up-to-date",
  "unlocked",
  "plan-current",
] as const;

/** Conditions that no setting leaves out; they are listed where they say something. */
export const FIXED_GATES = ["hold", "needs", "built", "environment"] as const;

export type GateName = (typeof GATE_NAMES)[number] | (typeof FIXED_GATES)[number];

export interface GateState {
  readonly gate: GateName;
  readonly passed: boolean;
  /** The finding: "approved by @ben for 1a2b3c4", "2 of 3 checks are green". */
  readonly state: string;
  /** How to open the gate; only if it did not pass. */
  readonly next?: string | undefined;
}
