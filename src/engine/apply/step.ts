/**
 * Carries out one step. If the outcome of a write is unknown, it looks before it repeats the write: a create that did
 * happen is kept and brought to its state, so nothing is created twice.
 */
import { errorName, isAlreadyExists, isNotFound, WRITE_OUTCOME_UNKNOWN } from "../../aws/errors.ts";
import { patientAws } from "../../aws/patient.ts";
import { retry } from "../../model/retry.ts";
import type { Aws } from "../../aws/aws.ts";
import { fail } from "../../model/errors.ts";
import { changesWithRenewals, diffStates } from "../plan/diff.ts";
import type { Step } from "../plan/planning.ts";
import type { CreateContext, Live, PropertyChange, Used } from "../../resources/type.ts";
import type { DesiredResource } from "../../spec/types.ts";
import { containsUnknown, type JsonObject } from "../../model/values.ts";
import { idempotencyToken } from "./idempotency-token.ts";
import { observeAgain } from "./observe.ts";
import { untilGone, untilReady } from "./settle.ts";
import { desiredResource, liveParent, resolveNow, typeOf, withPasswords, type World } from "./world.ts";

/**
 * How long to look for a write whose outcome is unknown, and for a resource that AWS says exists but does not show.
 */
const UNKNOWN_MS = 300_000;
const UNSEEN_MS = 30_000;
const BACKOFF = { firstMs: 500, longestMs: 10_000 } as const;

/** Called before each write; throws to stop. */
export type BeforeWrite = (key: string) => Promise<void>;

/** Does the step and returns what is live after it (nothing after a delete). */
export async function carryOut(
  world: World,
  step: Step,
  beforeWrite: BeforeWrite,
): Promise<Live | undefined> {
  if (step.operation === "delete") return remove(world, step, beforeWrite);
  const resource = desiredResource(world, step.key);
  const { desired, state } = resolveNow(world, resource);
  const attempt: Attempt = {
    world,
    resource,
    state,
    beforeWrite,
    context: contextOf(world, resource, desired, state, patient(world, step, beforeWrite)),
  };
  const made = step.operation === "create" ? await create(attempt, step) : await updatePlanned(attempt, step);
  const live = await ready(attempt, made);
  world.live.set(step.key, live);
  world.pending.delete(step.key);
  return live;
}

/** The client for the type's verbs: a repeated call counts as a write, like the first. */
function patient({ aws, signal, onWait }: World, { key }: Step, beforeWrite: BeforeWrite): Aws {
  return patientAws(aws, {
    signal,
    resource: key,
    beforeRepeat: () => beforeWrite(key),
    onWait: (wait) => onWait?.(key, wait),
  });
}

interface Attempt {
  readonly world: World;
  readonly resource: DesiredResource;
  readonly state: JsonObject;
  readonly context: CreateContext;
  readonly beforeWrite: BeforeWrite;
}

function ready({ world, resource }: Attempt, live: Live): Promise<Live> {
  const type = typeOf(world, resource.type);
  return untilReady({ world, type, key: resource.key, live });
}

function contextOf(
  world: World,
  resource: DesiredResource,
  desired: CreateContext["desired"],
  state: JsonObject,
  aws: Aws,
): CreateContext {
  return {
    aws,
    stack: world.stack,
    state: withPasswords(state),
    desired,
    parent: liveParent(world, resource),
    signal: world.signal,
    token: idempotencyToken({
      stack: world.stack,
      key: resource.key,
      state,
      replaces: world.planning.live.get(resource.key)?.id,
    }),
    code: async () => resource.code?.bytes ?? fail("CODE_FOLDER_MISSING", `${resource.key} has no code`),
  };
}

async function create(attempt: Attempt, step: Step): Promise<Live> {
  const { world, resource, context } = attempt;
  const type = typeOf(world, resource.type);
  const old = world.planning.live.get(resource.key);
  if (
    old !== undefined &&
    world.pending.has(resource.key) &&
    type.supersede !== undefined &&
    world.live.has(resource.key)
  ) {
    await attempt.beforeWrite(step.key);
    await type.supersede({ aws: context.aws, stack: world.stack, live: old });
  }
  const make = async (tried: number): Promise<Live> => {
    const found = tried === 1 ? undefined : await observeAgain(world, resource, attempt.state);
    if (found !== undefined) return takeUp(attempt, found.live, found.ours);
    await attempt.beforeWrite(step.key);
    return type.create(context);
  };
  // A resource that exists but cannot be seen may still be in the middle of its deletion.
  return lookingFirst(world, make, (error) => isUnknown(error) || isAlreadyExists(error));
}

/** Retries a write; every attempt after the first looks for the outcome of the one before. */
function lookingFirst<Value>(
  { aws, signal }: World,
  write: (tried: number) => Promise<Value>,
  repeats: (error: unknown) => boolean,
): Promise<Value> {
  const began = aws.clock.now();
  return retry(write, {
    clock: aws.clock,
    signal,
    backoff: BACKOFF,
    retryIf(error) {
      const inTime = aws.clock.now() - began < (isUnknown(error) ? UNKNOWN_MS : UNSEEN_MS);
      return inTime && repeats(error) ? "retry" : "stop";
    },
  });
}

function isUnknown(error: unknown): boolean {
  return errorName(error) === WRITE_OUTCOME_UNKNOWN;
}

/** Handles a resource that a create found: ours is updated to its state, anyone else's is left alone. */
async function takeUp(attempt: Attempt, live: Live, ours: boolean): Promise<Live> {
  if (!ours) {
    return fail(
      "FOREIGN_RESOURCE",
      `${attempt.resource.key} was created in AWS in the meantime (${live.id}) and does not belong to this stack`,
      {
        hint: "Rename yours, or adopt it and plan again.",
        resource: attempt.resource.key,
      },
    );
  }
  return update(attempt, live);
}

/**
 * Updates what the plan found. Where a value was not known at plan time and now equals what was there, the resource it
 * belongs to was replaced under the same name, and AWS may have detached it in the meantime (a replaced policy is detached):
 * what is live is looked at again.
 */
async function updatePlanned(attempt: Attempt, step: Step): Promise<Live> {
  const { world, resource, state } = attempt;
  // A run that died may have left it half-created; AWS accepts no change before it is ready. What failed in part gets no better
  // by waiting.
  const before = step.live ?? gone(step);
  const hasFailed = typeOf(world, resource.type).wait?.readiness(before) === "failed";
  const live = hasFailed ? before : await ready(attempt, before);
  const paths = new Set(diffStates(typeOf(world, resource.type), live.state, state).map(({ path }) => path));
  const planned = world.planning.plan.changes.find(({ key }) => key === step.key);
  // In a list, a single element may have been unknown.
  const same = planned?.properties.some(({ path, after }) => containsUnknown(after) && !paths.has(path));
  if (same !== true) return update(attempt, live);
  return update(attempt, (await observeExisting(world, resource, state, live)) ?? live);
}

async function update(attempt: Attempt, planned: Live): Promise<Live> {
  const { world, resource, context, state } = attempt;
  const type = typeOf(world, resource.type);
  let live = planned;
  const write = async (tried: number): Promise<Live> => {
    if (tried > 1) live = (await observeExisting(world, resource, state, live)) ?? live;
    const { changes } = changesWithRenewals(type, live, state, usedNow(world, resource));
    if (changes.length === 0) return live;
    await attempt.beforeWrite(resource.key);
    const changed = (property: string): boolean => changes.some((change) => isUnder(change, property));
    return type.update({ ...context, live, changes, changed });
  };
  try {
    return await lookingFirst(world, write, isUnknown);
  } catch (error) {
    // "Not found" may refer to something else that the call names.
    if (!isNotFound(error) || (await observeExisting(world, resource, state, live)) !== undefined)
      throw error;
    return fail("RESOURCE_GONE", `${resource.key} (${live.id}) was deleted in AWS after the plan was made`, {
      hint: "Plan again: the new plan creates it.",
      resource: resource.key,
      cause: error,
    });
  }
}

function usedNow(world: World, { edges }: DesiredResource): readonly Used[] {
  return edges.flatMap((key) => {
    const live = world.live.get(key);
    return live === undefined ? [] : [{ type: live.type, live }];
  });
}

async function observeExisting(
  world: World,
  resource: DesiredResource,
  state: JsonObject,
  live: Live,
): Promise<Live | undefined> {
  const hidden = world.live.get(resource.key);
  world.live.delete(resource.key);
  try {
    const found = await observeAgain(world, resource, state);
    return found !== undefined && found.live.id === live.id ? found.live : undefined;
  } finally {
    if (hidden !== undefined) world.live.set(resource.key, hidden);
  }
}

async function remove(world: World, step: Step, beforeWrite: BeforeWrite): Promise<undefined> {
  const live = step.live ?? gone(step);
  const type = typeOf(world, step.type);
  try {
    const aws = patient(world, step, beforeWrite);
    const write = async (): Promise<void> => {
      await beforeWrite(step.key);
      await type.delete({ aws, stack: world.stack, live });
    };
    // What is gone by then is deleted.
    await lookingFirst(world, write, isUnknown);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  await untilGone({ world, type, key: step.key, live });
  // A create-first replacement has already stored the new resource under the same key.
  if (world.live.get(step.key)?.id === live.id) world.live.delete(step.key);
  return undefined;
}

function isUnder(change: PropertyChange, property: string): boolean {
  return (
    change.path === property ||
    change.path.startsWith(`${property}.`) ||
    change.path.startsWith(`${property}[`)
  );
}

function gone(step: Step): never {
  return fail("INTERNAL_NO_LIVE", `${step.id} has no live resource`);
}
