/** The gate `permission`: write permission, and membership in the stage's `allowed` list if it has one. Pure. */
import type { GateState } from "../../src/model/gate.ts";
import type { PersonFacts } from "./facts/person.ts";
import { canWrite } from "./facts/permission.ts";
import { sameLogin } from "./facts/login.ts";
import { readAgain } from "./unread.ts";

export function permission({ login, permission: held, allowed, teams, unread }: PersonFacts): GateState {
  const gate = "permission";
  if (held === undefined)
    return {
      gate,
      passed: false,
      state: `could not read the permission of @${login}`,
      next: readAgain({ unread }, "permission"),
    };
  if (!canWrite(held)) {
    return {
      gate,
      passed: false,
      state: `@${login} has ${held} permission`,
      next: "Ask somebody with write permission to send the command.",
    };
  }
  if (
    allowed !== undefined &&
    !allowed.some((one) => sameLogin(one, login) || (teams ?? []).some((team) => sameLogin(team, one)))
  ) {
    if (teams === undefined && allowed.some((one) => one.includes("/")))
      return {
        gate,
        passed: false,
        state: `could not read whether @${login} is in one of the teams the stage allows`,
        next: readAgain({ unread }, "teams"),
      };
    return {
      gate,
      passed: false,
      state: `@${login} may write, but is not on the stage's list of allowed people`,
      next: `Ask one of ${allowed.join(", ")} to send the command.`,
    };
  }
  return { gate, passed: true, state: `@${login} has ${held} permission` };
}
