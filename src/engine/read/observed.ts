/** A live resource with its owner and its parent. */
import type { Live, ResourceType } from "../../resources/type.ts";
import type { StackFacts } from "../../model/stack.ts";
import { isOurs } from "../../aws/tags.ts";
import { own } from "../../model/own.ts";

export interface Observed {
  readonly live: Live;
  readonly ours: boolean;
  readonly parent?: Observed | undefined;
}

export type Registry = ReadonlyMap<string, ResourceType>;

/** The key under `dependencies` that names the parent, for child types. */
function parentKeyOf(type: ResourceType): string | undefined {
  return Object.entries(type.dependencies).find(([, key]) => key.parent === true)?.[0];
}

/** The parent's type, for child types. */
export function parentTypeOf(type: ResourceType): string | undefined {
  const key = parentKeyOf(type);
  return key === undefined ? undefined : own(type.dependencies, key)?.type;
}

/** True for types that go by a step of their own before their parent does. */
export function isDeletedFirst(type: ResourceType | undefined): boolean {
  return Object.values(type?.dependencies ?? {}).some(
    (key) => key.parent === true && key.deletedFirst === true,
  );
}

/** True for types whose parent may belong to somebody else: a record in a shared zone. */
export function acceptsForeignParent(type: ResourceType | undefined): boolean {
  return Object.values(type?.dependencies ?? {}).some(
    (key) => key.parent === true && key.foreignParent === true,
  );
}

/** True for types that others write also in a parent of ours. */
export function isShared(type: ResourceType | undefined): boolean {
  const own = Object.values(type?.dependencies ?? {}).some((key) => key.ownInOurs === true);
  return type !== undefined && acceptsForeignParent(type) && !own;
}

/**
 * A root is ours by its tags, a child through its parent; what AWS manages itself never is. A child of a parent that others
 * write in too is nobody's until `identified` has found it in a spec.
 */
export function observe(
  live: Live,
  stack: StackFacts,
  parent: Observed | undefined,
  shared = false,
): Observed {
  const ours = parent === undefined ? isOurs(live.tags, stack) : parent.ours && !shared;
  return { live, ours: ours && live.managed !== true, parent };
}

/** Somebody else's: a root without our tags, or a child in a shared parent that the base branch's spec does not name. */
export function isForeign({ ours, parent }: Observed, type: ResourceType): boolean {
  return !ours && (parent === undefined || (!parent.ours && acceptsForeignParent(type)));
}
