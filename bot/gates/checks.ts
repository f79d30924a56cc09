/** The gate `checks`: every check of the head has passed. Pure. */
import type { GateState } from "../../src/model/gate.ts";
import type { CheckFact, HeadFacts } from "./facts/facts.ts";
import { readAgain } from "./unread.ts";

export function checks({ checks: found, unread }: HeadFacts): GateState {
  const gate = "checks";
  if (found === undefined)
    return {
      gate,
      passed: false,
      state: "could not read the checks",
      next: readAgain({ unread }, "checks"),
    };
  const red = found.filter(({ state }) => state === "red");
  const pending = found.filter(({ state }) => state === "pending");
  const isShared = (name: string): boolean => found.filter((one) => one.name === name).length > 1;
  const names = (list: readonly CheckFact[]): string =>
    list
      .map(({ name, from }) => (isShared(name) && from !== "" ? `\`${name}\` of ${from}` : `\`${name}\``))
      .slice(0, 5)
      .join(", ");
  const count = `${found.length - red.length - pending.length} of ${found.length} checks passed`;
  if (red.length > 0)
    return {
      gate,
      passed: false,
      state: `${count}; failed: ${names(red)}`,
      next: `Fix the failing ${red.length === 1 ? "check" : "checks"} ${names(red)}.`,
    };
  if (pending.length > 0)
    return {
      gate,
      passed: false,
      state: `${count}; running: ${names(pending)}`,
      next: `Wait for ${names(pending)} to finish.`,
    };
  return { gate, passed: true, state: found.length === 0 ? "no other checks" : count };
}
