/**
 * The engine's public face: what the package exports and the only file of src/ that bot/ may import.
 * Types of specs for editors are in types/.
 */
export type {
  ApplyEvent,
  ApplyResult,
  Output,
  ResourceResult,
  StepError,
  StepOutcome,
} from "./apply/types.ts";
export type { Aws, Clock } from "./aws/aws.ts";
export { systemClock } from "./aws/clock.ts";
export { type ConnectedAws, type ConnectOptions, connectAws } from "./aws/connect.ts";
export {
  type ApplyOptions,
  applyStack,
  destroyStack,
  type Listed,
  listStack,
  loadStack,
  planDestroy,
  planStack,
  type StackOptions,
} from "./engine.ts";
export {
  fail,
  failAll,
  GatewrightError,
  GatewrightErrors,
  type SourceLocation,
  userErrors,
} from "./errors.ts";
export type { Action, Change, Counts, Plan, Planning, Problem } from "./plan/types.ts";
export { hasChanges, isApplicable } from "./plan/types.ts";
export { connectGitHub, type GitHub, type GitHubRequest, patient } from "./github/client.ts";
export { specClient } from "./github/spec-client.ts";
export { applyComment, parseApplyMarker } from "./render/apply-comment.ts";
export type { ApplyReport, Asked, StackApply } from "./render/apply-report.ts";
export { codeSpan } from "./render/escape.ts";
export { firstClosed, gateLines } from "./render/gates.ts";
export { parseMarker } from "./render/marker.ts";
export { planComment } from "./render/plan-comment.ts";
export { prose } from "./render/prose.ts";
export type { ErrorView, GateView, Origin, PlanReport, StackPlan } from "./render/report.ts";
export { createGitHubSource } from "./source/github-source.ts";
export type { StackFacts } from "./resources/type.ts";
export type { SpecSource } from "./source/source.ts";
export { VERSION } from "./version.ts";
