/** Gates as a checklist. Not GitHub's task list: its boxes can be ticked by hand, and these must not be. */
import { codeSpan } from "./escape.ts";
import { prose } from "./prose.ts";
import type { GateView } from "./report.ts";

const MOST = 20;

/** One line a gate. */
export function gateLines(gates: readonly GateView[]): readonly string[] {
  return gates.slice(0, MOST).map(({ gate, passed, state }) => {
    const sign = passed === undefined ? "⬜" : passed ? "✅" : "❌";
    return `- ${sign} **${prose(gate, { max: 60 })}**: ${prose(state, { max: 300 })}`;
  });
}

/** What to do about the first gate that is closed; `undefined` when none is. */
export function nextStep(gates: readonly GateView[]): string | undefined {
  const closed = gates.find(({ passed }) => passed === false) ?? gates.find(({ passed }) => passed !== true);
  if (closed === undefined) return undefined;
  return closed.next === undefined
    ? `Open the gate ${codeSpan(closed.gate)}.`
    : prose(closed.next, { max: 300 });
}

/** How many are closed. */
export function closedGates(gates: readonly GateView[]): number {
  return gates.filter(({ passed }) => passed === false).length;
}
