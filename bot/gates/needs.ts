/**
 * What must be there before: the gate `needs` (the stages that this one needs have what is to be applied) and the gate `built` (the code
 * that the spec names is built for this commit). Pure.
 */
import type { GateState } from "../../src/model/gate.ts";
import { inWords } from "../../src/text/words.ts";
import type { Facts } from "./facts/facts.ts";
import { readAgain } from "./unread.ts";

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
  const missing = facts.needs.filter(({ applied }) => !applied);
  const [first] = missing;
  if (first === undefined)
    return { gate, passed: true, state: `${facts.needs.map(({ stage }) => stage).join(", ")} applied` };
  return {
    gate,
    passed: false,
    state: `not applied with this commit: ${missing.map(({ stage }) => stage).join(", ")}`,
    next:
      first.branch === undefined
        ? `Apply ${first.stage} first: \`/apply -s ${first.stage}\`.`
        : `${first.stage} is deployed from ${first.branch}: bring the same change there with a pull request of its own, and apply that first.`,
  };
}

/** Undefined for a stack without built code. */
export function built(facts: Pick<Facts, "built" | "unread">): GateState | undefined {
  const gate = "built";
  if (facts.built === undefined) return undefined;
  if (facts.built === "unknown")
    return {
      gate,
      passed: false,
      state: "could not find out whether the code is built",
      next: readAgain(facts, "built"),
    };
  const { names, missing, attested } = facts.built;
  if (missing === undefined)
    return {
      gate,
      passed: true,
      state: `${inWords(names, "and")} built${attested === true ? " and attested" : ""}`,
    };
  return { gate, passed: false, state: missing.message, next: missing.hint };
}
