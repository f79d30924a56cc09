/** Decides what happens to a desired resource that already exists. Pure. */
import type { Action, Problem, Protection, Reason } from "../../model/plan.ts";
import type { JsonObject } from "../../model/values.ts";
import type { Live, PropertyChange, ResourceType, Used } from "../../resources/type.ts";
import type { DesiredResource } from "../../spec/types.ts";
import { changesWithRenewals, keptByAws } from "./diff.ts";
import { cannotBeCleared, protectedFromDeletion } from "./problems.ts";
import { type AllowedDeletions, protectionOf } from "./protection.ts";

export interface Judged {
  readonly resource: DesiredResource;
  readonly type: ResourceType;
  readonly live: Live;
  readonly state: JsonObject;
  /** What it depends on. */
  readonly used: readonly Used[];
  /** Key of the parent, when that is replaced. */
  readonly replacedParent?: string | undefined;
  /** Names or keys of protected resources that may be deleted. */
  readonly allowDeletion: AllowedDeletions;
}

interface Verdict {
  readonly action: Exclude<Action, "create" | "delete">;
  readonly changes: readonly PropertyChange[];
  readonly reason?: Reason | undefined;
  /** Made again only because what it serves changes. */
  readonly redeploy: boolean;
  readonly problems: readonly Problem[];
  readonly protection?: Protection | undefined;
}

export function judgeLive(judged: Judged): Verdict {
  const { type, live, state, resource } = judged;
  const { changes, renewed } = changesWithRenewals(type, live, state, judged.used);
  const redeploy = changes.length > 0 && changes.every(({ path }) => path === type.serves?.property);
  const replacement = replacementReason(judged, changes);
  if (replacement !== undefined) {
    // What AWS could not make holds nothing that could be lost.
    const protection =
      replacement.kind === "failed" ? undefined : protectionOf(type, resource, judged.allowDeletion);
    const problems =
      protection?.allowed === false ? [protectedFromDeletion(resource, live, protection, "replaced")] : [];
    return { action: "replace", changes, reason: replacement, redeploy, problems, protection };
  }
  const problems = keptByAws(type, live.state, state).map((path) => cannotBeCleared(resource, path));
  // An update without changes only waits, because what depends on it cannot start before it is ready.
  if (type.wait?.readiness(live) === "pending")
    return { action: "update", changes, reason: { kind: "pending" }, redeploy, problems };
  const [path] = renewed;
  if (path !== undefined)
    return { action: "update", changes, reason: { kind: "renewed", path }, redeploy, problems };
  return { action: changes.length > 0 ? "update" : "no-op", changes, redeploy, problems };
}

function replacementReason(
  { type, live, replacedParent }: Judged,
  changes: readonly PropertyChange[],
): Reason | undefined {
  if (replacedParent !== undefined) return { kind: "parent-replaced", key: replacedParent };
  if (type.wait?.readiness(live) === "failed" && type.wait.failsInPart !== true) {
    const why = type.wait.why?.(live);
    return { kind: "failed", ...(why === undefined || why === "" ? {} : { why }) };
  }
  const forced = changes.find((change) => change.replaces);
  return forced === undefined ? undefined : { kind: "create-only", path: forced.path };
}
