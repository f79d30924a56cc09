/** Which children of shared parents are ours, and what the spec calls them: nothing in AWS says so. Pure. */
import type { StackFacts } from "../model/stack.ts";
import type { DesiredResource } from "../spec/types.ts";
import { acceptsForeignParent, type Observed, type Registry } from "./read/observed.ts";
import { decide } from "./plan/decide.ts";
import { isPreviewsOwn } from "./plan/identity/shared-in-preview.ts";

interface Identifying {
  readonly stack: StackFacts;
  readonly registry: Registry;
  readonly spec: readonly DesiredResource[];
  /** The base branch's resources: what this stack has deployed. */
  readonly base: readonly DesiredResource[];
  readonly observed: readonly Observed[];
}

/**
 * The same resources; a child of a shared parent is ours when the base branch's spec names it, or when the spec does and
 * the parent is ours. It then has the name that the spec gives it.
 */
export function identified({ stack, registry, spec, base, observed }: Identifying): readonly Observed[] {
  const isShared = ({ type }: DesiredResource): boolean => acceptsForeignParent(registry.get(type));
  /** What AWS has → the resource that a spec means by it. */
  const meant = (resources: readonly DesiredResource[]): ReadonlyMap<Observed, DesiredResource> => {
    if (!resources.some(isShared)) return new Map();
    const nothing = { adopt: new Set<string>(), allowDeletion: new Set<string>() };
    const { byKey } = decide({ stack, registry, resources, observed, ...nothing });
    return new Map(
      [...byKey.values()].flatMap(({ resource, observed: one }) =>
        one !== undefined && isShared(resource) && !resource.readOnly && isPreviewsOwn(stack, one)
          ? [[one, resource] as const]
          : [],
      ),
    );
  };
  const [now, before] = [meant(spec), meant(base)];
  const named = new Set([...now.values()].map(({ key }) => key));
  const done = new Map<Observed, Observed>();
  const identify = (one: Observed): Observed => {
    const known = done.get(one);
    if (known !== undefined) return known;
    const deployed = before.get(one);
    const wanted =
      now.get(one) ?? (deployed !== undefined && !named.has(deployed.key) ? deployed : undefined);
    const parent = one.parent === undefined ? undefined : identify(one.parent);
    const ours = one.ours || deployed !== undefined || (now.has(one) && parent?.ours === true);
    const live = wanted === undefined ? one.live : { ...one.live, name: wanted.name };
    const next = { ...one, live, parent, ours };
    done.set(one, next);
    return next;
  };
  return now.size === 0 && before.size === 0 ? observed : observed.map(identify);
}
