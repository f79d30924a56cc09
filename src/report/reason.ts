/** Why a change happens, for those who show it: what follows from a reason, and its words. */
import type { Change, Reason } from "../model/plan.ts";

type WithReason = Pick<Change, "reason">;

/** The key of the resource whose replacement takes this one along; `undefined` when it changes by itself. */
export function replacedBy({ reason }: WithReason): string | undefined {
  return reason?.kind === "parent-replaced" ? reason.key : undefined;
}

/** True for a resource of somebody else, which the plan leaves alone. */
export function isForeign({ reason }: WithReason): boolean {
  return reason?.kind === "foreign";
}

/** `not in the spec`, `ProtocolType cannot be changed in place`; empty where it is plain. */
export function reasonText({ reason }: WithReason): string {
  // Plans that were stored before reasons were values have the words themselves.
  if (reason === undefined || typeof reason === "string") return reason ?? "";
  return words(reason);
}

function words(reason: Reason): string {
  switch (reason.kind) {
    case "read-only":
      return "readOnly";
    case "foreign":
      return "foreign";
    case "nothing-to-serve":
      return "no route to deploy yet";
    case "parent-replaced":
      return `${reason.key} is replaced`;
    case "create-only":
      return `${reason.path} cannot be changed in place`;
    case "not-in-spec":
      return "not in the spec";
    case "superseded":
      return "left over from an interrupted replacement";
    case "auto-deploy":
      return `${reason.stages.join(", ")} ${reason.stages.length === 1 ? "has" : "have"} AutoDeploy, which makes it`;
    case "auto-deployed":
      return "AutoDeploy made it";
    case "pending":
      return "AWS is still working on it; the apply waits until it is ready";
    case "failed":
      return `AWS could not make it${reason.why === undefined ? "" : `: ${reason.why}`}`;
  }
}
