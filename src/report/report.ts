/** What comments and summaries are made of: plain data that the Action and the bot put together. */
import type { SourceLocation } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";

/** Where a report comes from: its links and its first line. */
export interface Origin {
  /** `https://github.com` */
  readonly serverUrl: string;
  /** `owner/name` */
  readonly repository: string;
  /** The commit that was planned, 40 hex digits. */
  readonly headSha: string;
  /** The workflow run or the bot's page of this run; job summaries are found behind it. */
  readonly runUrl?: string | undefined;
  readonly durationMs?: number | undefined;
}

/** An error as it is shown; every `GatewrightError` is one. */
export interface ErrorView {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly at?: SourceLocation | undefined;
  readonly resource?: string | undefined;
}

/** What planning one stack gave. */
export type StackPlan =
  | { readonly directory: string; readonly plan: Plan }
  | { readonly directory: string; readonly errors: readonly ErrorView[] };

export function isPlanned(stack: StackPlan): stack is Extract<StackPlan, { plan: Plan }> {
  return "plan" in stack;
}

/** One gate of a command, judged. */
export interface GateView {
  /** `permission`, `approved`, `checks`, `up-to-date`, `unlocked`, `plan-current` */
  readonly gate: string;
  /** Absent: not checked yet. */
  readonly passed?: boolean | undefined;
  /** What was found: `approved by @ben for 1a2b3c4`, `2 of 3 checks are green`. */
  readonly state: string;
  /** The one thing to do about it. */
  readonly next?: string | undefined;
}

export interface PlanReport {
  readonly stage: string;
  /** Every stack of the stage, in the order they are shown. */
  readonly stacks: readonly StackPlan[];
  readonly origin: Origin;
  /** Files of this pull request that set the rules of deploying (`.github/gatewright.yml`, workflows). */
  readonly policyFiles?: readonly string[] | undefined;
  readonly gates?: readonly GateView[] | undefined;
  /**
   * The stage's rule: only a command applies, the merge applies what was reviewed, or the merge applies whatever it
   * brings. Absent where the rule is not known: the Action does not read the bot's settings.
   */
  readonly apply?: "before-merge" | "reviewed" | "on-merge" | undefined;
  /** `destroy`: the plan removes the stack, and the confirming command is `/destroy <plan-id>`. */
  readonly purpose?: "apply" | "destroy" | undefined;
  /** The plan was carried out: who asked, and the comment with the result. */
  readonly applied?: { readonly by: string; readonly url?: string | undefined } | undefined;
}
