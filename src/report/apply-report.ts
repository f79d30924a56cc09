/** The data for an apply comment. */
import type { ApplyEvent, ApplyResult, Callable, Output, SmokeCall } from "../model/apply.ts";
import type { Markdown } from "../text/markdown.ts";
import type { Plan } from "../model/plan.ts";
import type { ErrorView, GateView, Origin } from "./report.ts";

/** Who or what asked for it. */
export type Asked =
  | {
      readonly kind: "command";
      /** The command as written: `/apply 3f9c1c7a2b10`. */
      readonly text: string;
      readonly by: string;
      /** The comment with the command. */
      readonly url?: string | undefined;
    }
  | { readonly kind: "merge"; readonly by?: string | undefined }
  /** What happened to the pull request: `on a push`. */
  | { readonly kind: "event"; readonly what: string; readonly by?: string | undefined };

/** The state of one stack. */
export type StackApply =
  /** Finished: done, partly failed or cancelled. */
  | { readonly directory: string; readonly state: "finished"; readonly result: ApplyResult }
  /** AWS already matches the spec. */
  | {
      readonly directory: string;
      readonly state: "nothing";
      readonly plan: Plan;
      readonly outputs?: readonly Output[] | undefined;
      readonly smoke?: readonly SmokeCall[] | undefined;
      readonly callables?: readonly Callable[] | undefined;
    }
  /** Gates are closed. */
  | { readonly directory: string; readonly state: "refused"; readonly gates: readonly GateView[] }
  /** Stopped before its first step: a stale plan, an invalid spec, denied reads. */
  | { readonly directory: string; readonly state: "stopped"; readonly errors: readonly ErrorView[] }
  /** The branch moved past the commit before anything was changed; `reason` names the newer one. */
  | { readonly directory: string; readonly state: "overtaken"; readonly reason: string }
  /** In progress. */
  | {
      readonly directory: string;
      readonly state: "running";
      readonly plan: Plan;
      readonly events: readonly ApplyEvent[];
    }
  /** Not started; `behind` says what it waits for. */
  | { readonly directory: string; readonly state: "queued"; readonly behind?: string | undefined };

/** What a preview's comment says besides the runs. */
export interface PreviewView {
  readonly pull: number;
  /** Where it answers. */
  readonly address?: string | undefined;
  /** Until when it lives, unless something happens. */
  readonly until?: Date | undefined;
  /** Why it is deleted. */
  readonly ended?: Markdown | undefined;
}

export interface ApplyReport {
  readonly stage: string;
  readonly origin: Origin;
  readonly asked: Asked;
  readonly stacks: readonly StackApply[];
  readonly purpose?: "apply" | "destroy" | undefined;
  /** The command that resumes after a failure. Without a plan id, because a partial apply changes the plan. */
  readonly resume?: string | undefined;
  /** The pull request now holds the stacks, because it is not merged yet, or because they were taken back to an earlier commit. */
  readonly holds?: boolean | "rollback" | undefined;
  /** The runs are a preview's. */
  readonly preview?: PreviewView | undefined;
  /** The run's id, for the marker by which the run finds its comment. */
  readonly run?: string | undefined;
}
