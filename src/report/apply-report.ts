/** What an apply comment is made of. */
import type { ApplyEvent, ApplyResult, Output } from "../model/apply.ts";
import type { Plan } from "../model/plan.ts";
import type { ErrorView, GateView, Origin } from "./report.ts";

/** Who or what asked for it. */
export type Asked =
  | {
      readonly kind: "command";
      /** As it was written: `/apply 3f9c1c7a2b10`. */
      readonly text: string;
      readonly by: string;
      /** The comment with the command. */
      readonly url?: string | undefined;
    }
  | { readonly kind: "merge"; readonly by?: string | undefined };

/** Where one stack stands. */
export type StackApply =
  /** Carried out: done, failed in part or cancelled. */
  | { readonly directory: string; readonly state: "finished"; readonly result: ApplyResult }
  /** AWS is as the spec says already. */
  | {
      readonly directory: string;
      readonly state: "nothing";
      readonly plan: Plan;
      readonly outputs?: readonly Output[] | undefined;
    }
  /** Gates are closed. */
  | { readonly directory: string; readonly state: "refused"; readonly gates: readonly GateView[] }
  /** Stopped before its first step: a stale plan, a bad spec, denied reads. */
  | { readonly directory: string; readonly state: "stopped"; readonly errors: readonly ErrorView[] }
  /** Under way. */
  | {
      readonly directory: string;
      readonly state: "running";
      readonly plan: Plan;
      readonly events: readonly ApplyEvent[];
    }
  /** Not begun yet; `behind` says what it waits for. */
  | { readonly directory: string; readonly state: "queued"; readonly behind?: string | undefined };

export interface ApplyReport {
  readonly stage: string;
  readonly origin: Origin;
  readonly asked: Asked;
  readonly stacks: readonly StackApply[];
  readonly purpose?: "apply" | "destroy" | undefined;
  /** The command that resumes after a failure. A finished part has moved the plan: no id. */
  readonly resume?: string | undefined;
  /** Id of the run, for the marker: its comment is found and edited while it goes on. */
  readonly run?: string | undefined;
}
