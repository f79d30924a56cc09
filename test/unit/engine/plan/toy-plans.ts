/** Plans of toy resources: a box as AWS has it, and as a spec may want it. */
import { makePlan, type PlanInput } from "../../../../src/engine/plan/plan.ts";
import type { Planning } from "../../../../src/engine/plan/planning.ts";
import type { Observed, Registry } from "../../../../src/engine/read/observed.ts";
import type { Change, Plan } from "../../../../src/model/plan.ts";
import type { ResourceType } from "../../../../src/resources/type.ts";
import type { DesiredResource } from "../../../../src/spec/types.ts";
import { haveBox, specOf, stack, toys, wantBox } from "./toy-types.ts";

/** Rules of a type besides the toy's own: `{Box: {protected: "its items"}}` */
export type Types = Readonly<Record<string, Partial<ResourceType>>>;

export interface More extends Partial<Omit<PlanInput, "spec">> {
  readonly types?: Types;
  readonly spec?: Partial<PlanInput["spec"]>;
}

export function registryOf(types: Types): Registry {
  return new Map([...toys].map(([key, type]) => [key, { ...type, ...types[key.slice("Toy::".length)] }]));
}

type Given = readonly [desired: DesiredResource[], observed: Observed[], more?: More];

export function planning(...[desired, observed, { types = {}, spec, ...more } = {}]: Given): Planning {
  return makePlan({
    engine: "1",
    stack,
    registry: registryOf(types),
    observed,
    adopt: [],
    purpose: "apply",
    spec: { ...specOf(...desired), ...spec },
    ...more,
  });
}

export const plan = (...given: Given): Plan => planning(...given).plan;

export function changeOf(name: string, ...given: Given): Change | undefined {
  return plan(...given).changes.find((one) => one.name === name);
}

/** Severity, code and key of each. */
export function problemsOf(...given: Given): readonly unknown[] {
  return plan(...given).problems.map(({ severity, code, key }) => [severity, code, key]);
}

export const at = { file: "resources.js", line: 2 };
export const a = haveBox("a", { Fixed: 1, Size: 1 });
export const same = wantBox("a", { Fixed: 1, Size: 1 });
export const bigger = wantBox("a", { Fixed: 1, Size: 2 }, { at });
export const anew = wantBox("a", { Fixed: 2, Size: 1 }, { at });
