/** The reasons for changes in words. */
import type { Change, Reason } from "../model/plan.ts";

type WithReason = Pick<Change, "reason">;

/** The key of the resource whose replacement forces this change; `undefined` if the change has another reason. */
export function replacedBy({ reason }: WithReason): string | undefined {
  return reason?.kind === "parent-replaced" ? reason.key : undefined;
}

/** True for a resource that this stack does not manage, and that the plan leaves alone. */
export function isForeign({ reason }: WithReason): boolean {
  return reason?.kind === "foreign";
}

/** `not in the spec`, `ProtocolType cannot be changed in place`; empty if the reason is obvious. */
export function reasonText({ reason }: WithReason): string {
  // Plans stored by older versions contain the words themselves.
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
    case "destroyed":
      return "the whole stack is destroyed";
    case "not-in-spec":
      return "not in the spec";
    case "superseded":
      return "left over from an interrupted replacement";
    case "auto-deploy":
      return `${reason.stages.join(", ")} ${reason.stages.length === 1 ? "has" : "have"} AutoDeploy, which makes it`;
    case "auto-deployed":
      return "AutoDeploy made it";
    case "renewed":
      return `${reason.path} was made anew and is set again`;
    case "pending":
      return "AWS is still working on it; the apply waits until it is ready";
    case "failed":
      return `AWS could not make it${reason.why === undefined ? "" : `: ${reason.why}`}`;
  }
}

/** ` and loses its items (allowed by name)`, to go after what is deleted or replaced; empty for unprotected types. */
export function lossText({ protection }: Pick<Change, "protection">): string {
  if (protection === undefined) return "";
  return ` and loses ${protection.loses} (${protection.allowed ? "allowed by name" : "not allowed"})`;
}
