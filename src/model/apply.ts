/** The result of an apply: pure data without secrets. */
import type { Action, Plan } from "./plan.ts";

export type StepOutcome = "succeeded" | "failed" | "skipped" | "cancelled";

export interface StepError {
  /** AWS's error code (`AccessDeniedException`) or ours. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly requestId?: string | undefined;
}

/** The result of one change. */
export interface ResourceResult {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly action: Action;
  readonly outcome: StepOutcome;
  /** The id that AWS assigned; missing for a resource that was deleted or not created. */
  readonly id?: string | undefined;
  readonly durationMs: number;
  readonly error?: StepError | undefined;
  /** For a skipped change: the key of the failed change it depends on. */
  readonly because?: string | undefined;
}

/** An output: `{resource: "my-api", name: "ApiId", value: "7a38wlw431"}`. */
export interface Output {
  readonly type: string;
  readonly resource: string;
  /** `ApiId`, `ApiEndpoint`, `IntegrationId`, `FunctionArn`, `RoleArn` */
  readonly name: string;
  readonly value: string;
}

/** A call to an endpoint of the stack after its apply, as the stage's `smoke` asks for it. */
export interface SmokeCall {
  /** As the settings write it: `GET /hello`. */
  readonly call: string;
  /** Missing where there was nothing to call. */
  readonly url?: string | undefined;
  readonly passed: boolean;
  /** `answered 200`, or what was wrong. Never a part of the answer. */
  readonly found: string;
  readonly durationMs: number;
}

/** Who may call something: anybody, whoever has a token (JWT) or AWS credentials, or whom the API's own authorizer lets in. */
export type Callers = "anybody" | "token" | "aws" | "authorizer";

/** Something of the stack that callers reach at an address. */
export interface Callable {
  readonly type: string;
  readonly resource: string;
  /** `GET /hello`, `any other request`, `connections` */
  readonly what: string;
  /** Missing for any method, and for connections. */
  readonly method?: string | undefined;
  /** Variables of the path stay in it as AWS writes them: `https://…/items/{id}`. */
  readonly url: string;
  readonly callers: Callers;
  /** For callers with AWS credentials: the service that their signature names. */
  readonly signedFor?: "execute-api" | "lambda" | undefined;
}

export interface ApplyResult {
  readonly plan: Plan;
  readonly succeeded: boolean;
  /** Every change except `no-op`, in plan order. */
  readonly results: readonly ResourceResult[];
  /** The outputs of all resources in the stack, changed or not. */
  readonly outputs: readonly Output[];
  /** Everything of the stack that can be called; missing in results of older versions. */
  readonly callables?: readonly Callable[] | undefined;
  readonly durationMs: number;
  /** Calls sent to AWS, including retries. */
  readonly awsCalls: number;
  readonly cancelled: boolean;
  /** Missing where nothing was called. */
  readonly smoke?: readonly SmokeCall[] | undefined;
}

/** The calls after an apply that did not answer as expected. */
export function failedSmoke(result: Pick<ApplyResult, "smoke"> | undefined): readonly SmokeCall[] {
  return (result?.smoke ?? []).filter(({ passed }) => !passed);
}

/** What a step waits for at AWS: told once for each thing it waits for. */
export interface StepWaiting {
  readonly kind: "step-waiting";
  readonly key: string;
  readonly action: Action;
  /** Completes "waiting for": `Lambda to be able to assume the function's role`. */
  readonly awaiting: string;
  /** Since when it waits. */
  readonly at: number;
  /** When it gives up. */
  readonly until: number;
}

/** An event during an apply, for progress lines and live comments. */
export type ApplyEvent =
  | { readonly kind: "step-started"; readonly key: string; readonly action: Action; readonly at: number }
  | StepWaiting
  | { readonly kind: "step-finished"; readonly result: ResourceResult; readonly at: number };
