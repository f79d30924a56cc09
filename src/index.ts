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
} from "./model/apply.ts";
export type { Aws } from "./aws/aws.ts";
export { type Clock, systemClock } from "./model/clock.ts";
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
} from "./engine/verbs.ts";
export {
  fail,
  failAll,
  GatewrightError,
  GatewrightErrors,
  type SourceLocation,
  userErrors,
} from "./model/errors.ts";
export type { Action, Change, Counts, Plan, Problem } from "./model/plan.ts";
export type { Planning } from "./engine/plan/planning.ts";
export { hasChanges, isApplicable } from "./model/plan.ts";
export { connectGitHub, createRequest, type GitHub, type GitHubRequest } from "./github/client.ts";
export { specClient } from "./github/files.ts";
export { applyComment, parseApplyMarker } from "./report/markdown/apply/comment.ts";
export type { ApplyReport, Asked, StackApply } from "./report/apply-report.ts";
export { codeSpan } from "./text/escape.ts";
export { firstClosed, gateLines } from "./report/markdown/gates.ts";
export { parseMarker } from "./report/markdown/marker.ts";
export { planComment } from "./report/markdown/plan/comment.ts";
export { prose } from "./text/prose.ts";
export type { ErrorView, GateView, Origin, PlanReport, StackPlan } from "./report/report.ts";
export { createGitHubSource } from "./source/github-source.ts";
export type { StackFacts } from "./model/stack.ts";
export type { SpecSource } from "./source/source.ts";
export { VERSION } from "./model/version.ts";
