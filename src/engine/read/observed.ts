/** A live resource with what decides about it: whose it is and what it is part of. */
import type { Live, ResourceType } from "../../resources/type.ts";
import type { StackFacts } from "../../model/stack.ts";
import { isOurs } from "../../aws/tags.ts";

export interface Observed {
  readonly live: Live;
  readonly ours: boolean;
  readonly parent?: Observed | undefined;
}

export type Registry = ReadonlyMap<string, ResourceType>;

/** The key under `dependencies` that names the parent, for child types. */
export function parentKeyOf(type: ResourceType): string | undefined {
  return Object.entries(type.dependencies).find(([, key]) => key.parent === true)?.[0];
}

/** The parent's type, for child types. */
export function parentTypeOf(type: ResourceType): string | undefined {
  const key = parentKeyOf(type);
  return key === undefined ? undefined : type.dependencies[key]?.type;
}

/** A root is ours by its tags, a child through its parent; what API Gateway manages itself never is. */
export function observe(live: Live, stack: StackFacts, parent: Observed | undefined): Observed {
  const ours = live.managed !== true && (parent === undefined ? isOurs(live.tags, stack) : parent.ours);
  return { live, ours, parent };
}
