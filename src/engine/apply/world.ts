/** What is known about the stack during an apply: starts with the plan and grows with every step. */
import { randomBytes } from "node:crypto";
import type { Aws } from "../../aws/aws.ts";
import type { Waited } from "../../aws/patient.ts";
import { fail } from "../../model/errors.ts";
import type { Registry } from "../read/observed.ts";
import { resolveDesired, type Standing } from "../plan/resolve.ts";
import { isBelow } from "../read/below.ts";
import { servedDigest } from "../plan/served.ts";
import type { Planning } from "../plan/planning.ts";
import type { Desired, Live, ResourceType } from "../../resources/type.ts";
import type { StackFacts } from "../../model/stack.ts";
import type { DesiredResource } from "../../spec/types.ts";
import {
  containsUnknown,
  isGenerated,
  isObject,
  type JsonObject,
  type JsonValue,
} from "../../model/values.ts";

export interface World {
  readonly aws: Aws;
  readonly stack: StackFacts;
  readonly registry: Registry;
  readonly planning: Planning;
  /** By key; without what has been deleted. */
  readonly live: Map<string, Live>;
  /** Keys of replaced resources whose new resource does not exist yet. */
  readonly pending: Set<string>;
  /** Ends waiting. */
  readonly signal?: AbortSignal | undefined;
  /** Told what the step of a resource waits for. */
  readonly onWait?: ((key: string, wait: Waited) => void) | undefined;
  /** Told that a resource is made which is not ready yet. */
  readonly onMade?: ((key: string) => void) | undefined;
}

export function makeWorld(aws: Aws, planning: Planning, signal?: AbortSignal): World {
  const { registry, plan } = planning;
  const replaced = plan.changes.filter(({ action }) => action === "replace");
  const pending = new Set(replaced.map(({ key }) => key));
  return { aws, stack: plan.stack, registry, planning, live: new Map(planning.live), pending, signal };
}

export function typeOf(world: World, type: string): ResourceType {
  return world.registry.get(type) ?? fail("TYPE_UNKNOWN", `${type} is not a known type`);
}

export function desiredResource(world: World, key: string): DesiredResource {
  return world.planning.desired.get(key) ?? fail("INTERNAL_UNKNOWN_DEPENDENCY", `${key} is not in the plan`);
}

/** The resource's live parent at this moment, for child types. */
export function liveParent(world: World, resource: DesiredResource): Live | undefined {
  return resource.parent === undefined ? undefined : world.live.get(resource.parent);
}

function standing(world: World, key: string): Standing | undefined {
  const resource = world.planning.desired.get(key);
  if (resource === undefined) return undefined;
  const { type, name, properties } = resource;
  const live = world.pending.has(key) ? undefined : world.live.get(key);
  return { type, name, properties, live, predicted: {} };
}

function served(world: World, resource: DesiredResource, type: ResourceType): string | undefined {
  const parent = liveParent(world, resource);
  if (type.serves === undefined || parent === undefined) return undefined;
  const { desired } = world.planning;
  const children = [...desired.values()]
    .filter((one) => type.serves?.types.includes(one.type) && isBelow(one, resource.parent, desired))
    .flatMap((one) => world.live.get(one.key) ?? []);
  return servedDigest(type.serves, parent, children);
}

/** The desired resource with every reference resolved, and the state computed from it: nothing unknown is left. */
export function resolveNow(world: World, resource: DesiredResource): { desired: Desired; state: JsonObject } {
  const type = typeOf(world, resource.type);
  const desired = resolveDesired(resource, {
    type,
    stack: world.stack,
    standing: (key) => standing(world, key),
    live: world.live.get(resource.key),
    served: served(world, resource, type),
    stored: world.planning.stored?.text,
  });
  const state = type.desiredState(desired);
  if (containsUnknown(state))
    fail("INTERNAL_UNKNOWN_LEFT", `${resource.key} still contains an unknown value`);
  return { desired, state };
}

/** Fills in real passwords where the spec asked for generated ones. They are sent once and stored nowhere. */
export function withPasswords(value: JsonObject): JsonObject {
  const fill = (inner: JsonValue): JsonValue => {
    if (isGenerated(inner))
      return randomBytes(inner.$generated).toString("base64url").slice(0, inner.$generated);
    if (Array.isArray(inner)) return inner.map(fill);
    if (!isObject(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, fill(one)]));
  };
  const filled = fill(value);
  return isObject(filled) ? filled : {};
}
