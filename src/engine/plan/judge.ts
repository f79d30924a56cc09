/** What has to happen to a desired resource that is there already. Pure. */
import type { Action, Problem, Reason } from "../../model/plan.ts";
import type { JsonObject } from "../../model/values.ts";
import type { Live, PropertyChange, ResourceType } from "../../resources/type.ts";
import type { DesiredResource } from "../../spec/types.ts";
import { diffStates, keptByAws } from "./diff.ts";
import { cannotBeCleared, protectedFromDeletion } from "./problems.ts";

export interface Judged {
  readonly resource: DesiredResource;
  readonly type: ResourceType;
  readonly live: Live;
  readonly state: JsonObject;
  /** Key of the parent, when that is replaced. */
  readonly replacedParent?: string | undefined;
  /** Names or keys of protected resources that may be deleted. */
  readonly allowDeletion: ReadonlySet<string>;
}

export interface Verdict {
  readonly action: Exclude<Action, "create" | "delete">;
  readonly changes: readonly PropertyChange[];
  readonly reason?: Reason | undefined;
  /** Made again only because what it serves changes. */
  readonly redeploy: boolean;
  readonly problems: readonly Problem[];
}

export function judgeLive(judged: Judged): Verdict {
  const { type, live, state, resource } = judged;
  const changes = diffStates(type, live.state, state);
  const redeploy = changes.length > 0 && changes.every(({ path }) => path === type.serves?.property);
  const replacement = replacementReason(judged, changes);
  if (replacement !== undefined) {
    const problems = mayGo(type, resource, judged.allowDeletion)
      ? []
      : [protectedFromDeletion(resource, live)];
    return { action: "replace", changes, reason: replacement, redeploy, problems };
  }
  const problems = keptByAws(type, live.state, state).map((path) => cannotBeCleared(resource, path));
  // An update without changes is a wait: what depends on it cannot begin before it is ready.
  if (type.wait?.readiness(live) === "pending")
    return { action: "update", changes, reason: { kind: "pending" }, redeploy, problems };
  return { action: changes.length > 0 ? "update" : "no-op", changes, redeploy, problems };
}

function replacementReason(
  { type, live, replacedParent }: Judged,
  changes: readonly PropertyChange[],
): Reason | undefined {
  if (replacedParent !== undefined) return { kind: "parent-replaced", key: replacedParent };
  if (type.wait?.readiness(live) === "failed") {
    const why = type.wait.why?.(live);
    return { kind: "failed", ...(why === undefined || why === "" ? {} : { why }) };
  }
  const forced = changes.find((change) => change.replaces);
  return forced === undefined ? undefined : { kind: "create-only", path: forced.path };
}

/** False for a resource that holds data or a name the world depends on, unless it is allowed by name. */
export function mayGo(
  type: Pick<ResourceType, "type" | "protected"> | undefined,
  { name }: { readonly name: string },
  allowed: ReadonlySet<string>,
): boolean {
  return type?.protected !== true || allowed.has(name) || allowed.has(`${type.type}::${name}`);
}
