/** What is decided on each desired resource. */
import type { Action, Problem, Protection, Reason } from "../../model/plan.ts";
import type { JsonObject } from "../../model/values.ts";
import type { PropertyChange, ResourceType } from "../../resources/type.ts";
import type { DesiredResource } from "../../spec/types.ts";
import { acceptsForeignParent, type Observed } from "../read/observed.ts";

export interface Decision {
  readonly resource: DesiredResource;
  readonly type: ResourceType;
  readonly action: Exclude<Action, "delete">;
  readonly state: JsonObject;
  readonly changes: readonly PropertyChange[];
  readonly observed?: Observed | undefined;
  readonly adopts: boolean;
  readonly reason?: Reason | undefined;
  /** Made again only because what it serves changes. */
  readonly redeploy?: boolean | undefined;
  readonly protection?: Protection | undefined;
}

export interface Decisions {
  /** By key, in dependency order. */
  readonly byKey: ReadonlyMap<string, Decision>;
  /** Ours, live, and not in the spec (or left over from an interrupted replacement). */
  readonly leftovers: readonly Observed[];
  readonly problems: readonly Problem[];
}

/** Nothing is created inside a resource that is not ours; the parent's own problem says why. */
export function blockedBy(parent: Decision | undefined, type: ResourceType): Reason | undefined {
  if (parent?.reason?.kind === "foreign") return parent.reason;
  if (acceptsForeignParent(type)) return undefined;
  if (parent?.reason?.kind === "read-only" && parent.observed?.ours !== true) return parent.reason;
  return undefined;
}
