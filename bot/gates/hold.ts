/** The gate `hold`: no other pull request has applied changes to the stack that are not merged yet. Pure. */
import type { GateState } from "../../src/model/gate.ts";
import type { Hold, RunError } from "../../src/model/run.ts";
import { ago } from "../../src/text/duration.ts";
import { shortSha } from "../../src/text/sha.ts";
import type { Facts } from "./facts/facts.ts";

/** `held by #12 since ana applied 1a2b3c4 5 minutes ago`. `now` in milliseconds. */
export function heldAgo({ pull, login, sha, since }: Hold, now: number): string {
  return `held by #${pull} since ${login} applied ${shortSha(sha)} ${ago(since.getTime(), now)}`;
}

export function endOfHold(pull: number): string {
  return `Merge or close #${pull}, or end its hold with \`/release\`: then its changes are undone by the next apply.`;
}

/** The error of who came when the stack was held already. */
export function heldError(pull: number): RunError {
  return {
    code: "HELD",
    message: `#${pull} has applied changes to this stack that are not merged yet`,
    hint: endOfHold(pull),
  };
}

/** Undefined where nobody holds the stack: the list of gates then has nothing to say about it. */
export function hold(facts: Pick<Facts, "hold" | "pull" | "now">): GateState | undefined {
  const gate = "hold";
  if (facts.hold === undefined) return undefined;
  if (facts.hold === "unknown")
    return {
      gate,
      passed: false,
      state: "could not find out whether another pull request holds the stack",
      next: "Send the command again in a minute.",
    };
  if (facts.hold.closedAt !== undefined) return undefined;
  const state = heldAgo(facts.hold, facts.now.getTime());
  if (facts.hold.pull === facts.pull) return { gate, passed: true, state };
  return { gate, passed: false, state, next: endOfHold(facts.hold.pull) };
}
