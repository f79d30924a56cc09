/** The data for comments and summaries, from the Action or the bot. */
import type { SourceLocation } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";

/** Where a report comes from, for its links and its first line. */
export interface Origin {
  /** `https://github.com` */
  readonly serverUrl: string;
  /** `owner/name` */
  readonly repository: string;
  /** The commit that was planned, 40 hex digits. */
  readonly headSha: string;
  /** The workflow run, which has the job summary, or the bot's page for this run. */
  readonly runUrl?: string | undefined;
  readonly durationMs?: number | undefined;
}

/** An error for display. `GatewrightError` satisfies it. */
export interface ErrorView {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly at?: SourceLocation | undefined;
  readonly resource?: string | undefined;
}

/** The result of planning one stack. */
export type StackPlan =
  | {
      readonly directory: string;
      readonly plan: Plan;
      /** The head no longer has the stack's spec: the plan deletes everything of it. */
      readonly gone?: boolean | undefined;
    }
  | { readonly directory: string; readonly errors: readonly ErrorView[] };

export function isPlanned(stack: StackPlan): stack is Extract<StackPlan, { plan: Plan }> {
  return "plan" in stack;
}

/** The result of one gate. */
export interface GateView {
  /** `permission`, `approved`, `checks`, `up-to-date`, `unlocked`, `plan-current` */
  readonly gate: string;
  /** Missing: not checked yet. */
  readonly passed?: boolean | undefined;
  /** The finding: `approved by @ben for 1a2b3c4`, `2 of 3 checks are green`. */
  readonly state: string;
  /** How to open the gate. */
  readonly next?: string | undefined;
}

/** `spec` and `project` are the Action's inputs, where they are set. */
export interface PlanJob {
  readonly region: string;
  readonly account?: string | undefined;
  readonly spec?: string | undefined;
  readonly project?: string | undefined;
}

export interface PlanReport {
  readonly stage: string;
  /** Every stack of the stage, in display order. */
  readonly stacks: readonly StackPlan[];
  readonly origin: Origin;
  /** The job of the Action that planned: what tells it from others of the stage. `account` is missing if no stack could be planned. */
  readonly job?: PlanJob | undefined;
  /** The commit of the base branch that the plan includes. */
  readonly baseSha?: string | undefined;
  /** Changed files that control deployments (`.github/gatewright.yml`, workflows). */
  readonly policyFiles?: readonly string[] | undefined;
  /** The workflow file that builds code (`.github/workflows/build.yml`): a change of it changes the code. */
  readonly buildFile?: string | undefined;
  readonly gates?: readonly GateView[] | undefined;
  /**
   * The stage's rule: only a command applies, the merge applies only the reviewed plan, or the merge applies any plan.
   * Missing if unknown: the Action does not read the bot's settings.
   */
  readonly apply?: "before-merge" | "reviewed" | "on-merge" | undefined;
  /**
   * `destroy`: the plan removes the stack, and the confirming command is `/destroy <plan-id>`. `rollback`: it is of a commit that was
   * deployed before.
   */
  readonly purpose?: "apply" | "destroy" | "rollback" | undefined;
  /** Set if the plan was applied: who requested it, and the comment with the result. */
  readonly applied?: { readonly by: string; readonly url?: string | undefined } | undefined;
}
