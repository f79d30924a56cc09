/** The engine on an AWS, without files or processes; shared by the integration tests. */
import type { ApplyResult } from "../../src/model/apply.ts";
import { type ConnectOptions, connectAws } from "../../src/aws/connect.ts";
import { applyStack, destroyStack, type ApplyOptions } from "../../src/engine/apply-stack.ts";
import { planStack } from "../../src/engine/plan-stack.ts";
import type { StackOptions } from "../../src/engine/stack.ts";
import { diffStates } from "../../src/engine/plan/diff.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Planning } from "../../src/engine/plan/planning.ts";
import { resourceTypes } from "../../src/resources/registry.ts";
import type { SpecSource } from "../../src/source/source.ts";
import { containsUnknown } from "../../src/model/values.ts";
import { createFakeAws, type FakeAwsOptions } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";

const encoder = new TextEncoder();

/** A source of files in memory. */
export function memorySource(files: Readonly<Record<string, string>>): SpecSource {
  const below = (folder: string): string[] => {
    const prefix = folder === "." || folder === "" ? "" : `${folder}/`;
    return Object.keys(files).filter((path) => path.startsWith(prefix));
  };
  return {
    description: "files of a test",
    isFolder: async (path) => below(path).length > 0,
    read: async (path) => {
      const text = files[path];
      return text === undefined ? undefined : encoder.encode(text);
    },
    list: async (folder) =>
      below(folder)
        .sort()
        .map((path) => ({ path, executable: false, size: encoder.encode(files[path] ?? "").length })),
  };
}

export interface Bench {
  /** A plan with its desired and live states. */
  planning(files: Readonly<Record<string, string>>, more?: Partial<StackOptions>): Promise<Planning>;
  plan(files: Readonly<Record<string, string>>, more?: Partial<StackOptions>): Promise<Plan>;
  apply(
    files: Readonly<Record<string, string>>,
    how?: ApplyOptions,
    more?: Partial<StackOptions>,
  ): Promise<ApplyResult>;
  destroy(files: Readonly<Record<string, string>>, more?: Partial<StackOptions>): Promise<ApplyResult>;
}

const sources = new WeakMap<Readonly<Record<string, string>>, SpecSource>();

/** The same object of files gives the same source, so that its evaluation can be cached (remember.ts). */
function sourceOf(files: Readonly<Record<string, string>>): SpecSource {
  const source = sources.get(files) ?? memorySource(files);
  sources.set(files, source);
  return source;
}

/** An engine on a strict fake of its own, whose clock is the engine's: sleeping takes no time. */
export function engineOnFake(options: FakeAwsOptions = {}) {
  const clock = createFakeClock();
  const fake = createFakeAws({ clock: clock.now, ...options });
  const { region, ...clientConfig } = fake.clientConfig();
  const engine = engineOn({ region, clientConfig, clock, budget: async () => {}, attempts: 1 });
  const callsOf = (operation: string) => fake.calls.filter((call) => call.operation === operation);
  return { fake, engine, callsOf };
}

/** @param aws options for a new connection for every verb, as in every run of the product */
export function engineOn(aws: ConnectOptions): Bench {
  const options = (
    files: Readonly<Record<string, string>>,
    more: Partial<StackOptions> = {},
  ): StackOptions => ({
    source: sourceOf(files),
    directory: ".",
    stage: "dev",
    region: aws.region,
    projectName: "random",
    ...more,
  });
  return {
    planning: (files, more) => planStack(options(files, more), connectAws(aws)),
    plan: async (files, more) => (await planStack(options(files, more), connectAws(aws))).plan,
    apply: (files, how, more) => applyStack(options(files, more), connectAws(aws), how),
    destroy: (files, more) => destroyStack(options(files, more), connectAws(aws)),
  };
}

/** What `allowDeletion` needs for all of a plan's resources to go. */
export function protectedIn({ changes }: Plan): string[] {
  return changes.filter(({ type }) => resourceTypes.get(type)?.protected !== undefined).map(({ key }) => key);
}

/** The changes a plan makes, as short lines for messages. */
export function changesOf(plan: Plan): string[] {
  return plan.changes
    .filter(({ action }) => action !== "no-op")
    .map(
      ({ action, key, properties }) =>
        `${action} ${key} ${properties.map(({ path, before, after }) => `${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`).join("; ")}`,
    );
}

/** The steps that did not succeed, as short lines for messages. */
export function failuresOf(result: ApplyResult): string[] {
  return result.results
    .filter(({ outcome }) => outcome !== "succeeded")
    .map(
      ({ outcome, action, key, error, because }) =>
        `${outcome} ${action} ${key}: ${error === undefined ? (because ?? "") : `${error.code} ${error.message}`}`,
    );
}

/** Differences between a plan and the result, as short lines, without values that the plan could not know. */
export function unlike(planned: Planning, after: Planning): string[] {
  const idle = new Set(planned.plan.changes.filter(({ action }) => action === "no-op").map(({ key }) => key));
  return [...planned.states].flatMap(([key, state]) => {
    const live = after.live.get(key);
    // A plan may leave something out on purpose, such as a deployment without a route.
    if (live === undefined && idle.has(key)) return [];
    const type = resourceTypes.get(planned.desired.get(key)?.type ?? "");
    if (live === undefined || type === undefined) return [`${key} is not there`];
    return diffStates({ ...type, sensitive: [] }, live.state, state)
      .filter((change) => !containsUnknown(change.after))
      .map(
        ({ path, before, after: said }) =>
          `${key} ${path}: ${JSON.stringify(before)} instead of ${JSON.stringify(said)}`,
      );
  });
}
