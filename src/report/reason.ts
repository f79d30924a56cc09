/** Why a change happens, for those who show it. The one place that reads `reason`. */
import type { Change } from "../model/plan.ts";

type WithReason = Pick<Change, "reason">;

/** The key of the resource whose replacement takes this one along; `undefined` when it changes by itself. */
export function replacedBy({ reason }: WithReason): string | undefined {
  return /^(.+) is replaced$/s.exec(reason ?? "")?.[1];
}

/** True for a resource of somebody else, which the plan leaves alone. */
export function isForeign({ reason }: WithReason): boolean {
  return reason === "foreign";
}

/** `not in the spec`, `ProtocolType cannot be changed in place`; empty where it is plain. */
export function reasonText({ reason }: WithReason): string {
  return reason ?? "";
}
