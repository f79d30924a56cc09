/**
 * A preview beside its stage, in parents that both share (a zone, a domain name): nothing in AWS says whose a child there is, and the stage's
 * spec and the preview's are the same. So a child is the preview's own only when its name or a value of it has the preview's stage. The same
 * is asked of what exists only once: made by a preview, it would be missing when its stage is applied. Pure.
 */
import { previewPull } from "../../../model/stage.ts";
import type { StackFacts } from "../../../model/stack.ts";
import type { Problem } from "../../../model/plan.ts";
import { acceptsForeignParent, type Observed, type Registry } from "../../read/observed.ts";
import type { DesiredResource } from "../../../spec/types.ts";

type InStage = Pick<StackFacts, "stage">;

/** True in every other stage, and for what is in a parent of the preview's own. */
export function isPreviewsOwn({ stage }: InStage, { live, parent }: Observed): boolean {
  return parent?.ours === true || bears(stage, [live.name, live.id, live.state]);
}

/** What would be made in a shared parent, and left there; and what only one stage can have. */
export function sharedInPreview(
  stack: InStage,
  registry: Registry,
  byKey: ReadonlyMap<string, { readonly resource: DesiredResource }>,
): readonly Problem[] {
  if (previewPull(stack.stage) === undefined) return [];
  return [...byKey.values()].flatMap(({ resource }) => {
    const parent = byKey.get(resource.parent ?? "")?.resource;
    const type = registry.get(resource.type);
    if (resource.readOnly) return [];
    const taken = (type?.onlyOnce?.(resource.properties) ?? []).filter(
      (name) => name !== undefined && !bears(stack.stage, [name]),
    );
    if (taken.length > 0) return [once(resource, taken, stack.stage)];
    const isShared = parent?.readOnly === true && acceptsForeignParent(type);
    return isShared && !bears(stack.stage, [resource.name, resource.properties])
      ? [unnamed(resource, stack.stage)]
      : [];
  });
}

function unnamed({ key, parent, at }: DesiredResource, stage: string): Problem {
  return {
    severity: "error",
    code: "PREVIEW_SHARED",
    message: `${key} would be in ${parent}, which is not the preview's, under a name without "${stage}": nothing would tell whose it is`,
    hint: "Name it after the stage, as in `${config.stage}.example.com`, or leave it out of previews.",
    key,
    at,
  };
}

function once({ key, at }: DesiredResource, taken: readonly unknown[], stage: string): Problem {
  const names = taken.map((name) => (typeof name === "string" ? name : "its name")).join(", ");
  return {
    severity: "error",
    code: "PREVIEW_SHARED",
    message: `${key}: ${names} exists only once, and has no "${stage}" in it: it would be taken from the stage that is copied`,
    hint: "Name it after the stage, as in `${config.stage}.example.com`, or leave it out of previews.",
    key,
    at,
  };
}

/** `pr-1` is in `pr-1.example.com`, and not in `pr-12.example.com`. */
function bears(stage: string, where: readonly unknown[]): boolean {
  if (previewPull(stage) === undefined) return true;
  return new RegExp(`(?<![a-z0-9])${stage}(?![a-z0-9])`, "i").test(JSON.stringify(where));
}
