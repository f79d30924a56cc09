/** Gates as a checklist. Not a GitHub task list, because users could tick its boxes. */
import { md, type Markdown } from "../../text/markdown.ts";
import { codeSpan } from "../../text/escape.ts";
import { prose } from "../../text/prose.ts";
import type { GateView } from "../report.ts";

const MOST = 20;

/** One line per gate. */
export function gateLines(gates: readonly GateView[]): readonly Markdown[] {
  return gates.slice(0, MOST).map(({ gate, passed, state }) => {
    const sign = passed === undefined ? md`⬜` : passed ? md`✅` : md`❌`;
    return md`- ${sign} **${prose(gate, { max: 60 })}**: ${prose(state, { max: 300 })}`;
  });
}

/**
 * The order in which to fix gates. Updating the branch moves its head, which needs a new plan, new checks and a new
 * approval, so it comes first.
 */
const ORDER = [
  "permission",
  "up-to-date",
  "built",
  "plan-current",
  "checks",
  "approved",
  "environment",
  "needs",
  "hold",
  "unlocked",
];

/** The closed gate to fix first. If none is closed, the first one that has not been checked. */
export function firstClosed<Gate extends Pick<GateView, "gate" | "passed">>(
  gates: readonly Gate[],
): Gate | undefined {
  const rank = ({ gate, passed }: Gate): number =>
    (passed === undefined ? ORDER.length + 1 : 0) + (ORDER.indexOf(gate) + 1 || ORDER.length);
  return gates.filter(({ passed }) => passed !== true).sort((one, other) => rank(one) - rank(other))[0];
}

/** How to open the first closed gate; `undefined` if none is closed. */
export function nextStep(gates: readonly GateView[]): Markdown | undefined {
  const closed = firstClosed(gates);
  if (closed === undefined) return undefined;
  return closed.next === undefined
    ? md`Open the gate ${codeSpan(closed.gate)}.`
    : prose(closed.next, { max: 300 });
}

/** The number of closed gates. */
export function closedGates(gates: readonly GateView[]): number {
  return gates.filter(({ passed }) => passed === false).length;
}
