/** From facts to a decision: may this command run? Pure; every gate is told, passed or not. */
import { firstClosed } from "../../src/report/markdown/gates.ts";
import type { GateName, GateState } from "../../src/model/gate.ts";
import type { Lock } from "../../src/model/run.ts";

/** A reviewer's latest review that counts. */
export interface ReviewFact {
  readonly login: string;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
  /** The head it was given for. */
  readonly sha: string;
  readonly at: Date;
  readonly canWrite: boolean;
}

/** The newest run of a check or status of one name on the head. */
export interface CheckFact {
  readonly name: string;
  readonly state: "green" | "pending" | "red";
}

/** What was found out at the moment of the command. `undefined` is "could not be found out": never passes. */
export interface Facts {
  readonly command: "apply" | "destroy" | "adopt" | "other";
  readonly login: string;
  /** `admin`, `maintain`, `write`, `triage`, `read`, `none` */
  readonly permission: string | undefined;
  /** The stage's allow-list: logins and `org/team` slugs; undefined allows every writer. */
  readonly allowed?: readonly string[] | undefined;
  /** Teams (`org/team`) of the login, of those in `allowed`. */
  readonly teams?: readonly string[] | undefined;
  readonly author: string;
  readonly headSha: string;
  readonly pull: number;
  readonly reviews: readonly ReviewFact[] | undefined;
  readonly checks: readonly CheckFact[] | undefined;
  /** Commits that the base has and the head has not. */
  readonly behindBy: number | undefined;
  readonly lock: Lock | undefined | "unknown";
  /** The plan id that was asked for, and the newest reviewed one of this head. */
  readonly askedPlanId?: string | undefined;
  readonly currentPlanId?: string | undefined;
  /** The head that the newest plan was made of. */
  readonly plannedSha?: string | undefined;
  readonly now: Date;
}

export interface Decision {
  readonly allowed: boolean;
  /** In the order of the configuration, all of them. */
  readonly gates: readonly GateState[];
  /** The one thing to do next. */
  readonly next?: string | undefined;
}

/** Judges the gates a stage asks for, each by itself: a refusal lists all, not the first. */
export function decideGates(names: readonly GateName[], facts: Facts): Decision {
  const gates = names.map((name) => JUDGES[name](facts));
  const next = firstClosed(gates)?.next;
  return { allowed: gates.every(({ passed }) => passed), gates, ...(next === undefined ? {} : { next }) };
}

const WRITERS = new Set(["admin", "maintain", "write"]);
const short = (sha: string): string => sha.slice(0, 7);
const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

function permission({ login, permission: held, allowed, teams }: Facts): GateState {
  const gate = "permission";
  if (held === undefined)
    return {
      gate,
      passed: false,
      state: `the permission of @${login} could not be read`,
      next: "Send the command again in a minute.",
    };
  if (!WRITERS.has(held)) {
    return {
      gate,
      passed: false,
      state: `@${login} has ${held} permission`,
      next: "Ask somebody with write permission to send the command.",
    };
  }
  if (
    allowed !== undefined &&
    !allowed.some((one) => same(one, login) || (teams ?? []).some((team) => same(team, one)))
  ) {
    if (teams === undefined && allowed.some((one) => one.includes("/")))
      return {
        gate,
        passed: false,
        state: `whether @${login} is in a team of the stage's list could not be read`,
        next: "Send the command again in a minute. When it stays so, look whether the App has the permission `members: read`.",
      };
    return {
      gate,
      passed: false,
      state: `@${login} may write, but is not on the stage's list`,
      next: `Ask one of ${allowed.join(", ")} to send the command.`,
    };
  }
  return { gate, passed: true, state: `@${login} has ${held} permission` };
}

function approved({ reviews, author, headSha }: Facts): GateState {
  const gate = "approved";
  if (reviews === undefined)
    return {
      gate,
      passed: false,
      state: "the reviews could not be read",
      next: "Send the command again in a minute.",
    };
  const latest = latestReviews(reviews.filter((review) => !same(review.login, author) && review.canWrite));
  const against = latest.find(({ state }) => state === "CHANGES_REQUESTED");
  if (against !== undefined) {
    return {
      gate,
      passed: false,
      state: `@${against.login} asks for changes`,
      next: `Mend what @${against.login} asks for and get an approval.`,
    };
  }
  const approvals = latest.filter(({ state }) => state === "APPROVED");
  const valid = approvals.find(({ sha }) => sha === headSha);
  if (valid !== undefined)
    return { gate, passed: true, state: `approved by @${valid.login} for ${short(headSha)}` };
  const stale = approvals[0];
  if (stale !== undefined) {
    return {
      gate,
      passed: false,
      state: `@${stale.login} approved ${short(stale.sha)}, the head is ${short(headSha)} now`,
      next: `Ask @${stale.login} to approve ${short(headSha)}.`,
    };
  }
  return {
    gate,
    passed: false,
    state: "nobody with write permission, other than the author, has approved",
    next: `Ask a reviewer to approve ${short(headSha)}.`,
  };
}

/** Each reviewer's newest review with a verdict: a later comment does not take an approval back, a dismissal does. */
function latestReviews(reviews: readonly ReviewFact[]): readonly ReviewFact[] {
  const latest = new Map<string, ReviewFact>();
  for (const review of [...reviews].sort((one, other) => one.at.getTime() - other.at.getTime())) {
    if (review.state !== "COMMENTED" && review.state !== "PENDING")
      latest.set(review.login.toLowerCase(), review);
  }
  return [...latest.values()];
}

function checks({ checks: found }: Facts): GateState {
  const gate = "checks";
  if (found === undefined)
    return {
      gate,
      passed: false,
      state: "the checks could not be read",
      next: "Send the command again in a minute.",
    };
  const red = found.filter(({ state }) => state === "red");
  const pending = found.filter(({ state }) => state === "pending");
  const names = (list: readonly CheckFact[]): string =>
    list
      .map(({ name }) => name)
      .slice(0, 5)
      .join(", ");
  const count = `${found.length - red.length - pending.length} of ${found.length} checks are green`;
  if (red.length > 0)
    return { gate, passed: false, state: `${count}; red: ${names(red)}`, next: `Mend ${names(red)}.` };
  if (pending.length > 0)
    return {
      gate,
      passed: false,
      state: `${count}; running: ${names(pending)}`,
      next: `Wait for ${names(pending)}.`,
    };
  return { gate, passed: true, state: found.length === 0 ? "there are no other checks" : count };
}

function upToDate({ behindBy }: Facts): GateState {
  const gate = "up-to-date";
  if (behindBy === undefined)
    return {
      gate,
      passed: false,
      state: "the base branch could not be compared",
      next: "Send the command again in a minute.",
    };
  if (behindBy === 0) return { gate, passed: true, state: "the branch has everything of its base" };
  const commits = behindBy === 1 ? "1 commit" : `${behindBy} commits`;
  return {
    gate,
    passed: false,
    state: `the branch is ${commits} behind its base`,
    next: "Update the branch, look at the new plan and apply that one.",
  };
}

function unlocked({ lock, pull, login, now }: Facts): GateState {
  const gate = "unlocked";
  if (lock === "unknown")
    return {
      gate,
      passed: false,
      state: "the lock could not be read, so it counts as locked",
      next: "Send the command again in a minute.",
    };
  if (lock === undefined) return { gate, passed: true, state: "nobody holds the stack" };
  const minutes = Math.max(0, Math.round((now.getTime() - lock.since.getTime()) / 60_000));
  if (lock.runId === undefined && lock.pull === pull && same(lock.owner, login))
    return { gate, passed: true, state: `locked by @${login} for this pull request` };
  const what = `locked by @${lock.owner} for ${minutes} min: ${lock.reason}`;
  const next =
    lock.runId === undefined
      ? `Ask @${lock.owner}, or end the freeze with \`/unlock\`.`
      : "Wait for the run to end, or stop it with `/cancel`.";
  return { gate, passed: false, state: what, next };
}

function planCurrent({ askedPlanId, currentPlanId, plannedSha, headSha, command }: Facts): GateState {
  const gate = "plan-current";
  if (currentPlanId === undefined)
    return { gate, passed: false, state: "there is no plan of this pull request yet", next: "Send `/plan`." };
  if (plannedSha !== headSha) {
    return {
      gate,
      passed: false,
      state: `plan ${currentPlanId} is of ${short(plannedSha ?? "")}, the head is ${short(headSha)}`,
      next: "Send `/plan` and review the new plan.",
    };
  }
  if (askedPlanId !== undefined && askedPlanId !== currentPlanId) {
    return {
      gate,
      passed: false,
      state: `plan ${askedPlanId} was replaced by ${currentPlanId}`,
      next: `Review the newest plan and send \`/${command === "other" ? "apply" : command} ${currentPlanId}\`.`,
    };
  }
  return { gate, passed: true, state: `plan ${currentPlanId} is of ${short(headSha)}` };
}

const JUDGES: Readonly<Record<GateName, (facts: Facts) => GateState>> = {
  permission,
  approved,
  checks,
  "up-to-date": upToDate,
  unlocked,
  "plan-current": planCurrent,
};
