/** Drives one resource type through its verbs against the strict fake, as the engine would, and checks that it converges. */
import { expect } from "vitest";
import { type ConnectedAws, connectAws } from "../../../src/aws/connect.ts";
import { patientAws } from "../../../src/aws/patient.ts";
import { desiredTags } from "../../../src/aws/tags.ts";
import { diffStates } from "../../../src/engine/plan/diff.ts";
import type {
  Desired,
  Live,
  PropertyChange,
  ResolvedDependency,
  ResourceType,
} from "../../../src/resources/type.ts";
import type { Entry } from "../../../src/spec/type-rules.ts";
import type { StackFacts } from "../../../src/model/stack.ts";
import { isObject, type JsonObject } from "../../../src/model/values.ts";
import { createFakeAws, type FakeAws, type FakeAwsOptions } from "../../fakes/aws/fake-aws.ts";
import { createFakeClock, type FakeClock } from "../../fakes/clock.ts";

export interface World {
  readonly fake: FakeAws;
  readonly aws: ConnectedAws;
  readonly clock: FakeClock;
  readonly stack: StackFacts;
}

export function createWorld(options: FakeAwsOptions = {}): World {
  const fake = createFakeAws(options);
  const { region, credentials, requestHandler } = fake.clientConfig();
  const clock = createFakeClock();
  const aws = connectAws({ region, credentials, requestHandler, clock, budget: async () => {}, attempts: 1 });
  const stack = {
    directory: ".",
    projectName: "shop",
    stage: "dev",
    region,
    account: options.account ?? "123456789012",
    partition: "aws",
  };
  return { fake, aws, clock, stack };
}

export interface Wanted {
  readonly name?: string;
  readonly properties?: JsonObject;
  /** Names, as the spec has them. */
  readonly dependencies?: Readonly<Record<string, readonly ResolvedDependency[]>>;
  readonly code?: { readonly sha256: string; readonly bytes: Uint8Array };
  readonly parent?: Live;
}

/** A dependency that exists. */
export function dependency(
  type: string,
  name: string,
  attributes: Record<string, string>,
): ResolvedDependency {
  return {
    type,
    name,
    id: attributes.id ?? attributes.Arn ?? name,
    attribute: (key) => attributes[key] ?? { $unknown: `${type}::${name} ${key}` },
    properties: {},
  };
}

/** The canonical entry, checked like the loader checks it. */
export function entryOf(type: ResourceType, wanted: Wanted): Entry {
  const names = Object.entries(wanted.dependencies ?? {}).map(
    ([key, list]) => [key, list.map(({ name }) => name)] as const,
  );
  const entry = type.canonical({
    name: wanted.name,
    properties: wanted.properties ?? {},
    dependencies: Object.fromEntries(names),
  });
  type.schema.parse(entry.properties);
  expect(type.check?.(entry) ?? []).toEqual([]);
  return entry;
}

export function desiredOf(type: ResourceType, wanted: Wanted, stack: StackFacts): Desired {
  const entry = entryOf(type, wanted);
  const dependencies = (key: string): readonly ResolvedDependency[] => wanted.dependencies?.[key] ?? [];
  const { Tags } = entry.properties;
  const user = Object.fromEntries(
    Object.entries(isObject(Tags) ? Tags : {}).map(([key, value]) => [key, String(value)]),
  );
  return {
    name: type.name(entry),
    properties: type.taggable
      ? { ...entry.properties, Tags: desiredTags(user, stack, undefined) }
      : entry.properties,
    dependencies,
    dependency: (key) => dependencies(key)[0],
    stack,
    codeSha256: wanted.code?.sha256,
  };
}

export async function readAll(world: World, type: ResourceType, wanted: Wanted): Promise<readonly Live[]> {
  const entry = entryOf(type, wanted);
  return type.read({
    aws: world.aws,
    stack: world.stack,
    lookups: [{ name: type.name(entry), properties: entry.properties }],
    parents: wanted.parent === undefined ? [] : [wanted.parent],
    once: (_key, make) => make(),
  });
}

export async function readOne(world: World, type: ResourceType, wanted: Wanted): Promise<Live | undefined> {
  const [live, ...more] = await readAll(world, type, wanted);
  expect(more).toEqual([]);
  return live;
}

export interface Applied {
  readonly live: Live;
  readonly changes: readonly PropertyChange[];
  /** Names of the calls of the write, in order. */
  readonly calls: readonly string[];
}

/** Creates or updates as the engine would; then what is read back must be what was wanted and what the verb told. */
export async function apply(world: World, type: ResourceType, wanted: Wanted): Promise<Applied> {
  const desired = desiredOf(type, wanted, world.stack);
  const state = type.desiredState(desired);
  const live = await readOne(world, type, wanted);
  const changes = live === undefined ? [] : diffStates(type, live.state, state);
  expect(changes.filter(({ replaces }) => replaces)).toEqual([]);
  const context = {
    aws: patientAws(world.aws, {}),
    stack: world.stack,
    state,
    desired,
    parent: wanted.parent,
    code: async () => wanted.code?.bytes ?? new Uint8Array(),
  };
  world.fake.resetCalls();
  const made =
    live === undefined
      ? await type.create(context)
      : changes.length === 0
        ? live
        : await type.update({ ...context, live, changes, changed: touches(changes) });
  const calls = world.fake.calls.map(({ operation }) => operation);
  const after = await readOne(world, type, wanted);
  if (after === undefined) throw new Error(`${type.type} is not there after its write`);
  expect(diffStates(type, after.state, state)).toEqual([]);
  expect(diffStates(type, made.state, after.state)).toEqual([]);
  expect(diffStates(type, after.state, made.state)).toEqual([]);
  expect({ id: made.id, name: made.name, tags: made.tags }).toEqual({
    id: after.id,
    name: after.name,
    tags: after.tags,
  });
  expect(type.name(entryOf(type, wanted))).toBe(after.name);
  const predicted = type.predict?.(desired) ?? {};
  for (const [key, value] of Object.entries(predicted)) {
    expect(key === "id" ? after.id : after.attributes[key]).toBe(value);
  }
  return { live: after, changes, calls };
}

export function touches(changes: readonly PropertyChange[]): (property: string) => boolean {
  return (property) =>
    changes.some(
      ({ path }) => path === property || path.startsWith(`${property}.`) || path.startsWith(`${property}[`),
    );
}

/** The changes that a plan would show. */
export async function planOf(
  world: World,
  type: ResourceType,
  wanted: Wanted,
): Promise<readonly PropertyChange[]> {
  const live = await readOne(world, type, wanted);
  return diffStates(type, live?.state ?? {}, type.desiredState(desiredOf(type, wanted, world.stack)));
}

export async function remove(world: World, type: ResourceType, live: Live): Promise<readonly string[]> {
  world.fake.resetCalls();
  await type.delete({ aws: patientAws(world.aws, {}), stack: world.stack, live });
  return world.fake.calls.map(({ operation }) => operation);
}
