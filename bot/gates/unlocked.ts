/** The gate `unlocked`: no other person has locked the stack. Pure. */
import type { GateState } from "../../src/model/gate.ts";
import type { Facts } from "./facts/facts.ts";
import { ago } from "../../src/text/duration.ts";
import { sameLogin } from "./facts/login.ts";

export function unlocked({ lock, pull, login, now }: Facts): GateState {
  const gate = "unlocked";
  if (lock === "unknown")
    return {
      gate,
      passed: false,
      state: "could not read the lock, so the stack counts as locked",
      next: "Send the command again in a minute.",
    };
  if (lock === undefined) return { gate, passed: true, state: "not locked" };
  if (lock.runId === undefined && lock.pull === pull && sameLogin(lock.owner, login))
    return { gate, passed: true, state: `locked by @${login} for this pull request` };
  const what = `locked by @${lock.owner} ${ago(lock.since.getTime(), now.getTime())}: ${lock.reason}`;
  const next =
    lock.runId === undefined
      ? `Ask @${lock.owner}, or end the lock with \`/unlock\`.`
      : "Wait for the run to end, or stop it with `/cancel`.";
  return { gate, passed: false, state: what, next };
}
