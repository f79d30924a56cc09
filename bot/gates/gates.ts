/** Decides from facts whether a command may run. Pure; every gate is reported, passed or not. */
import { firstClosed } from "../../src/report/markdown/gates.ts";
import { FIXED_GATES, type GateName, type GateState } from "../../src/model/gate.ts";
import { approved } from "./approved.ts";
import { checks } from "./checks.ts";
import type { Facts } from "./facts/facts.ts";
import { environment } from "./environment.ts";
import { hold } from "./hold.ts";
import { built, needs } from "./needs.ts";
import { permission } from "./permission.ts";
import { planCurrent } from "./plan-current.ts";
import { unlocked } from "./unlocked.ts";
import { upToDate } from "./up-to-date.ts";

const GATES: Readonly<Record<GateName, (facts: Facts) => GateState | undefined>> = {
  permission,
  approved,
  checks,
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
