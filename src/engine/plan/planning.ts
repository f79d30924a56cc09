/** A plan with what apply needs beyond it: states and live resources. It never leaves the process. */
import type { Plan } from "../../model/plan.ts";
import type { JsonObject } from "../../model/values.ts";
import type { Live } from "../../resources/type.ts";
import type { Stored } from "../read/stored.ts";
import type { Registry } from "../read/observed.ts";
import type { DesiredResource } from "../../spec/types.ts";

/** One AWS operation group of an apply; a `replace` is two of them. */
export interface Step {
  /** `create ApiGatewayV2::Api::my-api` */
  readonly id: string;
  readonly operation: "create" | "update" | "delete";
  readonly key: string;
  readonly type: string;
  readonly name: string;
  /** Ids of steps that must have succeeded before. */
  readonly waitsFor: readonly string[];
  /** Those of them of which it is enough that their resource is made: they end when this step has made it ready. */
  readonly makesReady?: readonly string[] | undefined;
  /** Update, delete. */
  readonly live?: Live | undefined;
}

/** A plan with what is needed to carry it out. Holds secrets: never logged, stored or sent. */
export interface Planning {
  readonly plan: Plan;
  /** The types that it was made with: they know the stage's names. */
  readonly registry: Registry;
  readonly steps: readonly Step[];
  readonly desired: ReadonlyMap<string, DesiredResource>;
  /** The live resource of each desired one, by key. */
  readonly live: ReadonlyMap<string, Live>;
  /** Desired states as planned (unknowns inside), by key. */
  readonly states: ReadonlyMap<string, JsonObject>;
  /** What it does, with the values that a plan does not show (identity/facts.ts). */
  readonly facts: ReadonlySet<string>;
  /** What it read of Parameter Store and Secrets Manager. */
  readonly stored?: Stored | undefined;
}
