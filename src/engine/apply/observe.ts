/** Looks again for one resource whose write may or may not have happened. */
import type { Live } from "../../resources/type.ts";
import type { DesiredResource } from "../../spec/types.ts";
import { isOurs } from "../../aws/tags.ts";
import type { JsonObject } from "../../model/values.ts";
import { diffStates } from "../plan/diff.ts";
import { acceptsForeignParent, isShared, parentTypeOf } from "../read/observed.ts";
import { liveParent, typeOf, type World } from "./world.ts";

interface Found {
  readonly live: Live;
  /** False: somebody else made a resource of this name meanwhile. */
  readonly ours: boolean;
}

/**
 * The live resource that a create of ours made, if it did: of this name (or, for types that pair, the one that fits
 * best) and not one that was known before.
 */
export async function observeAgain(
  world: World,
  resource: DesiredResource,
  state: JsonObject,
): Promise<Found | undefined> {
  const type = typeOf(world, resource.type);
  const parent = liveParent(world, resource);
  const isChild = parentTypeOf(type) !== undefined;
  if (isChild && parent === undefined) return undefined;
  const memo = new Map<string, Promise<unknown>>();
  const found = await type.read({
    aws: world.aws,
    stack: world.stack,
    lookups: [{ name: resource.name, properties: resource.properties }],
    parents: parent === undefined ? [] : [parent],
    once: <T>(key: string, make: () => Promise<T>): Promise<T> => {
      const made = memo.get(key) ?? make();
      memo.set(key, made);
      return made as Promise<T>;
    },
  });
  const known = new Set(
    [...world.live].filter(([key]) => key !== resource.key).map(([, live]) => idOf(live)),
  );
  if (world.pending.has(resource.key)) {
    const old = world.planning.live.get(resource.key);
    if (old !== undefined) known.add(idOf(old));
  }
  const fresh = found.filter(
    (live) =>
      !known.has(idOf(live)) &&
      live.managed !== true &&
      live.superseded !== true &&
      type.wait?.readiness(live) !== "deleting",
  );
  const candidate = { name: resource.name, state };
  const live =
    type.pair === undefined
      ? fresh.find((one) => one.name === resource.name)
      : type.pair([candidate], fresh).get(candidate);
  if (live === undefined) return undefined;
  // In a shared parent, only what is exactly as it was to be made can be of our making.
  const alone = !acceptsForeignParent(type) || (!isShared(type) && isOurs(parent?.tags, world.stack));
  const asMade = alone || diffStates(type, live.state, state).length === 0;
  return { live, ours: isChild ? asMade : isOurs(live.tags, world.stack) };
}

const idOf = (live: Live): string => `${live.type} ${live.parentId ?? ""} ${live.id}`;
