/** The gate `hold`: no other pull request has applied changes to the stack that are not merged yet. Pure. */
import type { GateState } from "../../src/model/gate.ts";
import type { Hold, RunError } from "../../src/model/run.ts";
import { ago } from "../../src/text/duration.ts";
import { shortSha } from "../../src/text/sha.ts";
import type { Facts } from "./facts/facts.ts";

/** The part of a hold that is said of it. */
type Held = Pick<Hold, "pull" | "sha" | "rollback">;

/** `held by #12 since ana applied 1a2b3c4 5 minutes ago`. `now` in milliseconds. */
function heldAgo({ pull, login, sha, since, rollback }: Hold, now: number): string {
  if (rollback === true)
    return `${login} took it back to ${shortSha(sha)} with /rollback on #${pull} ${ago(since.getTime(), now)}`;
  return `held by #${pull} since ${login} applied ${shortSha(sha)} ${ago(since.getTime(), now)}`;
}

function endOfHold({ pull, rollback }: Pick<Held, "pull" | "rollback">): string {
  if (rollback === true)
    return "When what is applied next is right again, end it with `/release`: merges that waited then run.";
  return `Merge or close #${pull}, or end its hold with \`/release\`: then its changes are undone by the next apply.`;
}

/** The error of who came when the stack was held already. */
export function heldError(held: Held): RunError {
  const { pull, sha, rollback } = held;
  if (rollback === true)
    return {
      code: "HELD",
      message: `the stack was taken back to ${shortSha(sha)} with /rollback on #${pull}`,
      hint: endOfHold(held),
    };
  return {
    code: "HELD",
    message: `#${pull} has applied changes to this stack that are not merged yet`,
    hint: endOfHold(held),
  };
}

/** Undefined where nobody holds the stack: the list of gates then has nothing to say about it. */
export function hold(facts: Pick<Facts, "hold" | "pull" | "now" | "command">): GateState | undefined {
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
  const isOpen = facts.hold.rollback === true ? facts.command === "rollback" : facts.hold.pull === facts.pull;
  if (isOpen) return { gate, passed: true, state };
  return { gate, passed: false, state, next: endOfHold(facts.hold) };
}
