/** The gate `plan-current`: the reviewed plan was computed for this head. Pure. */
import type { GateState } from "../../src/model/gate.ts";
import type { Facts } from "./facts/facts.ts";
import { shortSha } from "../../src/text/sha.ts";

export function planCurrent({ askedPlanId, currentPlanId, plannedSha, command, ...facts }: Facts): GateState {
  const gate = "plan-current";
  const headSha = facts.branchSha ?? facts.headSha;
  if (currentPlanId === undefined)
    return { gate, passed: false, state: "this pull request has no plan yet", next: "Send `/plan`." };
  if (plannedSha !== headSha) {
    return {
      gate,
      passed: false,
      state: `plan ${currentPlanId} was made for ${shortSha(plannedSha ?? "")}, but the head is now ${shortSha(headSha)}`,
      next: "Send `/plan` and review the new plan.",
    };
  }
  if (askedPlanId !== undefined && askedPlanId !== currentPlanId) {
    return {
      gate,
      passed: false,
      state: `plan ${askedPlanId} is out of date; the current plan is ${currentPlanId}`,
      next: `Review the current plan and send \`/${command === "other" ? "apply" : command} ${currentPlanId}\`.`,
    };
  }
  return { gate, passed: true, state: `plan ${currentPlanId} was made for ${shortSha(headSha)}` };
}
