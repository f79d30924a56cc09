/** Which resources a destroy deletes, where tags do not say. Pure. */
import type { LoadedSpec } from "../../spec/types.ts";
import type { StackFacts } from "../../model/stack.ts";
import { acceptsForeignParent, isForeign, type Observed, type Registry } from "../read/observed.ts";
import { decide } from "./decide.ts";
import { isPreviewsOwn } from "./identity/shared-in-preview.ts";

interface Leaving {
  readonly observed: readonly Observed[];
  /** Resources that the spec names and the destroy does not delete. */
  readonly warnings: LoadedSpec["warnings"];
}

/**
 * A `readOnly` resource is never destroyed, whatever its tags say. A child in somebody else's parent has no tags: it
 * is deleted if the spec names it and it is exactly as the spec says; otherwise it stays, with a warning.
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
    if (!isPreviewsOwn(stack, one)) continue;
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
