/** Decides from facts whether a command may run. Pure; every gate is reported, passed or not. */
import { firstClosed } from "../../src/report/markdown/gates.ts";
import { FIXED_GATES, type GateName, type GateState } from "../../src/model/gate.ts";
import { shortSha } from "../../src/text/sha.ts";
import { inWords } from "../../src/text/words.ts";
import { approved } from "./approved.ts";
import { checks } from "./checks.ts";
import type { Facts, HeadFacts } from "./facts/facts.ts";
import { environment } from "./environment.ts";
import { hold } from "./hold.ts";
import { built, needs } from "./needs.ts";
import { permission } from "./permission.ts";
import { planCurrent } from "./plan-current.ts";
import { readAgain } from "./unread.ts";
import { unlocked } from "./unlocked.ts";
import { upToDate } from "./up-to-date.ts";

const GATES: Readonly<Record<GateName, (facts: Facts) => GateState | undefined>> = {
  permission,
  approved: (facts) => withSince("approved", facts, approved),
  checks: (facts) => withSince("checks", facts, checks),
  "up-to-date": upToDate,
  unlocked,
  "plan-current": planCurrent,
  hold,
  needs,
  built,
  environment,
};

export interface Decision {
  readonly allowed: boolean;
  /** In the order of the configuration, all of them, then those that no configuration leaves out. */
  readonly gates: readonly GateState[];
  /** The one thing to do next. */
  readonly next?: string | undefined;
}

/** Evaluates all gates of a stage independently, so that a refusal lists every failed gate. */
export function decideGates(names: readonly GateName[], facts: Facts): Decision {
  const gates = [...names, ...FIXED_GATES].flatMap((name) => GATES[name](facts) ?? []);
  const next = firstClosed(gates)?.next;
  return { allowed: gates.every(({ passed }) => passed), gates, ...(next === undefined ? {} : { next }) };
}

/** Of a branch: judged for the pull request itself, and for all that the branch brings besides it. */
function withSince(
  gate: "approved" | "checks",
  facts: Facts,
  judge: (facts: HeadFacts) => GateState,
): GateState {
  const { since } = facts;
  if (since === undefined) return judge(facts);
  const own = since.own.includes(gate)
    ? judge(facts)
    : { gate, passed: true, state: "what the branch has passed it before its merge" };
  if (!own.passed) return own;
  if (since.merged === "unknown")
    return {
      gate,
      passed: false,
      state: `${own.state}; could not find out what else was merged`,
      next: readAgain(facts, "since"),
    };
  const others: string[] = [];
  for (const one of since.merged) {
    if (one.facts === undefined) {
      // Its checks have hardly begun when it is pushed: whether anybody has looked at it is asked by the other gate.
      if (gate === "checks") continue;
      return {
        gate,
        passed: false,
        state: `${shortSha(one.sha)} was pushed without a pull request, so nobody approved it`,
        next: "Open a pull request for this stack: who approves it approves all that its plan shows.",
      };
    }
    const name = `#${one.facts.pull}`;
    const state = judge(one.facts);
    if (!state.passed)
      return {
        ...state,
        state: `${name} was merged, too: ${state.state}`,
        next: state.next === undefined ? undefined : `On ${name}: ${state.next}`,
      };
    others.push(name);
  }
  return others.length === 0 ? own : { ...own, state: `${own.state}, as was ${inWords(others, "and")}` };
}
