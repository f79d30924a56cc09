/** How the list of runs is filtered. */
import type { RunState } from "../../../src/model/run.ts";
import { STATES } from "./shared/words.ts";

/** What a list can be limited to: how runs stand, as their rows say it. */
export type Choice = RunState | "blocked";

export const CHOICES: Readonly<Record<Choice, string>> = { ...STATES, blocked: "Blocked" };

/** Of a run that applies, a plan that cannot be applied is told as its failure. */
export function runsThat(choice: Choice): {
  readonly states: readonly RunState[];
  readonly blocked?: boolean;
} {
  if (choice === "blocked") return { states: ["succeeded"], blocked: true };
  return choice === "succeeded" ? { states: [choice], blocked: false } : { states: [choice] };
}
