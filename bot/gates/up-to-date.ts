/** The gate `up-to-date`: the branch contains every commit of its base. Pure. */
import type { GateState } from "../../src/model/gate.ts";
import type { Facts } from "./facts/facts.ts";
import { readAgain } from "./unread.ts";

export function upToDate({ behindBy, unread }: Facts): GateState {
  const gate = "up-to-date";
  if (behindBy === undefined)
    return {
      gate,
      passed: false,
      state: "could not compare the branch with its base",
      next: readAgain({ unread }, "behindBy"),
    };
  if (behindBy === 0) return { gate, passed: true, state: "the branch is up to date with its base" };
  const commits = behindBy === 1 ? "1 commit" : `${behindBy} commits`;
  return {
    gate,
    passed: false,
    state: `the branch is ${commits} behind its base`,
    next: "Update the branch, review the new plan and apply that one.",
  };
}
