/** What is inside something: its children and theirs. Pure. */
import type { Observed } from "./observed.ts";

interface Child {
  readonly parent?: string | undefined;
}

/** True for a desired resource whose parent, or parent's parent, is the one of this key. */
export function isBelow(one: Child, key: string | undefined, byKey: ReadonlyMap<string, Child>): boolean {
  let parent = one.parent;
  while (parent !== undefined && parent !== key) parent = byKey.get(parent)?.parent;
  return parent !== undefined;
}

/** The same of what AWS has. */
export function isLiveBelow(one: Observed, top: Observed | undefined): boolean {
  let parent = one.parent;
  while (parent !== undefined && parent !== top) parent = parent.parent;
  return parent !== undefined;
}
