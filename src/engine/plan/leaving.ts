/** What a stack that is destroyed takes with it, beyond what tags say. Pure. */
import type { LoadedSpec } from "../../spec/types.ts";
import type { StackFacts } from "../../model/stack.ts";
import { acceptsForeignParent, isForeign, type Observed, type Registry } from "../read/observed.ts";
import { decide } from "./decide.ts";

export interface Leaving {
  readonly observed: readonly Observed[];
  /** What the spec names and the destroy leaves. */
  readonly warnings: LoadedSpec["warnings"];
}

/**
 * What the spec only reads is not ours to destroy, whatever its tags say. A child in somebody else's parent has no tag: it
 * goes when the spec names it and AWS has it as wanted, and stays with a warning when AWS has it otherwise.
 */
export function leavingAll(
  stack: StackFacts,
  registry: Registry,
  { resources }: Pick<LoadedSpec, "resources">,
  observed: readonly Observed[],
): Leaving {
  const { byKey } = decide({
    stack,
    registry,
    resources,
    observed,
    adopt: new Set(),
    allowDeletion: new Set(),
  });
  const ours = new Set<Observed>();
  const kept: LoadedSpec["warnings"][number][] = [];
  for (const { resource, type, observed: one, reason } of byKey.values()) {
    if (one === undefined || resource.readOnly || !acceptsForeignParent(type) || !isForeign(one, type))
      continue;
    if (reason === undefined) ours.add(one);
    else
      kept.push({
        code: "FOREIGN_RESOURCE",
        message: `${resource.key} (${one.live.id}) stays: it is not as the spec says, so it may be somebody else's`,
        hint: "Delete it by hand if it is yours.",
        resource: resource.key,
        at: resource.at,
      });
  }
  const readOnly = new Set(resources.filter((one) => one.readOnly).map(({ key }) => key));
  return {
    observed: observed
      .filter(({ live }) => !readOnly.has(`${live.type}::${live.name}`))
      .map((one) => (ours.has(one) ? { ...one, ours: true } : one)),
    warnings: kept,
  };
}
