/** The gate `plan-current`: the reviewed plan was computed for this head. Pure. */
import type { GateState } from "../../src/model/gate.ts";
import { isNamed, shortId } from "../../src/model/plan.ts";
import type { Facts } from "./facts/facts.ts";
import { shortSha } from "../../src/text/sha.ts";

export function planCurrent({ askedPlanId, currentPlanId, plannedSha, command, ...facts }: Facts): GateState {
  const gate = "plan-current";
  const plan = command === "rollback" ? "/rollback" : "/plan";
  const headSha = facts.branchSha ?? facts.headSha;
  if (currentPlanId === undefined)
    return command === "destroy"
      ? {
          gate,
          passed: false,
          state: "this pull request has no plan of what to delete",
          next: "Send `/destroy`.",
        }
      : { gate, passed: false, state: "this pull request has no plan yet", next: `Send \`${plan}\`.` };
  const current = shortId(currentPlanId);
  if (plannedSha !== headSha) {
    return {
      gate,
      passed: false,
      state: `plan ${current} was made for ${shortSha(plannedSha ?? "")}, but ${command === "rollback" ? "it now goes back to" : "the head is now"} ${shortSha(headSha)}`,
      next: `Send \`${plan}\` and review the new plan.`,
    };
  }
  if (askedPlanId !== undefined && askedPlanId !== currentPlanId && !isNamed(currentPlanId, askedPlanId)) {
    return {
      gate,
      passed: false,
      state: `plan ${shortId(askedPlanId)} is out of date; the current plan is ${current}`,
      next: `Review the current plan and send \`/${command === "other" ? "apply" : command} ${current}\`.`,
    };
  }
  if (facts.onlyInComment === true && askedPlanId === undefined)
    return {
      gate,
      passed: false,
      state: `plan ${current} is in a comment only, which every writer can edit`,
      next: `Look at the plan and send \`/apply ${current}\`, or send \`/plan\`.`,
    };
  return { gate, passed: true, state: `plan ${current} was made for ${shortSha(headSha)}` };
}
