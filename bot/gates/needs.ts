/** The gate `needs`: the stages that this one needs have what is to be applied. Pure. */
import type { GateState } from "../../src/model/gate.ts";
import type { Facts } from "./facts/facts.ts";

/** Undefined for a stage that needs no other. */
export function needs(facts: Pick<Facts, "needs">): GateState | undefined {
  const gate = "needs";
  if (facts.needs === undefined) return undefined;
  if (facts.needs === "unknown")
    return {
      gate,
      passed: false,
      state: "could not find out what the stages that this one needs have",
      next: "Send the command again in a minute.",
    };
  if (facts.needs.length === 0) return undefined;
  const missing = facts.needs.filter(({ applied }) => !applied).map(({ stage }) => stage);
  if (missing.length === 0)
    return { gate, passed: true, state: `${facts.needs.map(({ stage }) => stage).join(", ")} applied` };
  return {
    gate,
    passed: false,
    state: `not applied with this commit: ${missing.join(", ")}`,
    next: `Apply ${missing[0]} first: \`/apply -s ${missing[0]}\`.`,
  };
}
