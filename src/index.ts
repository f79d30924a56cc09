/**
 * The library: plan, apply, list and destroy from a program. The types of a spec are in types/gatewright.d.ts.
 *
 *     const aws = connectAws({ region: "eu-west-2" });
 *     const stack = { source: createLocalSource("."), directory: ".", stage: "dev", region: "eu-west-2", env: {} };
 *     const { plan } = await planStack(stack, aws);
 *     await applyStack(stack, aws, { planId: plan.digest });
 */
import "./model/node/node20.ts";

export { type Clock, systemClock } from "./model/clock.ts";
export { type ConnectedAws, type ConnectOptions, connectAws } from "./aws/connect.ts";
export type { Planning } from "./engine/plan/planning.ts";
export { type ApplyOptions, applyStack, destroyStack } from "./engine/apply-stack.ts";
export { type Listed, listStack } from "./engine/list-stack.ts";
export { loadStack, type StackOptions } from "./engine/stack.ts";
export { planDestroy, planStack } from "./engine/plan-stack.ts";
export type {
  ApplyEvent,
  ApplyResult,
  Output,
  ResourceResult,
  StepError,
  StepOutcome,
} from "./model/apply.ts";
export { fail, GatewrightError, GatewrightErrors, type SourceLocation, userErrors } from "./model/errors.ts";
export { type Action, type Change, hasChanges, isApplicable, type Plan, type Problem } from "./model/plan.ts";
export type { StackFacts } from "./model/stack.ts";
export { VERSION } from "./model/version.ts";
export { planJson } from "./report/json/plan-json.ts";
export { createLocalSource } from "./source/local-source.ts";
export type { SpecSource } from "./source/source.ts";
