/** Gates as a checklist. Not GitHub's task list: its boxes can be ticked by hand, and these must not be. */
import { codeSpan } from "../../text/escape.ts";
import { prose } from "../../text/prose.ts";
import type { GateView } from "../report.ts";

const MOST = 20;

/** One line a gate. */
export function gateLines(gates: readonly GateView[]): readonly string[] {
  return gates.slice(0, MOST).map(({ gate, passed, state }) => {
    const sign = passed === undefined ? "⬜" : passed ? "✅" : "❌";
    return `- ${sign} **${prose(gate, { max: 60 })}**: ${prose(state, { max: 300 })}`;
  });
}

/**
 * What to fix first: bringing a branch up to date moves its head, and a new head wants a new plan, new checks and a
 * new approval. The other way round the work would be done twice.
 */
const ORDER = ["permission", "up-to-date", "plan-current", "checks", "approved", "unlocked"];

/** The closed gate to fix first; one that has not been checked yet only when none is closed. */
export function firstClosed<Gate extends Pick<GateView, "gate" | "passed">>(
  gates: readonly Gate[],
): Gate | undefined {
  const rank = ({ gate, passed }: Gate): number =>
    (passed === undefined ? ORDER.length + 1 : 0) + (ORDER.indexOf(gate) + 1 || ORDER.length);
  return gates.filter(({ passed }) => passed !== true).sort((one, other) => rank(one) - rank(other))[0];
}

/** What to do about the first gate that is closed; `undefined` when none is. */
export function nextStep(gates: readonly GateView[]): string | undefined {
  const closed = firstClosed(gates);
  if (closed === undefined) return undefined;
  return closed.next === undefined
    ? `Open the gate ${codeSpan(closed.gate)}.`
    : prose(closed.next, { max: 300 });
}

/** How many are closed. */
export function closedGates(gates: readonly GateView[]): number {
  return gates.filter(({ passed }) => passed === false).length;
}
