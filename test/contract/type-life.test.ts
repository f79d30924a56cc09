/**
 * Every resource type through its life: nothing → full → minimal → full → every single property changed and back, taken
 * away and back → nothing. After each step nothing is left to do, and what the plan said is what AWS has. The calls that
 * change something are in __snapshots__, one line a step: read what changes there before you keep it. A read that is denied
 * fails the plan, and what is gone can be deleted again.
 */
import { describe, expect, it } from "vitest";
import { connectAws } from "../../src/aws/connect.ts";
import { patientAws } from "../../src/aws/patient.ts";
import { applyStack } from "../../src/engine/apply-stack.ts";
import { planStack } from "../../src/engine/plan-stack.ts";
import { acceptsForeignParent } from "../../src/engine/read/observed.ts";
import type { Planning } from "../../src/engine/plan/planning.ts";
import { resourceTypes } from "../../src/resources/registry.ts";
import type { SpecSource } from "../../src/source/source.ts";
import { pushImages } from "../fakes/aws/ecr/images.ts";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { examples, lives } from "../type-examples/all.ts";
import { namesIn, specOf, type TypeLife } from "../type-examples/example.ts";
import { changesOf, failuresOf, memorySource, unlike } from "../integration/harness.ts";
import { specText } from "../integration/random-stack.ts";
import { isCovered, propertyPaths, withProperty } from "./type-life-paths.ts";

const NOTHING = specText({ entries: [], files: {} });
const ENDS = ["without it", "nothing"];

/** An account in which one life is lived. */
function stage(life: TypeLife) {
  const clock = createFakeClock();
  const fake = createFakeAws({ clock: clock.now, consistency: { functionActive: 1, functionUpdate: 1 } });
  const aws = connectAws({ ...connection(fake), clock, budget: async () => {}, attempts: 2, backoffMs: 1 });
  const sources = new Map<string, SpecSource>();
  const sourceOf = (spec: string): SpecSource => {
    const source = sources.get(spec) ?? memorySource({ "resources.js": spec, ...life.files });
    sources.set(spec, source);
    return source;
  };
  const stackOf = (spec: string) => ({
    source: sourceOf(spec),
    directory: ".",
    stage: "dev",
    region: "us-east-1",
    projectName: "life",
    allowDeletion: namesIn(life),
  });
  let before = NOTHING;
  const written: string[] = [];
  /** One step of a life: its plan, carried out, with nothing left to do. Roles that left are found by the spec before. */
  const step = async (what: string, spec: string): Promise<Planning> => {
    // Nothing else tells a role or a dashboard that left, nor a policy that no role has. It costs an evaluation: only where it is needed.
    const needsBase =
      /^(IAM::|Lambda::Layer$|CloudWatch::Dashboard$)/.test(life.type) ||
      isShared(life.type) ||
      ENDS.includes(what);
    const stack = { ...stackOf(spec), base: needsBase ? stackOf(before).source : undefined };
    before = spec;
    let planned: Planning | undefined;
    const onPlan = (planning: Planning): void => {
      planned = planning;
    };
    fake.resetCalls();
    const result = await applyStack(stack, aws, { onPlan });
    expect(failuresOf(result), what).toEqual([]);
    const after = await planStack(stack, aws);
    expect(changesOf(after.plan), `${what}: left to do`).toEqual([]);
    if (planned === undefined) throw new Error(`${what}: not planned`);
    expect(unlike(planned, after), `${what}: planned and read back`).toEqual([]);
    written.push(`${what}: ${writesOf(fake)}`);
    return planned;
  };
  /** Every read that the plan of a spec needs of the type's service, denied in turn. */
  const deny = async (spec: string, reads: readonly string[]): Promise<void> => {
    fake.resetCalls();
    await planStack(stackOf(spec), aws);
    for (const operation of new Set(fake.calls.map((call) => call.operation))) {
      if (!reads.includes(operation)) continue;
      fake.faults.inject({ kind: "denied", operation, times: 99 });
      await expect(planStack(stackOf(spec), aws), `${operation} denied`).rejects.toThrow(DENIED);
      fake.faults.clear();
    }
  };
  /** Deletes what the step before has deleted. */
  const deleteAgain = async ({ steps, registry }: Planning): Promise<void> => {
    for (const { operation, type, live } of steps) {
      if (operation !== "delete" || live === undefined || type !== life.type) continue;
      await registry.get(type)?.delete({ aws: patientAws(aws, {}), stack: FACTS, live });
    }
  };
  return { fake, step, deny, deleteAgain, written };
}

const FACTS = {
  directory: ".",
  projectName: "life",
  stage: "dev",
  region: "us-east-1",
  account: "123456789012",
  partition: "aws",
};
const DENIED = /not authorized|denied/i;

/** `CreateRole PutRolePolicy PutRolePolicy`, in the order of the calls. */
function writesOf({ calls }: ReturnType<typeof createFakeAws>): string {
  const names = calls
    .filter(({ write, error }) => write && error === undefined)
    .map(({ operation }) => operation);
  return names.length === 0 ? "nothing" : names.join(" ");
}

/** True for types of which only specs say what is ours: records. */
const isShared = (name: string): boolean => acceptsForeignParent(resourceTypes.get(name));

function connection(fake: ReturnType<typeof createFakeAws>) {
  const config = fake.clientConfig();
  return { region: config.region, clientConfig: config };
}

/** Whether a plan changes this property of a resource of the type, or makes the resource anew. */
function shows({ plan }: Planning, type: string, path: string): boolean {
  return plan.changes.some(
    (change) =>
      change.type === type &&
      (change.action === "create" ||
        (change.action !== "no-op" && change.properties.some((property) => property.path.startsWith(path)))),
  );
}

describe("the life of every type", () => {
  it.each(lives.map((life) => [`${life.type} as ${life.as}`, life] as const))(
    "%s",
    async (_what, life) => {
      const { full, minimal, changed, needed = [], unseen = {}, shownAs = {} } = life;
      const { fake, step, deny, deleteAgain, written } = stage(life);
      await pushImages(fake, life.images ?? []);
      await step("full", specOf(life, full));
      await deny(specOf(life, full), resourceTypes.get(life.type)?.permissions?.read ?? []);
      await step("minimal", specOf(life, minimal));
      await step("full again", specOf(life, full));
      for (const path of propertyPaths(life)) {
        const value = changed[path];
        const away = needed.includes(path) ? [] : [[`${path} taken away`, withProperty(full, path)] as const];
        const other =
          value === undefined ? [] : [[`${path} changed`, withProperty(full, path, value)] as const];
        for (const [what, properties] of [...other, ...away]) {
          const planned = await step(what, specOf(life, properties));
          if (path in unseen) expect(changesOf(planned.plan), `${what}: unseen`).toEqual([]);
          else if (what.endsWith("changed"))
            expect(shows(planned, life.type, shownAs[path] ?? path), `${what}: shown`).toBe(true);
          await step(`${what}, back`, specOf(life, full));
        }
      }
      await deleteAgain(await step("without it", specOf(life, undefined)));
      await step("nothing", NOTHING);
      const pushed = (life.images ?? []).map((name) => name.replace(/:.*$/, ""));
      const left = fake.keys().filter((key) => !key.startsWith("arn:aws:iam::aws:") && !pushed.includes(key));
      expect(left).toEqual([]);
      expect(written.join("\n")).toMatchSnapshot();
    },
    300_000,
  );

  it("every type has an example, which says what its type is called", () => {
    expect(examples.map(({ type }) => type)).toEqual([...resourceTypes.keys()]);
  });

  const within = (one: string, other: string): boolean => one === other || one.startsWith(`${other}.`);

  it.each(examples.map((example) => [example.type, example] as const))(
    "every property of %s is lived and changed to another value, or it is said why not",
    (type, { lives, notLived = {}, notChanged = {} }) => {
      const missing = propertyPaths({ type }).filter(
        (path) => !lives.some((life) => isCovered(life.full, path)),
      );
      const excuses = Object.keys(notLived);
      expect(missing.filter((path) => !excuses.some((excuse) => within(path, excuse)))).toEqual([]);
      expect(excuses.filter((excuse) => !missing.some((path) => within(path, excuse)))).toEqual([]);
      const values = lives.flatMap(({ changed }) => Object.keys(changed));
      const paths = new Set(lives.flatMap((life) => propertyPaths({ type, full: life.full })));
      const same = [...paths].filter(
        (path) => !values.some((value) => within(value, path) || within(path, value)),
      );
      expect(same.toSorted()).toEqual(Object.keys(notChanged).toSorted());
    },
  );

  it("every property of a life is changed, taken away, or neither for a reason", () => {
    for (const life of lives) {
      const paths = propertyPaths(life);
      const named = [...Object.keys(life.changed), ...(life.needed ?? []), ...Object.keys(life.unseen ?? {})];
      expect(
        named.filter((path) => !paths.includes(path)),
        `${life.type} as ${life.as}`,
      ).toEqual([]);
    }
  });
});
