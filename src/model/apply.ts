/** The result of carrying a plan out: pure data without secrets. */
import type { Action, Plan } from "./plan.ts";

export type StepOutcome = "succeeded" | "failed" | "skipped" | "cancelled";

export interface StepError {
  /** AWS's error code (`AccessDeniedException`) or ours. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly requestId?: string | undefined;
}

/** One change, carried out or not. */
export interface ResourceResult {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly action: Action;
  readonly outcome: StepOutcome;
  /** What AWS assigned; absent for what was deleted or never made. */
  readonly id?: string | undefined;
  readonly durationMs: number;
  readonly error?: StepError | undefined;
  /** For skipped: the key of the failure it waited for. */
  readonly because?: string | undefined;
}

/** A first-class output: `{resource: "my-api", name: "ApiId", value: "7a38wlw431"}`. */
export interface Output {
  readonly type: string;
  readonly resource: string;
  /** `ApiId`, `ApiEndpoint`, `IntegrationId`, `FunctionArn`, `RoleArn` */
  readonly name: string;
  readonly value: string;
}

export interface ApplyResult {
  readonly plan: Plan;
  readonly succeeded: boolean;
  /** Every change that is not `no-op`, in plan order. */
  readonly results: readonly ResourceResult[];
  /** Of the whole stack, also of what did not change. */
  readonly outputs: readonly Output[];
  readonly durationMs: number;
  /** Calls sent to AWS, retries included. */
  readonly awsCalls: number;
  readonly cancelled: boolean;
}

/** What happens while it happens, for progress lines and live comments. */
export type ApplyEvent =
  | { readonly kind: "step-started"; readonly key: string; readonly action: Action; readonly at: number }
  | { readonly kind: "step-finished"; readonly result: ResourceResult; readonly at: number };
