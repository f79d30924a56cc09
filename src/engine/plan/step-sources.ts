/** What becomes of every resource, as far as the order of the steps depends on it. Pure. */
import type { Live } from "../../resources/type.ts";
import { isDeletedFirst, type Observed } from "../read/observed.ts";
import { isBelow, isLiveBelow } from "../read/below.ts";
import type { Decisions } from "./decision.ts";
import type { DesiredResource } from "../../spec/types.ts";
import type { Serves } from "../../spec/type-rules.ts";

export interface StepSource {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly action: "create" | "update" | "replace" | "delete" | "no-op";
  /** Keys it refers to (desired side). */
  readonly edges: readonly string[];
  readonly live?: Live | undefined;
  /** Removed with its parent, without a call. */
  readonly withParent: boolean;
  /** For types that serve: keys of the siblings it must come after, leaving ones included. */
  readonly after: readonly string[];
}

/** A resource that is deleted; with its parent where that takes it along. */
interface LeavingStep {
  readonly key: string;
  readonly observed: Observed;
  readonly takenBy?: string | undefined;
}

export function stepSources(decisions: Decisions, leaving: readonly LeavingStep[]): readonly StepSource[] {
  const desired = [...decisions.byKey.values()];
  const byKey = new Map(desired.map(({ resource }) => [resource.key, resource]));
  const replaced = new Set(
    desired.filter(({ action }) => action === "replace").map(({ resource }) => resource.key),
  );
  /** What it serves: what is wanted of it, and what leaves. */
  const servedKeys = ({ parent }: DesiredResource, { types }: Serves): readonly string[] => {
    const live = parent === undefined ? undefined : decisions.byKey.get(parent)?.observed;
    const wanted = desired.filter(
      ({ resource }) => types.includes(resource.type) && isBelow(resource, parent, byKey),
    );
    const going = leaving.filter(
      ({ observed }) => types.includes(observed.live.type) && isLiveBelow(observed, live),
    );
    return [...wanted.map(({ resource }) => resource.key), ...going.map(({ key }) => key)];
  };
  return [
    ...desired.map(
      ({ resource, type, action, observed }): StepSource => ({
        key: resource.key,
        type: resource.type,
        name: resource.name,
        action,
        edges: resource.edges,
        live: observed?.live,
        withParent: resource.parent !== undefined && replaced.has(resource.parent) && !isDeletedFirst(type),
        after: type.serves === undefined ? [] : servedKeys(resource, type.serves),
      }),
    ),
    ...leaving.map(
      ({ key, observed, takenBy }): StepSource => ({
        key,
        type: observed.live.type,
        name: observed.live.name,
        action: "delete",
        edges: [],
        live: observed.live,
        withParent: takenBy !== undefined,
        after: [],
      }),
    ),
  ];
}
