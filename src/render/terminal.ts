/** What commands show at a terminal. */
export { progressLine, terminalResult } from "./terminal-apply.ts";
export { type TerminalOptions, terminalPlan } from "./terminal-plan.ts";
